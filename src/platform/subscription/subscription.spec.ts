import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { readCalendar } from '../../../test/calendar-reader.js';
import { tagUri, writeAtom, type FeedEntry } from './write-atom.js';
import { writeCalendar, type CalendarEntry } from './write-calendar.js';

const TERM: CalendarEntry = {
  uid: 'deadline-1@maillon.example',
  sequence: 0,
  changedAt: new Date('2026-11-24T10:00:00Z'),
  when: new Date('2026-12-16T11:00:00Z'),
  title: 'Peinture',
  text: 'Hall 9',
  href: 'https://maillon.example/enterprise/opportunities/1',
  remindsDaysBefore: 2,
};
const read = (...entries: readonly CalendarEntry[]) =>
  readCalendar(Buffer.from(writeCalendar('Maillon', entries)));
const begins = (when: CalendarEntry['when']) => read({ ...TERM, when }).events[0]!['DTSTART']!;

const SIGNS = [
  'é',
  '你',
  '👷🏽‍♀️',
  'שלום',
  '\u202e',
  '\u0000',
  '\u001b',
  '\r\n',
  '\n',
  '\r',
  '\u2028',
  ';',
  ',',
  '\\',
  ':',
  '"',
  '<',
  '&',
  ']]>',
  '\ud800',
  '\ufffe',
  ' ',
  '\t',
];
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...SIGNS, 'x'.repeat(30)), { maxLength: 40 }).map((signs) => signs.join('')),
);
/** Written apart from the code: what is left of a text when what cannot be said is left out. */
const left = (text: string): string =>
  [
    ...text
      .toWellFormed()
      .replaceAll('\r\n', '\n')
      .replace(/[\r\u2028\u2029]/g, '\n'),
  ]
    .filter((sign) => {
      const code = sign.codePointAt(0)!;
      return (
        code === 9 ||
        code === 10 ||
        (code >= 32 && !(code >= 127 && code <= 159) && code !== 0xfffe && code !== 0xffff)
      );
    })
    .join('');

describe('a calendar', () => {
  it('says a time on the clock of Brussels, and a day as a day', () => {
    expect(begins(TERM.when)).toEqual({ value: '20261216T120000', params: { TZID: 'Europe/Brussels' } });
    const [day] = read({ ...TERM, when: '2026-12-31' }).events;
    expect([day!['DTSTART'], day!['DTEND']]).toEqual([
      { value: '20261231', params: { VALUE: 'DATE' } },
      { value: '20270101', params: { VALUE: 'DATE' } },
    ]);
  });

  it.each([
    ['before the clock goes back', '2026-10-24T23:59:59Z', '20261025T015959', 'Europe/Brussels'],
    ['in the hour that will be shown again', '2026-10-25T00:00:00Z', '20261025T000000Z', undefined],
    ['in the hour that is shown again', '2026-10-25T01:59:59Z', '20261025T015959Z', undefined],
    ['just after it', '2026-10-25T02:00:00Z', '20261025T030000', 'Europe/Brussels'],
    ['before the clock goes on', '2026-03-29T00:59:59Z', '20260329T015959', 'Europe/Brussels'],
    ['just after it', '2026-03-29T01:00:00Z', '20260329T030000', 'Europe/Brussels'],
    ['at midnight', '2026-06-30T22:00:00Z', '20260701T000000', 'Europe/Brussels'],
  ])('%s', (_, instant, value, zone) => {
    expect(begins(new Date(instant))).toEqual({ value, params: zone === undefined ? {} : { TZID: zone } });
  });

  it('reminds where it is asked to', () => {
    expect(read(TERM, { ...TERM, uid: 'b', remindsDaysBefore: null }).alarms).toBe(1);
  });

  it('keeps whatever people wrote, in lines that any program reads', () => {
    fc.assert(
      fc.property(texts, texts, (title, text) => {
        const [found] = read({ ...TERM, title, text }).events;
        expect(found!['SUMMARY']!.value).toBe(left(title));
        expect(found!['DESCRIPTION']!.value).toBe(left(text));
      }),
      { numRuns: 500 },
    );
  });
});

interface Element {
  readonly name: string;
  text: string;
}

function elementsOf(xml: string): Element[] {
  const parser = new SaxesParser({ xmlns: true });
  const [open, all]: [Element[], Element[]] = [[], []];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    const element = { name, text: '' };
    open.push(element);
    all.push(element);
  });
  parser.on('text', (text) => {
    if (open.length > 0) open.at(-1)!.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return all;
}

describe('a feed', () => {
  const entry: FeedEntry = {
    id: tagUri('https://maillon.example:3000/x', 'opportunity/1'),
    title: 'Peinture',
    updatedAt: new Date('2026-11-24T10:00:00Z'),
    href: 'https://maillon.example/a?b=1&c=2',
    text: 'Hall 9',
  };
  const feed = (...entries: readonly FeedEntry[]): string =>
    writeAtom({
      id: tagUri('https://maillon.example', 'feed'),
      title: 'Maillon',
      language: 'fr',
      selfHref: null,
      pageHref: 'https://maillon.example/',
      begunAt: new Date('2026-01-01T00:00:00Z'),
      entries,
    });
  const said = (xml: string, name: string): string[] =>
    elementsOf(xml).flatMap((element) => (element.name === name ? [element.text] : []));

  it('names its entries without their address, so that they stay the same when the service moves its port or path', () => {
    expect(entry.id).toBe('tag:maillon.example,2026:opportunity/1');
  });

  it('was updated as its latest entry was, and one without entries as it began', () => {
    const older = {
      ...entry,
      id: 'tag:maillon.example,2026:opportunity/2',
      updatedAt: new Date('2026-11-01T00:00:00Z'),
    };
    expect(said(feed(older, entry), 'updated')[0]).toBe('2026-11-24T10:00:00.000Z');
    expect(said(feed(), 'updated')).toEqual(['2026-01-01T00:00:00.000Z']);
  });

  it('keeps whatever people wrote, in XML that is read whole', () => {
    fc.assert(
      fc.property(texts, texts, (title, text) => {
        const xml = feed({ ...entry, title, text });
        expect([said(xml, 'title')[1], said(xml, 'content')[0]]).toEqual([left(title), left(text)]);
      }),
      { numRuns: 500 },
    );
  });
});
