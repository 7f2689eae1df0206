import { createHash } from 'node:crypto';
import { fold } from './fold.js';
import {
  cellText,
  columnLetter,
  filledColumns,
  isBlank,
  type Grid,
  type GridCell,
  type GridRow,
} from './grid.js';
import {
  endsStretch,
  isCount,
  isDimension,
  isLeast,
  isAfterDiscount,
  isWithTax,
  isMost,
  isOfNumbers,
  isOfHours,
  isPart,
  isPerMonth,
  isPlainPrice,
  isRepetition,
  mayBeKindOfWork,
  mayBeThickness,
  namesLot,
  namesMoney,
  roleOfHeader,
  type ColumnRole,
} from './header-words.js';
import { NO_PARTS, partsAmong, type Parts } from './part-quantities.js';

/** Which column plays which role, by position from 0. */
export type Columns = ReadonlyMap<ColumnRole, number>;

const FEWEST_ROLES = 3;
const LONGEST_SECOND = 30;

/**
 * Reads a row as the header of a bill: it must name a description, and a quantity, unit or price.
 * @returns null when the row is no header
 */
export function headerOf(row: GridRow, hidden: ReadonlySet<number>): Columns | null {
  const filled = filledColumns(row);
  if (filled.length < 2 || filled.some((index) => typeof row.cells[index] === 'number')) return null;
  const measures = measuresOf(row);
  const isOneOfMany = (index: number): boolean =>
    measures.includes(index) &&
    (measures.length >= FEWEST_DIMENSIONS || mayBeThickness(cellText(row.cells[index])));
  const heads = filled
    .filter((index) => !hidden.has(index) && !isOneOfMany(index))
    .map((index) => ({ index, text: cellText(row.cells[index]) }))
    .filter(({ text }) => !isRepetition(text) && !endsStretch(text, row.cells.map(cellText)));
  const counts = heads.filter(({ text }) => isCount(text));
  const roles = new Map(
    heads
      .filter((head) => !counts.includes(head))
      .flatMap(({ index, text }): [number, ColumnRole][] => {
        const role = roleOfHeader(text);
        return role === null ? [] : [[index, role]];
      }),
  );
  const parts = partsOfHead(row, roles, hidden).all;
  const added = addedUp(row, roles, { measures, parts, count: counts[0]?.index });
  for (const index of parts) roles.delete(index);
  if (added !== undefined) roles.set(added, 'quantity');
  // What a month costs is the price of what is counted in months.
  const monthly = heads.find(({ text }) => isPerMonth(text));
  if (monthly && ![...roles.values()].includes('unitPrice')) roles.set(monthly.index, 'unitPrice');
  const piece = [...roles].find(([, role]) => role === 'unitPrice')?.[0];
  const sum =
    piece === undefined || isPlainPrice(cellText(row.cells[piece])) || [...roles.values()].includes('total')
      ? undefined
      : heads.find(({ index, text }) => index > piece && isPlainPrice(text));
  if (sum) roles.set(sum.index, 'total');
  // Pieces are the quantity where nothing else is: else they are one more measure.
  const [count] = counts;
  if (count && ![...roles.values()].includes('quantity')) roles.set(count.index, 'quantity');
  // `Hoeveelheid | Uren`: how long the work takes is no second quantity of it.
  const quantities = [...roles].flatMap(([index, role]) => (role === 'quantity' ? [index] : []));
  const isInHours = (index: number): boolean => isOfHours(cellText(row.cells[index]));
  if (!quantities.every(isInHours)) for (const index of quantities.filter(isInHours)) roles.delete(index);
  const isKindOfWork = (index: number): boolean =>
    [mayBeKindOfWork, namesLot].some((isNone) => isNone(cellText(row.cells[index])));
  const labels = [...roles].flatMap(([index, role]) => (role === 'label' ? [index] : []));
  if (!labels.every(isKindOfWork)) for (const index of labels.filter(isKindOfWork)) roles.delete(index);
  for (const index of endsOfRanges(heads, roles)) roles.delete(index);
  for (const index of otherPrices(heads, roles)) roles.delete(index);
  // `Bâtiment | Local | Surface`: the last of them is what is priced, where nothing else is.
  const zones = [...roles].flatMap(([index, role]) => (role === 'zone' ? [index] : []));
  const hasWords = ['label', 'ref', 'catalogue'].some((role) =>
    [...roles.values()].includes(role as ColumnRole),
  );
  if (zones.length > 1 && !hasWords) roles.set(Math.max(...zones), 'label');
  const columns = new Map<ColumnRole, number>();
  let isSecondNumber = false;
  for (const [index, role] of [...roles].toSorted(([a], [b]) => a - b)) {
    if (!columns.has(role)) columns.set(role, index);
    else if (role === 'ref' && !columns.has('catalogue')) {
      columns.set('catalogue', index);
      isSecondNumber = true;
    } else if (role === 'quantity' && !columns.has('otherQuantity')) columns.set('otherQuantity', index);
  }
  const words = columns.has('label') ? undefined : wordsBesideNumbers(heads, roles);
  if (words !== undefined) columns.set('label', words);
  // `Poste | Description | Prix`: where nothing is counted, it is that of the whole.
  const alone = columns.get('unitPrice');
  const isCounted = (['quantity', 'unit', 'total'] as const).some((role) => columns.has(role));
  if (alone !== undefined && !isCounted && isPlainPrice(cellText(row.cells[alone]))) {
    columns.delete('unitPrice');
    columns.set('total', alone);
  }
  return complete(columns, isSecondNumber);
}

const RANGED: readonly ColumnRole[] = ['quantity', 'unitPrice', 'total'];

/** `Qté min | Qté max | Qté estimée`: what is between counts, and the most where nothing is. */
function endsOfRanges(
  heads: readonly { readonly index: number; readonly text: string }[],
  roles: ReadonlyMap<number, ColumnRole>,
): readonly number[] {
  return RANGED.flatMap((role) => {
    const own = heads.filter(({ index }) => roles.get(index) === role);
    const [least, most] = [own.filter(({ text }) => isLeast(text)), own.filter(({ text }) => isMost(text))];
    if (least.length === 0 || most.length === 0) return [];
    const ends = own.length > least.length + most.length ? [...least, ...most] : least;
    return ends.map(({ index }) => index);
  });
}

/** Beside prices without tax those with it, and beside prices after a discount those before. */
function otherPrices(
  heads: readonly { readonly index: number; readonly text: string }[],
  roles: ReadonlyMap<number, ColumnRole>,
): readonly number[] {
  return (['unitPrice', 'total'] as const).flatMap((role) => {
    const own = heads.filter(({ index }) => roles.get(index) === role);
    const plain = own.filter(({ text }) => !isWithTax(text));
    const net = plain.filter(({ text }) => isAfterDiscount(text));
    const kept = [net, plain].find((some) => some.length > 0) ?? own;
    return own.filter((head) => !kept.includes(head)).map(({ index }) => index);
  });
}

/**
 * `Pos. | Bauteil | Menge`: a head of numbers has no words below it, those are under the next one. Words stand first
 * where nothing is numbered: `Fonction | Heures | Taux horaire`.
 */
function wordsBesideNumbers(
  heads: readonly { readonly index: number; readonly text: string }[],
  roles: ReadonlyMap<number, ColumnRole>,
): number | undefined {
  if (heads.some(({ text }) => /^\d/.test(text))) return undefined;
  const at = heads.findIndex(({ index, text }) => roles.get(index) === 'ref' && isOfNumbers(text));
  const next = heads[at + 1];
  const known = new Set(roles.values());
  const isPriced = known.has('quantity') && known.has('unitPrice') && !known.has('ref') && !known.has('zone');
  const isUnknown =
    (at >= 0 || isPriced) && next !== undefined && !roles.has(next.index) && !isCount(next.text);
  return isUnknown && /\p{L}{3}/u.test(next.text) && !namesMoney(next.text) ? next.index : undefined;
}

/** `Bâtiment A | Bâtiment B`: below stands how much of it, and not where. */
function partsOfHead(
  row: GridRow,
  roles: ReadonlyMap<number, ColumnRole>,
  hidden: ReadonlySet<number>,
): Parts {
  const heads = row.cells.map((cell, index) => {
    const role = roles.get(index) ?? 'zone';
    return hidden.has(index) || (role !== 'zone' && role !== 'quantity') ? '' : cellText(cell);
  });
  return partsAmong(heads);
}

/** Columns that together hold the quantity of a line: of one building each, of one floor. */
export function partsAt(grid: Grid, header: FoundHeader): Parts {
  const cells = header.columns.has('quantity') ? null : headerCells(grid, header);
  return cells
    ? partsOfHead(cells, new Map([...header.columns].map(([role, at]) => [at, role])), grid.hiddenColumns)
    : NO_PARTS;
}

const FEWEST_DIMENSIONS = 2;
/** `Nb | L | l | h | Total`: nobody prices pieces by three measures without a price for one. */
const DIMENSIONS_OF_A_SUM = 3;

/** What stands beside a total: `L | l | h`, `Bât. A | Bât. B`, `Nb`. */
interface MeasuresOfHead {
  readonly measures: readonly number[];
  readonly parts: readonly number[];
  readonly count: number | undefined;
}

/**
 * The column of a total that is no money: what the measures of a detailed bill add up to. Undefined where another
 * column is the quantity, or where it cannot be told from a price.
 */
function addedUp(
  row: GridRow,
  roles: ReadonlyMap<number, ColumnRole>,
  { measures, parts, count }: MeasuresOfHead,
): number | undefined {
  const named = [...roles];
  if (named.some(([at, role]) => role === 'quantity' && !parts.includes(at))) return undefined;
  const [total, ...others] = named.flatMap(([index, role]) => (role === 'total' ? [index] : []));
  if (total === undefined || namesMoney(cellText(row.cells[total]))) return undefined;
  const price = named.find(([, role]) => role === 'unitPrice')?.[0];
  const isBesideParts = parts.includes(total - 1);
  // `Bât. A | Bât. B | Total | PU | Montant` has no measures.
  if (price !== undefined) return total < price && (others.length > 0 || isBesideParts) ? total : undefined;
  if (isBesideParts) return total;
  if (measures.length < FEWEST_DIMENSIONS) return undefined;
  const hasParts = measures.some((index) => isPart(cellText(row.cells[index])));
  const isSum = count === undefined || (count < measures[0]! && measures.length >= DIMENSIONS_OF_A_SUM);
  return hasParts || isSum ? total : undefined;
}

/** Columns that hold how a quantity was measured: `L | l | h | Partiel`. */
function measuresOf(row: GridRow): readonly number[] {
  const filled = filledColumns(row);
  return filled.filter((index, position) => {
    const text = cellText(row.cells[index]);
    if (isDimension(text)) return true;
    if (!mayBeThickness(text)) return false;
    const roleAt = (at: number | undefined): ColumnRole | null =>
      at === undefined ? null : roleOfHeader(cellText(row.cells[at]));
    const isPriced = filled.some((at) => at !== index && roleAt(at) === 'unitPrice');
    const [before, after] = [filled[position - 1], filled[position + 1]];
    const isBesideMeasure = [before, after].some(
      (at) => at !== undefined && isDimension(cellText(row.cells[at])),
    );
    return isPriced || (isBesideMeasure && roleAt(after) !== 'total');
  });
}

/** Whether rows below a line show how its quantity was measured: pieces of two measures are none of them. */
export function isDetailedHeader(row: GridRow, { columns }: FoundHeader): boolean {
  const quantity = columns.get('quantity');
  const ofPieces = quantity !== undefined && isCount(cellText(row.cells[quantity]));
  return measuresOf(row).length >= FEWEST_DIMENSIONS && !ofPieces;
}

/** @param isSecondNumber the catalogue is the second of two columns of numbers */
function complete(columns: Map<ColumnRole, number>, isSecondNumber: boolean): Columns | null {
  const catalogue = columns.get('catalogue');
  if (!columns.has('ref') && catalogue !== undefined) {
    columns.set('ref', catalogue);
    columns.delete('catalogue');
  }
  // `Post | Artikel | Eenheid`: one number is enough, the other column is what it is about.
  if (!columns.has('label') && columns.has('ref') && catalogue !== undefined && isSecondNumber) {
    columns.set('label', catalogue);
    columns.delete('catalogue');
  }
  // `Article | Unité | Quantité`: the words of an article are its description when there is no other.
  const ref = columns.get('ref');
  if (!columns.has('label') && ref !== undefined && !columns.has('catalogue')) {
    columns.set('label', ref);
    columns.delete('ref');
  }
  // `Local | Surface (m²) | Prix/an`: nothing but where it is says what is asked.
  const zone = columns.get('zone');
  if (!columns.has('label') && zone !== undefined && columns.has('quantity')) {
    columns.set('label', zone);
    columns.delete('zone');
  }
  const priced = columns.has('quantity') || columns.has('unit') || columns.has('unitPrice');
  const lumpSums = columns.has('total') && columns.has('ref');
  return columns.has('label') && (priced || lumpSums) && columns.size >= FEWEST_ROLES ? columns : null;
}

/** Rows of texts under a header that only go on with it: `MOE | Entreprise`, `(€)`. */
function isSecondHeaderRow(row: GridRow | undefined, columns: Columns): row is GridRow {
  if (!row) return false;
  const filled = filledColumns(row);
  const words = filled.every((index) => {
    const cell = row.cells[index];
    return typeof cell === 'string' && cell.length <= LONGEST_SECOND && !/^\d/.test(cell);
  });
  const named = [columns.get('ref'), columns.get('label')].some(
    (index) => index !== undefined && filled.includes(index),
  );
  return filled.length > 0 && words && !named;
}

/** Heads that are broken into two rows, `Désignation des | Prix | Prix` above `ouvrages | unitaire | total`, name more together. */
function goesOnBelow(row: GridRow, below: GridRow | undefined): boolean {
  const filled = below ? filledColumns(below) : [];
  return (
    filled.length >= FEWEST_ROLES &&
    filled.every((at) => isWords(below!.cells[at]) && !isBlank(row.cells[at]))
  );
}

function isWords(cell: GridCell | undefined): boolean {
  return typeof cell === 'string' && cell.length <= LONGEST_SECOND && !/\d/.test(cell);
}

/** Header cells may stand on two rows (`Quantité` above `MOE | Entreprise`): both as one row. */
function joined(upper: GridRow, lower: GridRow): GridRow {
  const width = Math.max(upper.cells.length, lower.cells.length);
  let carried = '';
  const cells = Array.from({ length: width }, (_, index) => {
    const top = cellText(upper.cells[index]);
    const bottom = cellText(lower.cells[index]);
    carried = top === '' ? (bottom === '' ? '' : carried) : top;
    if (bottom === '') return top;
    if (isDimension(bottom)) return bottom;
    if (roleOfHeader(bottom) === 'total' && roleOfHeader(carried) === 'quantity')
      return `${carried} ${bottom}`;
    return roleOfHeader(bottom) === null ? `${carried} ${bottom}`.trim() : bottom;
  });
  return { row: upper.row, cells, hidden: upper.hidden };
}

/** Columns of more words on each line: `Kurztext | Langtext`, `Désignation | Description`. */
export function furtherWordsAt(grid: Grid, header: FoundHeader): readonly number[] {
  const taken = new Set(header.columns.values());
  const cells = headerCells(grid, header)?.cells ?? [];
  return [...cells.keys()].filter(
    (index) =>
      !taken.has(index) &&
      !grid.hiddenColumns.has(index) &&
      roleOfHeader(cellText(cells[index])) === 'label' &&
      !mayBeKindOfWork(cellText(cells[index])) &&
      !namesLot(cellText(cells[index])),
  );
}

/** Position of `Désignation du lot`, beside the words of the lines; -1 where there is none. */
export function lotTitleAt(grid: Grid, header: FoundHeader): number {
  const taken = new Set(header.columns.values());
  const cells = (headerCells(grid, header)?.cells ?? []).map(cellText);
  return cells.findIndex((text, at) => !taken.has(at) && roleOfHeader(text) === 'label' && namesLot(text));
}

/** A header on one row or two that begins at a position of the sheet; null when none begins there. */
export function headerAt(grid: Grid, index: number): FoundHeader | null {
  const [row, next] = [grid.rows[index], grid.rows[index + 1]];
  if (!row) return null;
  const below = next?.row === row.row + 1 ? next : undefined;
  const told = (below && rememberedAt(grid, joined(row, below))) ?? null;
  if (told) return { columns: told, index, height: 2 };
  const one = rememberedAt(grid, row);
  if (one) return { columns: one, index, height: 1 };
  const columns = headerOf(row, grid.hiddenColumns);
  if (columns) {
    const isSecond = isSecondHeaderRow(below, columns);
    const both = isSecond || goesOnBelow(row, below);
    const double = both && below ? headerOf(joined(row, below), grid.hiddenColumns) : null;
    const fewest = columns.size + (isSecond ? 0 : 1);
    return double && double.size >= fewest
      ? { columns: double, index, height: 2 }
      : { columns, index, height: 1 };
  }
  if (!below || !(headsParts(row, below) || mayGoOn(row, below, grid))) return null;
  if (filledColumns(below).some((at) => typeof below.cells[at] === 'number')) return null;
  const double = headerOf(joined(row, below), grid.hiddenColumns);
  return double ? { columns: double, index, height: 2 } : null;
}

/** Two rows that are a header only together. */
function mayGoOn(row: GridRow, below: GridRow, grid: Grid): boolean {
  return filledColumns(row).length > 1 && headerOf(below, grid.hiddenColumns) === null;
}

/** `Quantités` alone in its row, above `RDC | R+1 | Total`. */
function headsParts(row: GridRow, below: GridRow): boolean {
  const [first, ...more] = filledColumns(row);
  if (first === undefined || more.length > 0 || roleOfHeader(cellText(row.cells[first])) !== 'quantity')
    return false;
  return partsAmong(below.cells.map((cell, at) => (at < first ? '' : cellText(cell)))).all.length > 0;
}

/** The columns a person has told for a header of these words. */
export function rememberedAt(grid: Grid, row: GridRow): Columns | null {
  if (!grid.remembered || grid.remembered.size === 0 || filledColumns(row).length < 2) return null;
  return grid.remembered.get(fingerprintOf(row)) ?? null;
}

/** The cells of a header as one row, on however many rows they stand. */
export function headerCells(grid: Grid, { index, height }: FoundHeader): GridRow | null {
  const [row, below] = [grid.rows[index], grid.rows[index + 1]];
  if (!row || height === 0) return null;
  return height === 2 && below ? joined(row, below) : row;
}

/** The same words above the same columns give the same fingerprint, whatever their accents and case. */
export function fingerprintOf(row: GridRow): string {
  const words = row.cells.map((cell) => fold(cellText(cell))).join('|');
  return createHash('sha256').update(words.replace(/\|+$/, '')).digest('hex').slice(0, 32);
}

/** Roles to column letters, for people. */
export function columnLetters(columns: Columns): Readonly<Record<string, string>> {
  return Object.fromEntries([...columns].map(([role, index]) => [role, columnLetter(index)]));
}

export interface FoundHeader {
  readonly columns: Columns;
  /** Position in `grid.rows`. */
  readonly index: number;
  /** Rows the header takes. */
  readonly height: number;
  /** The columns it names, where others were told by their content. */
  readonly named?: Columns;
}

/** `Description | Prix` and no more: a table only where a document has no other. */
export function findShortHeader(grid: Grid): FoundHeader | null {
  for (const [index, row] of grid.rows.entries()) {
    const [words, price, ...more] = filledColumns(row);
    if (words === undefined || price === undefined || more.length > 0) continue;
    const head = cellText(row.cells[price]);
    const isPriced = isPlainPrice(head) || roleOfHeader(head) === 'total';
    if (!isPriced || roleOfHeader(cellText(row.cells[words])) !== 'label') continue;
    const columns = new Map<ColumnRole, number>([
      ['label', words],
      ['total', price],
    ]);
    return { columns, index, height: 1 };
  }
  return null;
}

/** The first header of a sheet; null when it has no table of a bill. */
export function findHeader(grid: Grid): FoundHeader | null {
  for (const index of grid.rows.keys()) {
    const found = headerAt(grid, index);
    if (found) return found;
  }
  return null;
}
