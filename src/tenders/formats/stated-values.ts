import { isDay, type Day, type Decimal, type Money, type Place, type Problem } from '../../kernel/index.js';
import type { Lot } from '../domain/index.js';
import { xpathOf, type XmlNode } from './xml-tree.js';

const NUMBER = /^[+-]?\d{1,30}(\.\d{1,20})?$/;
const DAY_WITH_OFFSET = /^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$/;
const TIME_WITH_OFFSET = /^((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

/** A decimal of a machine-written document: point as mark, no grouping. */
export function machineDecimal(text: string | null): Decimal | null {
  if (text === null) return null;
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? trimmed.replace(/^\+/, '') : null;
}

/** A number of a program to its decimal, without the noise beyond 15 digits that spreadsheets hide as well. */
export function decimalOf(value: number): Decimal | null {
  if (!Number.isFinite(value)) return null;
  const plain = Number(value.toPrecision(15));
  const text = String(plain);
  if (!text.includes('e')) return text;
  return Math.abs(plain) < 1e21 ? plain.toFixed(12).replace(/\.?0+$/, '') : null;
}

/** An amount with its currency, as a machine wrote both. */
export function statedMoney(amount: string | null, currency: string | null): Money | null {
  const decimal = machineDecimal(amount);
  return decimal !== null && currency !== null && /^[A-Z]{3}$/.test(currency)
    ? { amount: decimal, currency }
    : null;
}

/** `2023-09-08+02:00` to its day. */
export function statedDay(text: string | null): Day | null {
  const day = DAY_WITH_OFFSET.exec(text?.trim() ?? '')?.[1];
  return day !== undefined && isDay(day) ? day : null;
}

/**
 * The moment of a day and a time that each may carry an offset.
 * @returns RFC 3339 with the offset stated (the time's first); the day alone without a time
 */
export function statedMoment(dayText: string | null, timeText: string | null): string | null {
  const day = DAY_WITH_OFFSET.exec(dayText?.trim() ?? '');
  if (!day?.[1] || !isDay(day[1])) return null;
  const time = TIME_WITH_OFFSET.exec(timeText?.trim() ?? '');
  if (!time?.[1]) return day[1];
  const clock = time[1].length === 5 ? `${time[1]}:00` : time[1];
  const offset = time[2] ?? day[2];
  return offset === undefined ? day[1] : `${day[1]}T${clock}${offset}`;
}

/** A deadline and where it stands. */
export interface Due {
  readonly moment: string;
  readonly at: Place | null;
}

export function earliest(dues: readonly Due[]): Due | null {
  return dues.toSorted((a, b) => Date.parse(a.moment) - Date.parse(b.moment))[0] ?? null;
}

/** The first that ends, where lots have ends of their own. */
export function dueOfLots(lots: readonly Lot[]): Due | null {
  return earliest(lots.flatMap(({ deadline, at }) => (deadline === null ? [] : [{ moment: deadline, at }])));
}

/** An amount that is another than the estimate: a person is told of it, and it is taken for nothing. */
export function tellAmount(
  code: string,
  node: XmlNode,
  currency: string | undefined,
  problems: Problem[],
): void {
  const found = [node.text, currency].filter((word) => word !== undefined && word !== '').join(' ');
  problems.push({
    code,
    severity: 'info',
    place: { xpath: xpathOf(node) },
    found: found.slice(0, 200),
    expected: null,
  });
}
