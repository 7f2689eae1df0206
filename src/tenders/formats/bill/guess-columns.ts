import type { Columns, FoundHeader } from './columns.js';
import { cellText, filledColumns, isBlank, type Grid, type GridRow } from './grid.js';
import type { ColumnRole } from './header-words.js';
import { readNumber } from './numbers.js';
import { normalUnit } from './units.js';

export const FEWEST_ROWS = 4;
/** A column is what most of its cells are. */
export const MOST = 0.6;
export const SAMPLE_ROWS = 500;

export interface ColumnFacts {
  readonly index: number;
  readonly filled: number;
  readonly units: number;
  readonly numbers: number;
  readonly codes: number;
  readonly length: number;
}

/** Columns of a table without header words, told by their content: long texts, units, numbers, codes. */
export function guessColumns(grid: Grid): FoundHeader | null {
  const rows = grid.rows.filter((row) => filledColumns(row).length >= 3).slice(0, SAMPLE_ROWS);
  if (rows.length < FEWEST_ROWS) return null;
  const width = Math.max(...rows.map((row) => row.cells.length));
  const facts = Array.from({ length: width }, (_, index) => factsOf(rows, index)).filter(
    (fact) => fact.filled >= rows.length * MOST && !grid.hiddenColumns.has(fact.index),
  );
  const unit = facts.find((fact) => fact.units >= fact.filled * MOST);
  const label = facts.filter((fact) => fact.length > 12).toSorted((a, b) => b.length - a.length)[0];
  const [quantity] = facts
    .filter((fact) => fact.numbers >= fact.filled * MOST && fact.codes < fact.filled * MOST)
    .toSorted((a, b) => distance(a, unit) - distance(b, unit));
  if (!unit || !label || !quantity || label.index === unit.index) return null;
  const columns = new Map<ColumnRole, number>([
    ['label', label.index],
    ['unit', unit.index],
    ['quantity', quantity.index],
  ]);
  const code = facts.find((fact) => fact.index < label.index && fact.codes >= fact.filled * MOST);
  if (code) columns.set('ref', code.index);
  return withPrices(columns, facts, quantity.index, grid);
}

function withPrices(
  columns: Map<ColumnRole, number>,
  facts: readonly ColumnFacts[],
  quantity: number,
  grid: Grid,
): FoundHeader {
  const [unitPrice, total] = facts.filter(
    (fact) => fact.index > quantity && fact.numbers >= fact.filled * MOST,
  );
  if (unitPrice && total) {
    columns.set('unitPrice', unitPrice.index);
    columns.set('total', total.index);
  }
  const first = grid.rows.findIndex((row) => isBodyRow(row, columns) && isMeasured(row, columns));
  return { columns, index: Math.max(first, 0), height: 0 };
}

function isBodyRow(row: GridRow, columns: Columns): boolean {
  return [...columns.values()].filter((index) => !isBlank(row.cells[index])).length >= 2;
}

/** Words above the columns that are none we know have neither number nor unit. */
function isMeasured(row: GridRow, columns: Columns): boolean {
  const [quantity, unit] = (['quantity', 'unit'] as const).map((role) => row.cells[columns.get(role)!]);
  return readNumber(quantity, ',').kind === 'number' || normalUnit(cellText(unit)) !== null;
}

function distance(fact: ColumnFacts, unit: ColumnFacts | undefined): number {
  return unit ? Math.abs(fact.index - unit.index) : fact.index;
}

export function factsOf(rows: readonly GridRow[], index: number): ColumnFacts {
  const texts = rows.map((row) => row.cells[index]).filter((cell) => !isBlank(cell));
  const count = (test: (text: string) => boolean): number =>
    texts.filter((cell) => test(cellText(cell))).length;
  return {
    index,
    filled: texts.length,
    units: count((text) => text.length <= 8 && normalUnit(text) !== null),
    numbers: texts.filter((cell) => readNumber(cell, ',').kind === 'number').length,
    codes: count((text) => /^[0-9A-Z]{1,4}(\.[0-9A-Za-z]{1,6}){1,6}$/.test(text)),
    length: texts.reduce((sum: number, cell) => sum + cellText(cell).length, 0) / Math.max(texts.length, 1),
  };
}
