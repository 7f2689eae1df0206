import { addDecimals, compareDecimals, type Decimal } from '../../../kernel/index.js';
import { isBlank, type GridCell } from './grid.js';
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
