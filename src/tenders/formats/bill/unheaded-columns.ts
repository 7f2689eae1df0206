import type { Problem } from '../../../kernel/index.js';
import { headerCells, rememberedAt, type Columns, type FoundHeader } from './columns.js';
import { cellPlace, columnLetter, filledColumns, isBlank, type Grid, type GridRow } from './grid.js';
import { factsOf, FEWEST_ROWS, MOST, SAMPLE_ROWS, type ColumnFacts } from './guess-columns.js';
import type { ColumnRole } from './header-words.js';

/**
 * Columns without a word above them, where the header names the others: read where their content is plain, asked
 * about where it is not. What a person told of the header stands as it is.
 */
export function withUnheadedColumns(grid: Grid, header: FoundHeader, problems: Problem[]): FoundHeader {
  const cells = headerCells(grid, header);
  if (!cells || rememberedAt(grid, cells)) return header;
  const facts = unheaded(grid, header, cells);
  const found = new Map<ColumnRole, number>();
  const add = (role: ColumnRole, fits: readonly ColumnFacts[]): void => {
    const [only, ...more] = fits;
    if (only && more.length === 0 && !header.columns.has(role)) found.set(role, only.index);
  };
  const label = header.columns.get('label') ?? 0;
  add(
    'unit',
    facts.filter((fact) => isMostly(fact, fact.units)),
  );
  add(
    'ref',
    facts.filter((fact) => fact.index < label && isMostly(fact, fact.codes)),
  );
  const numbers = facts.filter(
    (fact) => fact.index > label && isMostly(fact, fact.numbers) && !isMostly(fact, fact.codes),
  );
  // One column of numbers is what is measured, where a unit says so; of two, a person knows which.
  if (header.columns.has('unit') || found.has('unit')) add('quantity', numbers);
  for (const [role, index] of found) problems.push(told('bill.column.guessed', grid, cells, index, role));
  if (!header.columns.has('quantity') && !found.has('quantity'))
    for (const { index } of numbers) problems.push(told('bill.column.unclear', grid, cells, index, null));
  return found.size === 0
    ? header
    : { ...header, columns: new Map([...header.columns, ...found]), named: header.columns };
}

/** Whether a header further down says what the first one said, so that its unheaded columns are the same, too. */
export function isSameHeader(again: Columns, named: Columns | undefined): boolean {
  return named?.size === again.size && [...again].every(([role, index]) => named.get(role) === index);
}

function unheaded(grid: Grid, header: FoundHeader, cells: GridRow): readonly ColumnFacts[] {
  const label = header.columns.get('label') ?? 0;
  const rows = grid.rows
    .slice(header.index + header.height)
    .filter((row) => !isBlank(row.cells[label]) && filledColumns(row).length >= 3)
    .slice(0, SAMPLE_ROWS);
  if (rows.length < FEWEST_ROWS) return [];
  const named = new Set(header.columns.values());
  return Array.from({ length: Math.max(...rows.map((row) => row.cells.length)) }, (_, index) => index)
    .filter((index) => !named.has(index) && isBlank(cells.cells[index]) && !grid.hiddenColumns.has(index))
    .map((index) => factsOf(rows, index))
    .filter(({ filled }) => filled >= rows.length * MOST);
}

function isMostly({ filled }: ColumnFacts, count: number): boolean {
  return count >= filled * MOST;
}

function told(
  code: 'bill.column.guessed' | 'bill.column.unclear',
  grid: Grid,
  { row }: GridRow,
  index: number,
  role: ColumnRole | null,
): Problem {
  return {
    code,
    severity: 'warning',
    place: cellPlace(grid.sheet, row, index),
    found: role,
    expected: null,
    params: { column: columnLetter(index) },
  };
}
