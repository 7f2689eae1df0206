import { addDecimals, compareDecimals, type Decimal } from '../../../kernel/index.js';
import type { Columns } from './columns.js';
import { cellText, filledColumns, isBlank, type GridCell, type GridRow } from './grid.js';
import { roleOfHeader, type ColumnRole } from './header-words.js';
import { readNumber } from './numbers.js';
import type { BillRow } from './row-reader.js';
import { isOfWhich } from './words.js';

/**
 * Whether a row without unit, quantity and price has the sum of the lines below it: `1 | DÉMOLITIONS | 1680` above `1.1`
 * and `1.2` is a title, and no work of its own.
 * @param below in the order of the bill, as far as they are looked at
 */
export function headsChapter(
  { ref, total }: BillRow,
  below: Iterable<BillRow>,
  isMeasured: (row: BillRow) => boolean,
): boolean {
  const sum = amountIn(total);
  const number = ref.replace(/[.)]$/, '');
  let added: Decimal = '0';
  let isFirst = true;
  for (const row of below) {
    if (row.blank) continue;
    // `2 | Dépose | 1800` above `2.1 | dont évacuation | 300` is a work.
    if (isFirst && isOfWhich(row.label)) return false;
    if (isFirst && number !== '' && row.ref !== ref && isBelow(row.ref, number)) return true;
    isFirst = false;
    if (isMeasured(row)) added = addDecimals(added, amountIn(row.total) ?? '0');
    else if (!isBlank(row.total)) break;
  }
  return sum !== null && compareDecimals(added, '0') > 0 && compareDecimals(added, sum) === 0;
}

/** `2.1` below `2`. */
export function isBelow(ref: string, number: string): boolean {
  return ref.startsWith(number) && /^[.\-/]/.test(ref.slice(number.length));
}

function amountIn(cell: GridCell): Decimal | null {
  const read = readNumber(cell, null);
  return read.kind === 'number' ? read.value : null;
}

const OF_RECAP: readonly ColumnRole[] = ['lot', 'ref', 'label', 'total'];

/** The columns of a summary below the lines of a bill, `Lot | Désignation | Montant`; null for a row that heads none. */
export function recapColumns(row: GridRow): Columns | null {
  const filled = filledColumns(row);
  if (filled.length < 2 || filled.some((at) => typeof row.cells[at] === 'number')) return null;
  const roles = filled.map((at) => [roleOfHeader(cellText(row.cells[at])), at] as const);
  const known = roles.filter((one): one is [ColumnRole, number] => one[0] !== null);
  const columns = new Map(known.toReversed());
  const isOfSums = columns.has('total') && [...columns.keys()].every((role) => OF_RECAP.includes(role));
  if (!isOfSums || columns.size < 2) return null;
  return columns.has('label') ? columns : new Map([...columns, ['label', filled[0]!]]);
}
