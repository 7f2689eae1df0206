import type { Decimal, Place } from '../../../kernel/index.js';
import { fold, oneLine } from './fold.js';
import { cellPlace, cellText, filledColumns, isBlank, type Grid, type GridRow } from './grid.js';
import { isPlainPrice, roleOfHeader } from './header-words.js';
import { readNumber } from './numbers.js';
import { lotHeadingOf, type LotHeading } from './words.js';

const FEWEST_LOTS = 2;
const ESTIMATE = /^(estimation|raming|schatzung|schatzwert|auftragswert|estimate|estimated value|budget)\b/;
const LOT_NUMBER = /^\d{1,3}[A-Za-z]?$/;

export interface ListedLot extends LotHeading {
  readonly amount: Decimal;
  readonly at: Place;
}

/**
 * The lots of a document that lists them with their amounts and has no lines: `Lot | Intitulé | Montant`, or
 * `Lot 1 - Gros-oeuvre | 150000`. None where a lot is listed twice.
 */
export function listedLots(grids: readonly Grid[]): readonly ListedLot[] {
  const lots = grids.flatMap((grid) => (grid.hidden ? [] : lotsOfSheet(grid)));
  const isListed = lots.length >= FEWEST_LOTS && new Set(lots.map(({ ref }) => ref)).size === lots.length;
  return isListed ? lots : [];
}

function lotsOfSheet(grid: Grid): readonly ListedLot[] {
  let numberAt: number | null = null;
  return grid.rows.flatMap((row) => {
    const cells = row.cells.map((cell) => oneLine(cellText(cell)));
    if (isHeader(cells)) numberAt = cells.findIndex((text) => roleOfHeader(text) === 'lot');
    const heading = headingOf(cells, numberAt);
    const amount = heading && amountOf(row);
    if (!heading || amount === null) return [];
    return [{ ...heading, amount, at: cellPlace(grid.sheet, row.row) }];
  });
}

function isHeader(cells: readonly string[]): boolean {
  const roles = cells.map(roleOfHeader);
  const isOfMoney = (text: string, index: number): boolean =>
    roles[index] === 'total' || isPlainPrice(text) || ESTIMATE.test(fold(text));
  return roles.includes('lot') && cells.some(isOfMoney);
}

/** `Lot 3 | Toiture`, or `3 | Toiture` below a head that says what is numbered. */
function headingOf(cells: readonly string[], numberAt: number | null): LotHeading | null {
  const [first = '', ...others] = cells.filter((text) => text !== '');
  const words = others.find((text) => /\p{L}{3}/u.test(text)) ?? null;
  const heading = lotHeadingOf(first);
  if (heading) return { ref: heading.ref, title: heading.title ?? words };
  const number = numberAt === null ? '' : (cells[numberAt] ?? '');
  return LOT_NUMBER.test(number) && words !== null ? { ref: number, title: words } : null;
}

/** The only number of a row, but that of the lot. */
function amountOf(row: GridRow): Decimal | null {
  const [, ...after] = filledColumns(row).map((index) => row.cells[index]);
  const numbers = after.filter((cell) => !isBlank(cell)).map((cell) => readNumber(cell, ','));
  const read = numbers.flatMap((one) => (one.kind === 'number' && one.rest === '' ? [one.value] : []));
  return read.length === 1 ? read[0]! : null;
}
