import { addDays, isDay, type Day } from '../../kernel/index.js';
import { printable } from './printable.js';

/** A date that a calendar shows. */
export interface CalendarEntry {
  /** The same for the same date of the same thing, whatever moves; unique in the world. */
  readonly uid: string;
  /** Higher each time that the date has moved. */
  readonly sequence: number;
  /** When what is said was last changed. */
  readonly changedAt: Date;
  /** An instant, or a whole day. */
  readonly when: Date | Day;
  readonly title: string;
  readonly text: string;
  readonly href: string;
  /** Days before at which programs that remind do so; null for none. */
  readonly remindsDaysBefore: number | null;
}

const ZONE = 'Europe/Brussels';

/** The rule that the European Union has had since 1996. @source Directive 2000/84/EC; RFC 5545, 3.6.5 */
const TIME_ZONE = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:DAYLIGHT',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'END:STANDARD',
  'END:VTIMEZONE',
];

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});
const HOUR_MS = 3_600_000;
const LINE_OCTETS = 75;

/**
 * A calendar to subscribe to. The same entries give the same bytes: nothing in it tells when it was written.
 * @source RFC 5545; RFC 7986 for NAME and REFRESH-INTERVAL, with the names that programs knew before
 */
export function writeCalendar(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Maillon//Maillon//FR',
    'CALSCALE:GREGORIAN',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `X-WR-TIMEZONE:${ZONE}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...TIME_ZONE,
    ...entries.flatMap(eventOf),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function eventOf(entry: CalendarEntry): string[] {
  const { uid, sequence, changedAt, title, text, href, remindsDaysBefore } = entry;
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(changedAt)}`,
    `LAST-MODIFIED:${utc(changedAt)}`,
    `SEQUENCE:${sequence}`,
    ...beginning(entry.when),
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    `URL:${href}`,
    // A term takes no time: whoever plans a meeting then is free.
    'TRANSP:TRANSPARENT',
    ...(remindsDaysBefore === null
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `DESCRIPTION:${escaped(title)}`,
          `TRIGGER:-P${remindsDaysBefore}D`,
          'END:VALARM',
        ]),
    'END:VEVENT',
  ];
}

function beginning(when: Date | Day): string[] {
  if (isDay(when))
    return [`DTSTART;VALUE=DATE:${dense(when)}`, `DTEND;VALUE=DATE:${dense(addDays(when, 1))}`];
  const at = when as Date;
  // An hour that the clock shows twice: of a time with a zone the first is meant, and there are programs that read the second.
  const isTwice = [-HOUR_MS, HOUR_MS].some((ms) => clock(new Date(at.getTime() + ms)) === clock(at));
  return [isTwice ? `DTSTART:${utc(at)}` : `DTSTART;TZID=${ZONE}:${clock(at)}`];
}

function clock(at: Date): string {
  return dense(CLOCK.format(at)).replace(' ', 'T');
}

function utc(at: Date): string {
  return `${dense(at.toISOString().slice(0, 19))}Z`;
}

function dense(text: string): string {
  return text.replace(/[-:]/g, '');
}

function escaped(text: string): string {
  return printable(text)
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** No line is longer than 75 octets, and no sign is cut in two. */
function folded(line: string): string {
  let [result, room] = ['', LINE_OCTETS];
  for (const sign of line) {
    const octets = Buffer.byteLength(sign);
    if (octets > room) {
      result += '\r\n ';
      room = LINE_OCTETS - 1;
    }
    result += sign;
    room -= octets;
  }
  return result;
}
