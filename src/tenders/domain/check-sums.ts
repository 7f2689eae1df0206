import {
  addDecimals,
  compareDecimals,
  multiplyDecimals,
  roundDecimal,
  type Decimal,
  type Money,
  type Problem,
} from '../../kernel/index.js';
import type { BillLine, Lot } from './parsed-tender.js';

const CENT = '0.02';

/** Quantity times price, where the amount that is stated is another one, to the cent: somebody's typing error. */
export function otherTotal({ quantity, unitPrice, total }: BillLine): Decimal | null {
  if (quantity === null || unitPrice === null || total === null) return null;
  const expected = roundDecimal(multiplyDecimals(quantity, unitPrice.amount), 2);
  const negative = total.amount.startsWith('-') ? total.amount.slice(1) : `-${total.amount}`;
  const difference = addDecimals(expected, negative).replace(/^-/, '');
  return compareDecimals(difference, CENT) <= 0 ? null : expected;
}

/** What is ordered first of a lot: no options, nothing for memory. */
export function orderedLines({ lines }: Pick<Lot, 'lines'>): readonly BillLine[] {
  return lines.filter((line) => !line.variant && line.nature !== 'PM');
}

export function sumOfLines(lot: Pick<Lot, 'lines'>): Decimal {
  return orderedLines(lot).reduce((sum, line) => addDecimals(sum, amountOfLine(line)?.amount ?? '0'), '0');
}

/** What a line costs: its total, or its price times its quantity where the document works none out. */
export function amountOfLine({
  quantity,
  unitPrice,
  total,
}: Pick<BillLine, 'quantity' | 'unitPrice' | 'total'>): Money | null {
  if (total !== null || quantity === null || unitPrice === null) return total;
  return { ...unitPrice, amount: roundDecimal(multiplyDecimals(quantity, unitPrice.amount), 2) };
}

/** The sum that the document prints for a lot, where its lines add up to another one. */
export function otherSum({ ref, lines, value, sumAt }: Lot): Problem | null {
  if (value === null || sumAt === undefined) return null;
  const expected = roundDecimal(sumOfLines({ lines }), 2);
  if (compareDecimals(expected, roundDecimal(value.amount, 2)) === 0) return null;
  return {
    code: 'bill.sum.differs',
    severity: 'warning',
    place: sumAt,
    found: value.amount,
    expected,
    params: { lot: ref },
  };
}
