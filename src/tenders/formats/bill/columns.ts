import { cellText, columnLetter, filledColumns, type Grid, type GridRow } from './grid.js';
import { roleOfHeader, type ColumnRole } from './words.js';

/** Which column plays which role, by position from 0. */
export type Columns = ReadonlyMap<ColumnRole, number>;

const FEWEST_ROLES = 3;

/**
 * Reads a row as the header of a bill: it must name a description, and a quantity, unit or price.
 * @returns null when the row is no header
 */
export function headerOf(row: GridRow, hidden: ReadonlySet<number>): Columns | null {
  const filled = filledColumns(row);
  if (filled.length < 2 || filled.some((index) => typeof row.cells[index] === 'number')) return null;
  const columns = new Map<ColumnRole, number>();
  for (const index of filled) {
    if (hidden.has(index)) continue;
    const role = roleOfHeader(cellText(row.cells[index]));
    if (role === null) continue;
    if (!columns.has(role)) columns.set(role, index);
    else if (role === 'ref' && !columns.has('catalogue')) columns.set('catalogue', index);
  }
  return complete(columns);
}

function complete(columns: Map<ColumnRole, number>): Columns | null {
  const catalogue = columns.get('catalogue');
  if (!columns.has('ref') && catalogue !== undefined) {
    columns.set('ref', catalogue);
    columns.delete('catalogue');
  }
  // `Article | Unité | Quantité`: the words of an article are its description when there is no other.
  const ref = columns.get('ref');
  if (!columns.has('label') && ref !== undefined && !columns.has('catalogue')) {
    columns.set('label', ref);
    columns.delete('ref');
  }
  const priced = columns.has('quantity') || columns.has('unit') || columns.has('unitPrice');
  const lumpSums = columns.has('total') && columns.has('ref');
  return columns.has('label') && (priced || lumpSums) && columns.size >= FEWEST_ROLES ? columns : null;
}

/** Header cells may stand on two rows (`Quantité` above `MOE | Entreprise`): reads both as one. */
export function twoRowHeaderOf(
  upper: GridRow,
  lower: GridRow | undefined,
  hidden: ReadonlySet<number>,
): Columns | null {
  if (!lower || lower.row !== upper.row + 1 || headerOf(lower, hidden)) return null;
  const above = filledColumns(upper);
  const below = filledColumns(lower);
  if (above.length < 2 || below.length === 0) return null;
  const width = Math.max(upper.cells.length, lower.cells.length);
  let carried = '';
  const cells = Array.from({ length: width }, (_, index) => {
    const top = cellText(upper.cells[index]);
    const bottom = cellText(lower.cells[index]);
    carried = top === '' ? (bottom === '' ? '' : carried) : top;
    return bottom === '' ? top : `${carried} ${bottom}`.trim();
  });
  if (below.some((index) => typeof lower.cells[index] === 'number')) return null;
  return headerOf({ row: upper.row, cells, hidden: upper.hidden }, hidden);
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
}

/** The first header of a sheet; null when it has no table of a bill. */
export function findHeader(grid: Grid): FoundHeader | null {
  for (const [index, row] of grid.rows.entries()) {
    const columns = headerOf(row, grid.hiddenColumns);
    if (columns) return { columns, index, height: 1 };
    const double = twoRowHeaderOf(row, grid.rows[index + 1], grid.hiddenColumns);
    if (double) return { columns: double, index, height: 2 };
  }
  return null;
}
