import {
  compareDecimals,
  roundDecimal,
  subtractDecimals,
  type Decimal,
  type Money,
} from '../../../kernel/index.js';
import { amountOfLine, orderedLines, sumOfLines, type Lot } from '../../domain/index.js';
import type { FrontRow } from './cover.js';
import { fold } from './fold.js';
import { cellPlace, cellText, isBlank } from './grid.js';
import { readNumber } from './numbers.js';
import type { ReadTable, TableSum } from './read-table.js';
import { isSumLabel, isTaxLabel, lotHeadingOf } from './words.js';

const LOT_SUM = /^(total|totaal|summe|somme)( du| van| des| de)? (lot|perceel|los)\b/;
const TABLE_SUM =
  /^(total|totaal|summe|gesamtsumme)( ht| htva| hors tva| hors taxes| excl btw| excl| netto)?$/;
const GRAND_SUM =
  /^(total general|total general htva|total general ht|total htva|total ht|total hors tva|total hors taxes|algemeen totaal|algemeen totaal excl btw|totaal excl btw|nettosumme|gesamtsumme netto|gesamtsumme|total des lots|total)$/;

/** Sums of the tables, and those of sheets that only sum up. */
export function sumsOf(tables: readonly ReadTable[], others: readonly FrontRow[]): readonly TableSum[] {
  return [...tables.flatMap((table) => table.sums), ...others.flatMap(sumOfRow)];
}

function sumOfRow({ sheet, row }: FrontRow): readonly TableSum[] {
  const first = cellText(row.cells.find((cell) => !isBlank(cell)));
  const words = row.cells.find((cell) => typeof cell === 'string' && /\p{L}{3}/u.test(cell));
  const amount = row.cells.findLast((cell) => typeof cell === 'number');
  if (typeof words !== 'string' || amount === undefined) return [];
  const label = lotHeadingOf(first) ? first : words;
  if (!isSumLabel(label) && lotHeadingOf(label) === null) return [];
  return [{ label, amount, lotRef: null, inRecap: true, place: cellPlace(sheet, row.row) }];
}

function amountOf(sum: TableSum): Decimal | null {
  const read = readNumber(sum.amount, null);
  return read.kind === 'number' && compareDecimals(read.value, '0') > 0 ? read.value : null;
}

const WITHOUT_TAX = /\b(htva|ht|hors|excl|exclusief|netto|nettosumme|ohne|zonder)\b/;
const OF_WHICH = /^(dont|waarvan|davon|of which|y compris|inclus)\b/;

/** Tax stands by the sum it is in: three or four rates may stand between. */
const NEAR = 6;

/**
 * A sum without the tax that the rows around say is in it: `Total 242, of which tax 42` is 200, as `200 + 42 = 242`.
 * @param sums of the same lot: what is left of one may be what another is worth
 */
function netOf(sum: TableSum, sums: readonly TableSum[]): Decimal | null {
  const amount = amountOf(sum);
  if (amount === null || WITHOUT_TAX.test(fold(sum.label))) return amount;
  const at = sums.indexOf(sum);
  const near = sums.slice(Math.max(0, at - NEAR), at + NEAR + 1);
  const lot = lotHeadingOf(sum.label)?.ref;
  const isOfAnother = ({ label }: TableSum): boolean =>
    lot !== undefined && (lotHeadingOf(label)?.ref ?? lot) !== lot;
  const amounts = near.filter((one) => !isOfAnother(one)).flatMap((one) => amountOf(one) ?? []);
  for (const tax of near) {
    const taxed = isTaxLabel(tax.label) ? amountOf(tax) : null;
    if (taxed === null || compareDecimals(taxed, amount) >= 0) continue;
    const net = subtractDecimals(amount, taxed);
    const isIncluded = sums[at + 1] === tax && OF_WHICH.test(fold(tax.label));
    if (isIncluded || amounts.some((one) => compareDecimals(one, net) === 0)) return net;
  }
  return amount;
}

function ofSameLot(sums: readonly TableSum[], { lotRef }: TableSum): readonly TableSum[] {
  return sums.filter((one) => one.lotRef === lotRef);
}

/**
 * The sum the document prints for the lot, and where; else that of its lines, when all are priced.
 * @param alone the sum of the whole is that of the only lot
 */
export function lotValue(
  lot: Lot,
  sums: readonly TableSum[],
  currency: string,
  alone: boolean,
): Pick<Lot, 'value' | 'sumAt'> {
  const own = sums.filter((sum) => sum.lotRef === (lot.declared ? lot.ref : null) && amountOf(sum) !== null);
  const stated =
    own.find((sum) => LOT_SUM.test(fold(sum.label))) ??
    own.findLast((sum) => TABLE_SUM.test(fold(sum.label))) ??
    (alone ? own.findLast((sum) => GRAND_SUM.test(fold(sum.label))) : undefined);
  const listed = sums.find(
    (sum) => sum.lotRef === null && lotHeadingOf(sum.label)?.ref === lot.ref && amountOf(sum) !== null,
  );
  const sum = stated ?? listed;
  const amount = sum ? netOf(sum, alone ? sums : ofSameLot(sums, sum)) : null;
  if (sum && amount !== null) return { value: { amount, currency }, sumAt: sum.place };
  const priced = orderedLines(lot).every((line) => amountOfLine(line) !== null);
  return { value: priced ? { amount: roundDecimal(sumOfLines(lot), 2), currency } : null };
}

/** The sum of the whole, tax excluded, where the document prints one. */
export function grandTotal(sums: readonly TableSum[], currency: string): Money | null {
  const whole = sums.filter((sum) => GRAND_SUM.test(fold(sum.label)) && amountOf(sum) !== null);
  const named =
    whole.findLast((sum) => sum.inRecap) ??
    whole.findLast((sum) => sum.lotRef === null || /general|algemeen|gesamt|des lots/.test(fold(sum.label)));
  const amount = named ? netOf(named, ofSameLot(sums, named)) : null;
  return amount === null ? null : { amount, currency };
}
