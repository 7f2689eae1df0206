import { isDay, type Day } from '../../kernel/index.js';

/** Legal time of the countries whose documents give a clock time without an offset. */
const ZONES: Readonly<Record<string, string>> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CH: 'Europe/Zurich',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GB: 'Europe/London',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IS: 'Atlantic/Reykjavik',
  IT: 'Europe/Rome',
  LI: 'Europe/Vaduz',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MC: 'Europe/Monaco',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
};

/** To make one costs more than to read a page with it. */
const offsets = new Map<string, Intl.DateTimeFormat>();

/** `+01:00` for a zone at an instant. */
function offsetAt(zone: string, instant: number): string {
  const format =
    offsets.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
  offsets.set(zone, format);
  const parts = format.formatToParts(instant);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  // Before there were zones the clocks differed by seconds too.
  return name === 'GMT' ? '+00:00' : name.replace('GMT', '').slice(0, '+00:00'.length);
}

/** @param offset `+01:00` */
function msOf(offset: string): number {
  const [hours = '0', minutes = '0'] = offset.slice(1).split(':');
  return (Number(hours) * 60 + Number(minutes)) * (offset.startsWith('-') ? -60_000 : 60_000);
}

/**
 * A wall-clock time with the offset of that country on that day.
 * @param time `16:00`
 * @returns the day alone when the time cannot be read or the country's zone is unknown
 */
export function localMoment(day: Day, time: string | null, country: string | null): string | null {
  if (!isDay(day)) return null;
  const clock = /^([01]?\d|2[0-3])[:.](\d{2})$/.exec(time?.trim() ?? '');
  const zone = ZONES[country ?? ''];
  if (!clock?.[1] || !clock[2] || zone === undefined || Number(clock[2]) > 59) return day;
  const wall = `${day}T${clock[1].padStart(2, '0')}:${clock[2]}:00`;
  const asUtc = Date.parse(`${wall}Z`);
  // In the night of a change the offset is that of the moment itself, which the first guess is near enough to tell.
  return `${wall}${offsetAt(zone, asUtc - msOf(offsetAt(zone, asUtc)))}`;
}

/**
 * The day that a moment stands for: as written, but midnight here is the day that begins (`…T22:00:00Z` in summer).
 * @param moment RFC 3339, or a day
 */
export function dayMeant(moment: string, country: string | null): Day | null {
  const written = moment.slice(0, 10);
  if (!isDay(written)) return null;
  const instant = Date.parse(moment);
  if (!moment.endsWith('Z') || Number.isNaN(instant)) return written;
  const offset = offsetAt(ZONES[country ?? ''] ?? 'Europe/Brussels', instant);
  const local = new Date(instant + msOf(offset)).toISOString();
  return local.endsWith('T00:00:00.000Z') ? local.slice(0, 10) : written;
}
