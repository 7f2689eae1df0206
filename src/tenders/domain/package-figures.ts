import { addDecimals, roundDecimal, type Decimal, type Money } from '../../kernel/index.js';
import { amountOfLine } from './check-sums.js';
import {
  hoursBasis,
  labourHours,
  type HoursBasis,
  type LabourHours,
  type LabourTables,
  type MeasuredLine,
} from './labour-hours.js';
import type { StoredBillLine } from './tender.js';

export interface PricedLine extends MeasuredLine {
  /** As printed. */
  readonly unit: string | null;
  readonly unitPrice: Money | null;
  readonly total: Money | null;
}

export interface Price {
  /** All lines but options; null when one is not priced. */
  readonly exact: Decimal | null;
  /** The same without the lines counted in hours. */
  readonly rest: Decimal | null;
  readonly currency: string;
}

export function priceOf(lines: readonly PricedLine[]): Price {
  const ordered = lines.filter((line) => !line.variant && line.nature !== 'PM');
  const currency = ordered.map(amountOfLine).find((amount) => amount !== null)?.currency ?? 'EUR';
  const priced = ordered.length > 0 && ordered.every((line) => amountOfLine(line)?.currency === currency);
  if (!priced) return { exact: null, rest: null, currency };
  return { exact: sumOf(ordered), rest: sumOf(ordered.filter((line) => line.unitNorm !== 'h')), currency };
}

function sumOf(lines: readonly PricedLine[]): Decimal {
  return lines.reduce((total, line) => addDecimals(total, amountOfLine(line)?.amount ?? '0'), '0');
}

export interface PackageFigures {
  readonly value: Money | null;
  readonly hours: LabourHours | null;
}

/** Value and hours of a package whose lines changed, found as they are for a fresh proposal. */
export function packageFigures(
  trade: string | null,
  stored: readonly StoredBillLine[],
  labour: LabourTables,
): PackageFigures {
  const { exact, rest } = pricesOf(stored);
  return { value: exact, hours: labourHours(trade, stored, rest, labour) };
}

/** What the hours of a stored package rest on. @param trades as in `hoursBasis` */
export function basisOfHours(
  hours: LabourHours,
  trades: readonly string[],
  stored: readonly StoredBillLine[],
  labour: LabourTables,
): HoursBasis | null {
  return hoursBasis(hours, trades, stored, pricesOf(stored).rest, labour);
}

function pricesOf(stored: readonly StoredBillLine[]): { exact: Money | null; rest: Money | null } {
  const { exact, rest, currency } = priceOf(
    stored.map((line) => {
      const inCurrency = (amount: Decimal | null): Money | null =>
        amount === null ? null : { amount, currency: line.currency ?? 'EUR' };
      return { ...line, unitPrice: inCurrency(line.unitPrice), total: inCurrency(line.total) };
    }),
  );
  const money = (amount: Decimal | null): Money | null =>
    amount === null ? null : { amount: roundDecimal(amount, 2), currency };
  return { exact: money(exact), rest: money(rest) };
}
