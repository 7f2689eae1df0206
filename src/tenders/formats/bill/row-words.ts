import { cellText, isBlank, type GridCell, type GridRow } from './grid.js';
import { oneLine } from './fold.js';
import { readNumber } from './numbers.js';
import type { BillRow } from './row-reader.js';
import { isDeducted, isSumLabel, kindOfWords } from './words.js';

/** A quantity, a unit or a word such as PM: what makes a row one that is priced. */
export function hasMeasure(read: BillRow): boolean {
  return !isBlank(read.quantity) || read.unit !== '' || read.nature !== null || !isBlank(read.unitPrice);
}

/** Neither number nor unit nor price: what is not to be priced by itself. */
export function isBare(read: BillRow): boolean {
  return read.ref === '' && read.unit === '' && read.nature === null && isBlank(read.unitPrice);
}

/** What a row of sums is called: its words may stand in a column of numbers, right before the amount. */
export function wordsOfSum({ row, only, ref, label }: BillRow): string {
  if (label !== '' || only !== null) return label === '' ? only! : label;
  const beside = row.cells.map(cellText).find(isSumLabel);
  return ref === '' ? (beside ?? '') : ref;
}

export function hasNumber({ row }: BillRow): boolean {
  return row.cells.some((cell) => readNumber(cell, ',').kind === 'number');
}

export function isNameless({ label }: BillRow): boolean {
  return label === '' || isSumLabel(label);
}

/** A row of sums may repeat a unit or a price, or add up quantities beside amounts; with its own number or all it is a line. */
export function isMeasured(read: BillRow): boolean {
  const isPriced = read.unit !== '' && !isBlank(read.unitPrice);
  const isCounted = !isBlank(read.quantity) && (isPriced || isBlank(read.total));
  return hasMeasure(read) && (read.ref !== '' || isCounted);
}

/** `1 | 2 | 3 | 4` under a header: numbers of columns. */
export function isColumnNumbers(row: GridRow): boolean {
  const cells = row.cells.filter((cell) => !isBlank(cell));
  return (
    cells.length >= 4 &&
    cells.every((cell, index) => cellText(cell).replace(/[()]/g, '') === String(index + 1))
  );
}

export function wordsOf(row: GridRow): string {
  return row.cells
    .filter((cell) => !isBlank(cell))
    .map((cell) => oneLine(cellText(cell)))
    .join(' | ');
}

export function lastNumber(row: GridRow): GridCell {
  return row.cells.findLast((cell) => typeof cell === 'number') ?? null;
}

/** `Rabais 5 %` in the column of numbers, and nothing beside it. */
export function wordsInPlaceOfNumber({ ref, label }: BillRow): Pick<BillRow, 'ref' | 'label'> {
  return label === '' && /^\p{L}{3,}\s/u.test(ref) ? { ref: '', label: ref } : { ref, label };
}

/** `5 | Eventualposition: Lackieren`: nobody has to measure it. */
export function offersOption({ ref, label }: BillRow): boolean {
  return ref !== '' && /[:–-]/u.test(label) && kindOfWords(label) !== 'base';
}

const IN_BRACKETS = /^\(([^()]+)\)$/;

/** The quantity of a measure, less than nothing where its words take it off, or brackets. */
export function signed({ label, quantity }: BillRow): GridCell {
  const inside = IN_BRACKETS.exec(cellText(quantity).trim())?.[1];
  if (inside !== undefined) return `-${inside}`;
  if (!isDeducted(label) || isNegative(quantity)) return quantity;
  return typeof quantity === 'number' ? -quantity : `-${cellText(quantity)}`;
}

/** `(20)`. */
export function isInBrackets({ quantity }: BillRow): boolean {
  return IN_BRACKETS.test(cellText(quantity).trim());
}

function isNegative(cell: GridCell): boolean {
  return /^\s*[-−–]\s?\d|\d[-−–]$/u.test(cellText(cell));
}
