import { addDecimals, compareDecimals, type Decimal } from '../../../kernel/index.js';
import { decimalOf } from '../stated-values.js';
import type { GridCell } from './grid.js';
import { monthNumber } from './stated-dates.js';
import { normalUnit } from './units.js';

/** Which mark separates decimals in a column, as its unambiguous numbers show. */
export type DecimalMark = ',' | '.' | null;

export type ReadNumber =
  | { readonly kind: 'number'; readonly value: Decimal; readonly rest: string }
  | {
      readonly kind: 'ambiguous';
      readonly found: string;
      readonly readings: readonly [Decimal, Decimal];
      readonly rest: string;
    }
  | { readonly kind: 'unreadable'; readonly found: string }
  | { readonly kind: 'none' };

const SPACES = /[\s\u00a0\u2000-\u200a\u202f\u205f'’]/gu;
const LONGEST = 60;
/** Digits with marks, then perhaps a unit or a currency glued to it. */
const NUMBER_FIRST = /^[€$£]?\s*([-−–]?)\s*(\d[\d\s.,'’\u00a0\u2000-\u200a\u202f\u205f]*)(.*)$/u;
/** `env. 40 m²`, `± 25`. */
const ABOUT = /^(?:env(?:iron|\.)?|ca\.?|circa|ongeveer|etwa|approx\.?|±|\+\s?\/\s?-|~|≈)\s*(?=\d)/iu;
/** `200,00-`, as programs for accounts print it; `5,-` is five. */
const MINUS_BEHIND = /\d[-−–]$/u;
/** The figure of `m2`, `m3`, `m1`. */
const UNIT_DIGIT = /(?<=m)\s?[123](?!\d)/gi;
/** `……… €`, `____`: a place to write a number in. */
const TO_FILL_IN = /^(?:€|EUR)?[-–—.…_\s]+(?:€|EUR)?$/;
/** `01-févr`: what a spreadsheet prints of a `1.2` that it took for a day. */
const AFTER_DAY = /^[-. ]?(\p{L}{3,9})\.?$/u;
/** What stands in brackets explains the number. */
const ASIDE = /\([^()]*\)|\[[^[\]]*\]/g;
/** `(50,00)`: less than nothing, as accounts print it, or the number that somebody explains. */
const IN_BRACKETS = /^\(([^()]+)\)$/;
/** `12 m² EI30`: a code of letters, after a unit. */
const CODE = /(?<=\p{L}[²³.]? )(?!EUR)\p{Lu}{2,4}\d{1,4}(?!\d)/gu;
/** `12,50 € HTVA 21 %`. */
const TAX_RATE = /(?<!\p{L})(?:htva|tva|btw|mwst|vat) ?\d{1,2}(?:[.,]\d{1,2})? ?%/giu;
const STOREY =
  '(?:étages?|etages?|niveaux?|verdieping(?:en)?|bouwlagen|etagen|geschosse?n?|stockwerken?|floors?|storeys?|levels?)';
/** `12 m² sur 2 étages`. */
const ON_STOREYS = new RegExp(
  `^(\\S+)\\s+(?:sur|op|auf|on)\\s+(?:\\d{1,2}\\s+${STOREY}|${STOREY}\\s+\\d{1,2})(?![\\p{L}\\d])`,
  'iu',
);
const CURRENCY_ONLY = /^\s*(€|eur|euros?|\$|£|,-|,--)?\s*$/i;

/** Reads a number as people type it: decimal comma or point, thin spaces, unit glued to it. */
export function readNumber(cell: GridCell | undefined, mark: DecimalMark): ReadNumber {
  if (cell === null || cell === undefined || cell === '') return { kind: 'none' };
  if (typeof cell === 'number') {
    const value = decimalOf(cell);
    return value === null ? { kind: 'unreadable', found: String(cell) } : { kind: 'number', value, rest: '' };
  }
  if (TO_FILL_IN.test(cell)) return { kind: 'none' };
  const inside = IN_BRACKETS.exec(cell.trim())?.[1];
  if (inside !== undefined) return inBrackets(cell, readNumber(inside.trim(), mark));
  const match = cell.length <= LONGEST ? NUMBER_FIRST.exec(cell.replace(ABOUT, '')) : null;
  if (!match) return { kind: 'unreadable', found: cell.slice(0, 200) };
  const sign = match[1] !== '' || MINUS_BEHIND.test(cell) ? '-' : '';
  const digits = (match[2] ?? '').replace(SPACES, '').replace(/[.,]$/, '');
  const rest = (match[3] ?? '').trim().replace(/^[-−–]+$/u, '');
  if (hasMoreNumbers(rest)) return { kind: 'unreadable', found: cell };
  const said = CURRENCY_ONLY.test(rest) ? '' : rest;
  const plain = toPlain(digits, mark);
  if (plain === null) return { kind: 'unreadable', found: cell };
  if (plain === 'ambiguous') {
    const [whole = '', fraction = ''] = digits.split(/[.,]/);
    return {
      kind: 'ambiguous',
      found: cell,
      readings: [`${sign}${whole}${fraction}`, `${sign}${whole}.${fraction}`],
      rest: said,
    };
  }
  return { kind: 'number', value: `${sign}${plain}`, rest: said };
}

/** One of two marks and one of two signs are four readings: nobody is asked so much. */
function inBrackets(found: string, inside: ReadNumber): ReadNumber {
  const isRead = inside.kind === 'number' && !inside.value.startsWith('-') && Number(inside.value) !== 0;
  return isRead
    ? { kind: 'ambiguous', found, readings: [inside.value, `-${inside.value}`], rest: inside.rest }
    : { kind: 'unreadable', found };
}

/** `3/4`, `2 x 1,5`, `10 & 12`, `12 t soit 8 m³`, `01-févr`, a day: another number, and no word about the first, leaves both unread. */
function hasMoreNumbers(rest: string): boolean {
  const [, word = ''] = AFTER_DAY.exec(rest) ?? [];
  if (monthNumber(word) !== null) return true;
  const said = rest.replace(UNIT_DIGIT, '').replace(ASIDE, '').replace(CODE, '').replace(TAX_RATE, '');
  const [place = '', unit = ''] = ON_STOREYS.exec(said) ?? [];
  return /\d/.test(normalUnit(unit) === null ? said : said.slice(place.length));
}

function toPlain(digits: string, mark: DecimalMark): Decimal | 'ambiguous' | null {
  const commas = digits.split(',').length - 1;
  const points = digits.split('.').length - 1;
  if (commas === 0 && points === 0) return clean(digits, '');
  if (commas > 0 && points > 0) {
    const decimal = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
    return split(digits, decimal);
  }
  const sign = commas > 0 ? ',' : '.';
  if (commas + points > 1) return grouped(digits, sign) ? clean(digits.replaceAll(sign, ''), '') : null;
  const [whole = '', fraction = ''] = digits.split(sign);
  // `1,234` is a thousand or one and a bit: the column's other numbers tell, nothing else does.
  if (fraction.length === 3 && whole.length <= 3 && whole !== '0') {
    if (mark === null) return 'ambiguous';
    return mark === sign ? clean(whole, fraction) : clean(whole + fraction, '');
  }
  return clean(whole, fraction);
}

function grouped(digits: string, mark: string): boolean {
  const [first = '', ...others] = digits.split(mark);
  return first.length >= 1 && first.length <= 3 && others.every((group) => group.length === 3);
}

function split(digits: string, decimal: string): Decimal | null {
  const at = digits.lastIndexOf(decimal);
  const other = decimal === ',' ? '.' : ',';
  const whole = digits.slice(0, at);
  if (whole.includes(decimal) || !grouped(whole, other)) return null;
  return clean(whole.replaceAll(other, ''), digits.slice(at + 1));
}

function clean(whole: string, fraction: string): Decimal | null {
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(fraction) || whole + fraction === '') return null;
  const start = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? start : `${start}.${fraction}`;
}

/** The decimal mark that the unambiguous texts of a column agree on; null when none tells, or they disagree. */
export function decimalMarkOf(cells: Iterable<GridCell | undefined>): DecimalMark {
  const marks = new Set<',' | '.'>();
  for (const cell of cells) {
    if (typeof cell !== 'string' || cell.length > LONGEST) continue;
    const digits = (NUMBER_FIRST.exec(cell)?.[2] ?? '').replace(SPACES, '').replace(/[.,]$/, '');
    const told = tellingMark(digits);
    if (told !== null) marks.add(told);
  }
  const [only] = marks;
  return marks.size === 1 && only ? only : null;
}

function tellingMark(digits: string): ',' | '.' | null {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma < 0 && point < 0) return null;
  if (comma >= 0 && point >= 0) {
    const last = comma > point ? ',' : '.';
    return split(digits, last) === null ? null : last;
  }
  const mark = comma >= 0 ? ',' : '.';
  const parts = digits.split(mark);
  if (parts.length > 2) return !grouped(digits, mark) ? null : mark === ',' ? '.' : ',';
  const fraction = parts[1] ?? '';
  return fraction.length !== 3 || (parts[0] ?? '').length > 3 || parts[0] === '0' ? mark : null;
}

/** Whether all parts are numbers and come to what the sum states. */
export function addUp(parts: readonly GridCell[], sum: GridCell, mark: DecimalMark): boolean {
  const [whole, ...read] = [sum, ...parts].map((cell) => readNumber(cell, mark));
  const values = read.flatMap((part) => (part.kind === 'number' ? [part.value] : []));
  if (whole?.kind !== 'number' || values.length === 0 || values.length < parts.length) return false;
  return compareDecimals(values.reduce(addDecimals), whole.value) === 0;
}
