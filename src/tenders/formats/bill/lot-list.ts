import { multiplyDecimals, type Decimal, type Place } from '../../../kernel/index.js';
import { fold, oneLine } from './fold.js';
import { cellPlace, cellText, isBlank, type Grid, type GridCell, type GridRow } from './grid.js';
import { isPlainPrice, roleOfHeader } from './header-words.js';
import { readNumber } from './numbers.js';
import { isInThousands } from './thousands.js';
import { lotHeadingOf, type LotHeading } from './words.js';

const FEWEST_LOTS = 2;
const LEAST_MONEY = 1000;
const ESTIMATE = /^(estimation|raming|schatzung|schatzwert|auftragswert|estimate|estimated value|budget)\b/;
const MOST_OF_A_FRAMEWORK = /\b(maxi?|maximum|maximal|maximaal|maximale|hochst\w*)\b/;
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
  let [numberAt, moneyAt]: [number | null, number | null] = [null, null];
  let isThousands = false;
  return grid.rows.flatMap((row) => {
    const cells = row.cells.map((cell) => oneLine(cellText(cell)));
    const head = headOf(cells);
    if (head) {
      [numberAt, moneyAt] = head;
      isThousands = isInThousands(cells[head[1]]!);
    }
    const heading = headingOf(cells, numberAt);
    const amount = heading && amountOf(row, moneyAt);
    if (!heading || amount === null) return [];
    const whole = isThousands ? multiplyDecimals(amount, '1000') : amount;
    return [{ ...heading, amount: whole, at: cellPlace(grid.sheet, row.row) }];
  });
}

/** Columns of the numbers of lots and of their amounts: the only ones, or of a framework the most it may come to. */
function headOf(cells: readonly string[]): [number, number] | null {
  const lot = cells.findIndex((text) => roleOfHeader(text) === 'lot');
  const amounts = [...cells.keys()].filter((at) => isOfMoney(cells[at]!));
  const most = amounts.filter((at) => MOST_OF_A_FRAMEWORK.test(fold(cells[at]!)));
  const [money, ...more] = most.length > 0 ? most : amounts;
  return lot === -1 || money === undefined || more.length > 0 ? null : [lot, money];
}

function isOfMoney(text: string): boolean {
  return roleOfHeader(text) === 'total' || isPlainPrice(text) || ESTIMATE.test(fold(text));
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

/** The number below a head of money; without one, the only number of a row but that of the lot, if it looks like money. */
function amountOf({ cells }: GridRow, moneyAt: number | null): Decimal | null {
  const filled = cells.filter((cell) => !isBlank(cell));
  const read = (moneyAt === null ? filled.slice(1) : [cells[moneyAt]]).flatMap((cell) => {
    const number = readNumber(cell, ',');
    const isRead = number.kind === 'number' && number.rest === '';
    return isRead && (moneyAt !== null || looksLikeMoney(cell)) ? [number.value] : [];
  });
  return read.length === 1 ? read[0]! : null;
}

/** Points, pages and months are smaller. */
function looksLikeMoney(cell: GridCell | undefined): boolean {
  const read = readNumber(cell, ',');
  return (
    /€|\bEUR\b|[.,]\d\d$/.test(cellText(cell)) ||
    (read.kind === 'number' && Number(read.value) >= LEAST_MONEY)
  );
}
