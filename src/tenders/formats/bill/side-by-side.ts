import type { Problem } from '../../../kernel/index.js';
import { findHeader, headerAt, headerCells, headerOf, rememberedAt } from './columns.js';
import { cellPlace, cellText, filledColumns, isBlank, type Grid, type GridRow } from './grid.js';
import { roleOfHeader } from './header-words.js';
import { areSameArticles, titleRowsOf } from './same-articles.js';

const FEWEST_CELLS = 3;
/** In a text file numbers are texts: no header has one, and most rows do. */
const IS_NUMBER = /^[-+]?\d[\d.,'\s]*$/;

interface Split {
  /** Position in `grid.rows` of the header on the right. */
  readonly from: number;
  /** The first row that is not of the table on the right. */
  readonly until: number;
  /** Position of its first column. */
  readonly column: number;
}

/**
 * Tables that stand beside each other on one sheet, each as a grid of its own in which the cells keep their columns. A
 * second header is one where it is complete and has numbers of articles or an empty column before it; columns that look
 * like a second table otherwise are told, and a table that has the same articles again.
 */
export function sideBySide(grid: Grid, problems: Problem[]): readonly Grid[] {
  const split = splitOf(grid, problems);
  if (!split) return [grid];
  const { from, until, column } = split;
  const titles = titleRowsOf(from);
  const isRight = (row: GridRow): boolean => filledColumns(row).every((at) => at >= column);
  const rows: [GridRow[], GridRow[]] = [[], []];
  for (const [index, row] of grid.rows.entries()) {
    const divided =
      (index >= from && index < until) ||
      (titles.includes(index) && (isRight(row) || isTitleOf(row, column)));
    rows[0].push(divided ? { ...row, cells: row.cells.slice(0, column) } : row);
    if (divided) rows[1].push({ ...row, cells: row.cells.map((cell, at) => (at < column ? null : cell)) });
  }
  const left = { ...grid, rows: rows[0] };
  const [next, ...others] = sideBySide({ ...grid, rows: rows[1] }, problems);
  if (!next || !areSameArticles(left, next)) return [left, ...(next ? [next] : []), ...others];
  problems.push(problemBeside(grid, grid.rows[from]!, column));
  return [left, ...others];
}

/** A title over the table on the right begins with it; what is said of both goes on from the left. */
function isTitleOf(row: GridRow, column: number): boolean {
  const right = filledColumns(row).filter((at) => at >= column);
  return right.length === 1 && right[0]! <= column + 1;
}

function splitOf(grid: Grid, problems: Problem[]): Split | null {
  const header = findHeader(grid);
  const cells = header && headerCells(grid, header);
  if (!header || !cells || rememberedAt(grid, cells)) return null;
  const beside = columnBeside(grid, cells, header.index);
  if (typeof beside === 'number') return splitAt(grid, header.index, header.height, beside);
  if (beside !== null) problems.push(beside);
  return lowerSplit(grid, header.index + header.height, Math.max(...header.columns.values()) + 1);
}

/** @returns where a second table of the same header row begins; what to tell when that cannot be said; else null */
function columnBeside(grid: Grid, cells: GridRow, index: number): number | Problem | null {
  const roles = cells.cells.map((cell, at) =>
    isBlank(cell) || grid.hiddenColumns.has(at) ? null : roleOfHeader(cellText(cell)),
  );
  const labels = roles.flatMap((role, at) => (role === 'label' ? [at] : []));
  for (const label of labels.slice(1)) {
    for (let at = label; at > labels[0]!; at -= 1) {
      const starts = isBlank(cells.cells[at - 1]) || roles[at] === 'ref';
      if (starts && isMeasured(grid, cells, 0, at) && isMeasured(grid, cells, at)) return at;
    }
    if (!isMeasured(grid, cells, 0, label) || !isMeasured(grid, cells, label)) continue;
    return problemBeside(grid, { ...cells, row: grid.rows[index]!.row }, label);
  }
  return null;
}

function problemBeside(grid: Grid, { row, cells }: GridRow, column: number): Problem {
  return {
    code: 'bill.columns.beside',
    severity: 'warning',
    place: cellPlace(grid.sheet, row, column),
    found: cellText(cells[column]).slice(0, 200),
    expected: null,
  };
}

/** Words and prices on the right of quantities are often about the same article: a table has quantities of its own. */
function isMeasured(grid: Grid, cells: GridRow, from: number, until = cells.cells.length): boolean {
  const part = cells.cells.map((cell, at) => (at >= from && at < until ? cell : null));
  return headerOf({ ...cells, cells: part }, grid.hiddenColumns)?.has('quantity') === true;
}

/** Null where no row is of both: then one table stands below the other. */
function splitAt(grid: Grid, from: number, height: number, column: number): Split | null {
  const until = endOf(grid, from + height, column);
  const isOfBoth = (row: GridRow): boolean => {
    const filled = filledColumns(row);
    return filled[0]! < column && filled.at(-1)! >= column;
  };
  return grid.rows.slice(from + height, until).some(isOfBoth) ? { from, until, column } : null;
}

/** The header of a table on the right may stand lower than the one on the left. */
function lowerSplit(grid: Grid, start: number, after: number): Split | null {
  for (let from = start; from < grid.rows.length; from += 1) {
    const row = grid.rows[from]!;
    const right = filledColumns(row).filter((at) => at >= after);
    const column = right[0] ?? 0;
    if (right.length >= FEWEST_CELLS && isMeasured(grid, row, column)) return splitAt(grid, from, 1, column);
  }
  return null;
}

/** Down to a header that goes on over both. */
function endOf(grid: Grid, start: number, column: number): number {
  for (let index = start; index < grid.rows.length; index += 1) {
    const row = grid.rows[index]!;
    if (!isHeaderWord(row, column)) continue;
    const left = headerOf({ ...row, cells: row.cells.slice(0, column) }, grid.hiddenColumns);
    if (!left && headerAt(grid, index)) return index;
  }
  return grid.rows.length;
}

/** Few rows have words on both sides: only these can be a header over both. */
function isHeaderWord(row: GridRow, column: number): boolean {
  const filled = filledColumns(row);
  return filled.some((at) => at < column) && filled.every((at) => !IS_NUMBER.test(cellText(row.cells[at])));
}
