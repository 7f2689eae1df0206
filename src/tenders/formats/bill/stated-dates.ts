import { isDay } from '../../../kernel/index.js';
import { localMoment } from '../local-time.js';
import { fold } from './fold.js';

const MONTHS: readonly (readonly string[])[] = [
  ['janvier', 'januari', 'januar', 'january', 'janv', 'jan'],
  ['fevrier', 'februari', 'februar', 'february', 'fevr', 'fev', 'feb'],
  ['mars', 'maart', 'marz', 'maerz', 'march', 'mrt', 'mar'],
  ['avril', 'april', 'avr', 'apr'],
  ['mai', 'mei', 'may'],
  ['juin', 'juni', 'june', 'jun'],
  ['juillet', 'juli', 'july', 'juil', 'jul'],
  ['aout', 'augustus', 'august', 'aug'],
  ['septembre', 'september', 'sept', 'sep'],
  ['octobre', 'oktober', 'october', 'oct', 'okt'],
  ['novembre', 'november', 'nov'],
  ['decembre', 'dezember', 'december', 'dec', 'dez'],
];
const MONTH_NUMBERS: ReadonlyMap<string, string> = new Map(
  MONTHS.flatMap((names, index) => names.map((name) => [name, String(index + 1).padStart(2, '0')] as const)),
);

/** From 1; null for a word that is no month. */
export function monthNumber(word: string): number | null {
  const number = MONTH_NUMBERS.get(fold(word));
  return number === undefined ? null : Number(number);
}

/** After folding: `29 janvier 2027`, `11 marz 2027`. */
const IN_WORDS = /\b(\d{1,2})(?:er|e)? (\p{L}{3,10}) (\d{4})\b/u;
const CLOCK = /(?:^|[^\d])([01]?\d|2[0-3])\s?(?:h|u|:|\.|heures?|uur|uhr)\s?(\d{2})?(?!\d)/i;
const NUMERIC = /(?:^|[^\d])(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)/;
const ISO = /(?:^|[^\d])(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?/;

export type StatedMoment =
  | { readonly kind: 'moment'; readonly value: string }
  | { readonly kind: 'ambiguous'; readonly found: string; readonly readings: readonly string[] }
  | { readonly kind: 'none' };

/**
 * The first date of a text with the time that follows it, in the legal time of the country.
 * `03/04/2026` could be two days: it is told, not guessed.
 */
export function momentIn(text: string, country: string): StatedMoment {
  const iso = ISO.exec(text);
  if (iso?.[1] && isDay(iso[1])) return found(localMoment(iso[1], iso[2] ?? clockAfter(text, iso), country));
  const words = IN_WORDS.exec(fold(text));
  const month = MONTH_NUMBERS.get(words?.[2] ?? '');
  if (words?.[1] && words[3] && month !== undefined) {
    const day = `${words[3]}-${month}-${words[1].padStart(2, '0')}`;
    const year = text.indexOf(words[3]);
    return isDay(day) ? found(localMoment(day, clockIn(text.slice(year + 4)), country)) : { kind: 'none' };
  }
  const numeric = NUMERIC.exec(text);
  return numeric ? fromNumbers(numeric, text, country) : { kind: 'none' };
}

function found(value: string | null): StatedMoment {
  return value === null ? { kind: 'none' } : { kind: 'moment', value };
}

function clockIn(text: string): string | null {
  const clock = CLOCK.exec(text.slice(0, 40));
  return clock?.[1] === undefined ? null : `${clock[1]}:${clock[2] ?? '00'}`;
}

function clockAfter(text: string, match: RegExpExecArray): string | null {
  return clockIn(text.slice(match.index + match[0].length));
}

function fromNumbers(numeric: RegExpExecArray, text: string, country: string): StatedMoment {
  const [first, second, year] = [Number(numeric[1]), Number(numeric[2]), numeric[3] ?? ''];
  const write = (day: number, month: number): string =>
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const readings = [...new Set([write(first, second), write(second, first)])].filter(isDay);
  const clock = clockAfter(text, numeric);
  if (readings.length > 1) {
    const moments = readings.map((one) => localMoment(one, clock, country) ?? one);
    return { kind: 'ambiguous', found: numeric[0].trim(), readings: moments };
  }
  const [day] = readings;
  return day === undefined ? { kind: 'none' } : found(localMoment(day, clock, country));
}
