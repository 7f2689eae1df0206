import type { FirstRows } from '../../domain/index.js';
import { fingerprintOf } from './columns.js';
import { cellText, filledColumns, type Grid, type GridRow } from './grid.js';

const MOST_SHEETS = 5;
const MOST_ROWS = 20;
const MOST_COLUMNS = 26;
const LONGEST_CELL = 60;

/** How the visible sheets begin that could hold a table: a person says which of their rows is the header. */
export function firstRowsOf(grids: readonly Grid[]): FirstRows[] {
  return grids
    .filter(({ hidden }) => !hidden)
    .map(({ sheet, rows }) => ({
      sheet,
      rows: rows
        .filter((row) => !row.hidden && filledColumns(row).length > 0)
        .slice(0, MOST_ROWS)
        .map(shown),
    }))
    .filter(({ rows }) => rows.some(({ fingerprint }) => fingerprint !== null))
    .slice(0, MOST_SHEETS);
}

/** Headers name two columns or more, in words. */
function shown(row: GridRow): FirstRows['rows'][number] {
  const filled = filledColumns(row);
  const isWords = filled.length > 1 && filled.every((index) => typeof row.cells[index] === 'string');
  return {
    row: row.row,
    cells: row.cells.slice(0, MOST_COLUMNS).map((cell) => cellText(cell).slice(0, LONGEST_CELL)),
    fingerprint: isWords ? fingerprintOf(row) : null,
  };
}
