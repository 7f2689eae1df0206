import { cellText, isBlank, type GridCell, type GridRow } from './grid.js';
import type { ColumnRole } from './header-words.js';
import { oneLine } from './fold.js';
import type { Columns } from './columns.js';
import { natureOf, saysOption } from './words.js';
import type { QuantityNature } from '../../domain/index.js';

/** One row seen through the roles of its columns. */
export interface BillRow {
  readonly row: GridRow;
  readonly ref: string;
  readonly label: string;
  /** Position of the label's column. */
  readonly labelAt: number;
  readonly lot: string;
  readonly unit: string;
  readonly zone: string;
  readonly catalogue: string;
  readonly nature: QuantityNature | null;
  readonly natureText: string;
  /** A column of its own says so of the row. */
  readonly isOption: boolean;
  readonly quantity: GridCell;
  /** The unit that the format of the quantity prints behind it; else nothing. */
  readonly printedUnit: string;
  /** The quantity stands in the second of two columns. */
  readonly otherQuantity: boolean;
  readonly unitPrice: GridCell;
  readonly total: GridCell;
  /** All there is in the row, when that is one text. */
  readonly only: string | null;
  readonly blank: boolean;
}

export function readRow(row: GridRow, columns: Columns, hidden: ReadonlySet<number>): BillRow {
  const cell = (role: ColumnRole): GridCell => {
    const at = columns.get(role);
    return at === undefined ? null : (row.cells[at] ?? null);
  };
  const text = (role: ColumnRole): string => oneLine(cellText(cell(role)));
  const filled = row.cells.flatMap((value, index) => (isBlank(value) || hidden.has(index) ? [] : [index]));
  const { label, labelAt } = labelOf(row, columns);
  const natureText = text('nature');
  const own = cell('quantity');
  const other = cell('otherQuantity');
  const quantityAt = columns.get(isBlank(own) ? 'otherQuantity' : 'quantity') ?? -1;
  const only =
    filled.length === 1 && typeof row.cells[filled[0] ?? 0] === 'string'
      ? oneLine(cellText(row.cells[filled[0] ?? 0]))
      : null;
  return {
    row,
    ref: text('ref'),
    label,
    labelAt,
    lot: text('lot'),
    unit: text('unit').replace(/^[-–—.]+$/, ''),
    zone: text('zone'),
    catalogue: text('catalogue'),
    nature: natureOf(natureText),
    natureText,
    isOption: saysOption(text('option')),
    quantity: isBlank(own) ? other : own,
    printedUnit: row.printed?.get(quantityAt) ?? '',
    otherQuantity: isBlank(own) && !isBlank(other),
    unitPrice: cell('unitPrice'),
    total: cell('total'),
    only,
    blank: filled.length === 0,
  };
}

/** A merged header covers several columns and labels are indented below it: the first filled one counts. */
function labelOf(row: GridRow, columns: Columns): { label: string; labelAt: number } {
  const at = columns.get('label') ?? 0;
  const taken = new Set(columns.values());
  for (let index = at; index === at || (index < row.cells.length && !taken.has(index)); index += 1) {
    const text = oneLine(cellText(row.cells[index]));
    if (text !== '') return { label: text, labelAt: at };
  }
  return { label: '', labelAt: at };
}
