import {
  addDecimals,
  compareDecimals,
  roundDecimal,
  subtractDecimals,
  type Decimal,
  type Money,
  type Problem,
} from '../../../kernel/index.js';
import { amountOfLine, orderedLines, sumOfLines, type Lot } from '../../domain/index.js';
import type { FrontRow } from './cover.js';
import { fold } from './fold.js';
import { cellPlace, cellText, isBlank } from './grid.js';
import { readNumber } from './numbers.js';
import type { ReadTable, TableSum } from './table.js';
import { isSumLabel, isTaxLabel, lotHeadingOf } from './words.js';

const LOT_SUM = /^(total|totaal|summe|somme)( du| van| des| de)? (lot|perceel|los)\b/;
const TABLE_SUM =
  /^(total|montant|montant total|totaal|totaalbedrag|summe|gesamtsumme|gesamtbetrag)( ht| htva| hors tva| hors taxes| excl btw| exclusief btw| excl| netto)?$/;
const GRAND_SUM =
  /^(total general|total general htva|total general ht|total htva|total ht|total hors tva|total hors taxes|algemeen totaal|algemeen totaal excl btw|totaal excl btw|eindtotaal|nettosumme|nettobetrag|angebotssumme|angebotssumme netto|gesamtsumme netto|gesamtbetrag netto|gesamtsumme|gesamtbetrag|total des lots|total)$/;
const OF_ALL = /general|algemeen|gesamt|des lots/;

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
const WITH_TAX = /\b(tvac|ttc|tva comprise|toutes taxes|incl|inclusief|inkl|brutto\w*)\b/;
const OF_WHICH = /^(dont|waarvan|davon|of which|y compris|inclus)\b/;

/** Tax stands by the sum it is in: three or four rates may stand between. */
const NEAR = 6;
/** A blank row may stand between. */
const ROWS_BESIDE = 2;

/**
 * A sum without the taxes that the rows around say are in it, of one rate or of several: `Total 242, of which tax 42` is
 * 200, as `200 + 42 = 242`, and as works of 200 above `tax 42, total 242`.
 * @param sums of the same lot: what is left of one may be what another is worth
 * @param worth of the lines the sum is of
 */
function netOf(sum: TableSum, sums: readonly TableSum[], worth: Decimal): Decimal | null {
  const amount = amountOf(sum);
  if (amount === null || WITHOUT_TAX.test(fold(sum.label)) || compareDecimals(amount, worth) === 0)
    return amount;
  const at = sums.indexOf(sum);
  const near = sums.slice(Math.max(0, at - NEAR), at + NEAR + 1);
  const lot = lotHeadingOf(sum.label)?.ref;
  const isOfAnother = ({ label }: TableSum): boolean =>
    lot !== undefined && (lotHeadingOf(label)?.ref ?? lot) !== lot;
  const amounts = near.filter((one) => !isOfAnother(one)).flatMap((one) => amountOf(one) ?? []);
  const taxes = near.filter(isTax);
  const [above, below] = [taxesBeside(sums, at, -1), taxesBeside(sums, at, 1)];
  const nets = [...taxes.map((tax) => [tax]), above, below, taxes].map((some) => without(amount, some));
  const proven = nets.find(
    (net) => net !== null && [worth, ...amounts].some((one) => compareDecimals(one, net) === 0),
  );
  const included = OF_WHICH.test(fold(below[0]?.label ?? '')) ? below : above;
  return proven ?? without(amount, included) ?? amount;
}

/** Null where there is no tax, or more than the sum. */
function without(amount: Decimal, taxes: readonly TableSum[]): Decimal | null {
  const taxed = taxes.flatMap((tax) => amountOf(tax) ?? []).reduce(addDecimals, '0');
  const isIn = compareDecimals(taxed, '0') > 0 && compareDecimals(taxed, amount) < 0;
  return isIn ? subtractDecimals(amount, taxed) : null;
}

function isTax(sum: TableSum): boolean {
  return isTaxLabel(sum.label) && amountOf(sum) !== null;
}

/** The taxes on the rows right above a sum, or right below it: lines between them belong to another sum. */
function taxesBeside(sums: readonly TableSum[], at: number, step: -1 | 1): readonly TableSum[] {
  const found: TableSum[] = [];
  for (let next = at + step; ; next += step) {
    const [tax, beside] = [sums[next], sums[next - step]!];
    if (!tax || !isTax(tax) || !isRightBeside(tax, beside)) return found;
    found.push(tax);
  }
}

function isRightBeside({ place: one }: TableSum, { place: other }: TableSum): boolean {
  if (!('sheet' in one) || !('sheet' in other) || one.sheet !== other.sheet) return false;
  return Math.abs((one.row ?? 0) - (other.row ?? 0)) <= ROWS_BESIDE;
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
  const own = ownSums(lot, sums);
  const worth = roundDecimal(sumOfLines(lot), 2);
  const netIn = (sum: TableSum): Decimal | null => netOf(sum, alone ? sums : ofSameLot(sums, sum), worth);
  const isWorth = (amount: Decimal | null): boolean =>
    amount !== null && compareDecimals(amount, worth) === 0;
  const all = own.filter(
    ({ label }) => TABLE_SUM.test(fold(label)) || (alone && GRAND_SUM.test(fold(label))),
  );
  const totals = all.filter(({ label }) => TABLE_SUM.test(fold(label)));
  // `Total` below each chapter.
  const areParts =
    totals.length > 1 && isWorth(totals.flatMap((sum) => netIn(sum) ?? []).reduce(addDecimals));
  const wholes = areParts ? all.filter((sum) => !totals.includes(sum)) : all;
  const stated =
    own.find((sum) => LOT_SUM.test(fold(sum.label))) ??
    wholes.findLast((sum) => isWorth(netIn(sum))) ??
    wholes.findLast(({ label }) => OF_ALL.test(fold(label))) ??
    wholes.findLast((sum) => totals.includes(sum)) ??
    wholes.at(-1);
  const listed = sums.find(
    (sum) => sum.lotRef === null && lotHeadingOf(sum.label)?.ref === lot.ref && amountOf(sum) !== null,
  );
  const sum =
    stated ?? listed ?? (alone ? own.findLast((one) => isTaxed(one) && isWorth(netIn(one))) : undefined);
  const amount = sum ? netIn(sum) : null;
  if (sum && amount !== null) return { value: { amount, currency }, sumAt: sum.place };
  const priced = orderedLines(lot).every((line) => amountOfLine(line) !== null);
  return { value: priced ? { amount: worth, currency } : null };
}

function ownSums(lot: Pick<Lot, 'declared' | 'ref'>, sums: readonly TableSum[]): readonly TableSum[] {
  return sums.filter((sum) => sum.lotRef === (lot.declared ? lot.ref : null) && amountOf(sum) !== null);
}

function isTaxed({ label }: TableSum): boolean {
  return WITH_TAX.test(fold(label)) && !isTaxLabel(label);
}

/** A lot of which only sums with tax are printed, and no tax that would tell what they are without: nothing was compared. */
export function sumNotChecked(lot: Lot, sums: readonly TableSum[]): Problem | null {
  const sum = lot.sumAt === undefined ? ownSums(lot, sums).findLast(isTaxed) : undefined;
  if (!sum) return null;
  return {
    code: 'bill.sum.taxed',
    severity: 'info',
    place: sum.place,
    found: amountOf(sum),
    expected: null,
    params: { lot: lot.ref },
  };
}

/** The sum of the whole, tax excluded, where the document prints one: that of the only lot is it, too. */
export function grandTotal(sums: readonly TableSum[], lots: readonly Lot[], currency: string): Money | null {
  const [only, ...others] = lots;
  if (only && others.length === 0 && (only.sumAt || !only.declared)) return only.sumAt ? only.value : null;
  const whole = sums.filter((sum) => GRAND_SUM.test(fold(sum.label)) && amountOf(sum) !== null);
  const named =
    whole.findLast((sum) => sum.inRecap) ??
    whole.findLast((sum) => sum.lotRef === null || OF_ALL.test(fold(sum.label)));
  if (!named) return null;
  const worth = roundDecimal(lots.map(sumOfLines).reduce(addDecimals, '0'), 2);
  // Each lot may print its own tax, at its own rate.
  const taxes = sums.filter((sum) => isTax(sum) && sum.lotRef !== null);
  const net = without(amountOf(named)!, taxes);
  const isWorth = net !== null && compareDecimals(net, worth) === 0;
  const amount = isWorth ? net : netOf(named, ofSameLot(sums, named), worth);
  return amount === null ? null : { amount, currency };
}
