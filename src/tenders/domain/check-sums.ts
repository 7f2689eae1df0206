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

const PERCENT = /^(%|pct\.?|percent|procent|prozent|pour ?cent)$/i;

/** Quantity times price, to the cent; of a percentage, the price is what it is taken of. */
export function priceOfQuantity(quantity: Decimal, unitPrice: Decimal, unit: string | null): Decimal {
  const product = multiplyDecimals(quantity, unitPrice);
  return roundDecimal(PERCENT.test(unit ?? '') ? multiplyDecimals(product, '0.01') : product, 2);
}

/** Quantity times price, where the amount that is stated is another one, to the cent: somebody's typing error. */
export function otherTotal({ quantity, unitPrice, total, unit }: BillLine): Decimal | null {
  if (quantity === null || unitPrice === null || total === null) return null;
  const expected = priceOfQuantity(quantity, unitPrice.amount, unit);
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
  unit,
}: Pick<BillLine, 'quantity' | 'unitPrice' | 'total' | 'unit'>): Money | null {
  if (total !== null || quantity === null || unitPrice === null) return total;
  return { ...unitPrice, amount: priceOfQuantity(quantity, unitPrice.amount, unit) };
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
