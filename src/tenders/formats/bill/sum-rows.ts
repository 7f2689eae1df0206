import type { Columns } from './columns.js';
import { fold } from './fold.js';
import { cellText, filledColumns, isBlank, type GridCell, type GridRow } from './grid.js';
import { roleOfHeader, type ColumnRole } from './header-words.js';
import type { BillRow } from './row-reader.js';
import { hasMeasure, isMeasured, lastNumber, wordsOfSum } from './row-words.js';
import { isRecapTitle, isSumLabel, lotHeadingOf } from './words.js';

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

/** @param named chapters and lots so far, folded */
export function namesKnown({ label }: BillRow, named: ReadonlySet<string>): boolean {
  return [label, lotHeadingOf(label)?.title ?? ''].some((text) => named.has(fold(text)));
}

/**
 * What a row of sums is called and comes to; null for another row.
 * @param inRecap it stands in a summary
 */
export function sumIn(
  read: BillRow,
  inRecap: boolean,
): { readonly label: string; readonly amount: GridCell; readonly opensRecap: boolean } | null {
  const said = wordsOfSum(read);
  const label = inRecap && /^\d{1,3}$/.test(read.lot) ? `Lot ${read.lot} : ${said}` : said;
  const opensRecap = isRecapTitle(label) && !hasMeasure(read);
  const isSum =
    opensRecap ||
    (isSumLabel(label) && (!isMeasured(read) || label !== read.label)) ||
    (lotHeadingOf(label) !== null && !isBlank(read.total) && !hasMeasure(read)) ||
    (inRecap && !isMeasured(read));
  return isSum
    ? { label, amount: isBlank(read.total) ? lastNumber(read.row) : read.total, opensRecap }
    : null;
}
