import type { Decimal, Money, Problem } from '../../../kernel/index.js';
import type { ColumnRole } from './header-words.js';
import { addDecimals, compareDecimals, multiplyDecimals } from '../../../kernel/index.js';
import {
  blankLine,
  otherTotal,
  type BillLine,
  type LineKind,
  type QuantityNature,
} from '../../domain/index.js';
import { cellPlace, cellText, isBlank, type GridCell } from './grid.js';
import { readNumber, type ReadNumber } from './numbers.js';
import type { BillRow } from './row-reader.js';
import type { ReadTable, TableLine } from './table.js';
import { normalUnit } from './units.js';
import { isPaidElsewhere, kindOfWords, natureOf, unitAndNature } from './words.js';

/**
 * Reads the numbers of the lines of one table.
 * @param asked takes the lines of the numbers that read two ways
 */
export function linesOf(
  table: ReadTable,
  currency: string,
  problems: Problem[],
  asked: Map<Problem, BillLine>,
  language: string | null,
): readonly LotLine[] {
  const lines = table.lines.map((found) => {
    const before = problems.length;
    const line = readLine(table, found, currency, problems, language);
    for (const problem of problems.slice(before))
      if (problem.code.endsWith('.ambiguous')) asked.set(problem, line);
    return { lotRef: found.lotRef, line };
  });
  tellPricesPerMonth(table, lines, problems);
  return lines;
}

const PERCENT = '%';

export interface LotLine {
  readonly lotRef: string | null;
  readonly line: BillLine;
}

function readLine(
  table: ReadTable,
  found: TableLine,
  currency: string,
  problems: Problem[],
  language: string | null,
): BillLine {
  const { row } = found;
  const quantity = numberIn(table, found, 'quantity', asPrinted(row));
  const isLumpWord = typeof row.quantity === 'string' && isLumpSum(row.quantity);
  const beside = unitAndNature(row.unit === '' && isLumpWord ? cellText(row.quantity) : row.unit);
  const glued = unitAndNature('rest' in quantity ? unitIn(quantity.rest || printedUnit(row)) : '');
  const ofHead = quantity.kind === 'none' ? '' : (found.headUnit ?? '');
  const unit = [beside.unit, glued.unit, ofHead].find((one) => one !== '') ?? '';
  const instead = natureOf(cellText(row.quantity));
  const isElsewhere = [row.unit, row.quantity, row.unitPrice, row.total].some(isWordElsewhere);
  const nature = isElsewhere
    ? 'PM'
    : (row.nature ??
      beside.nature ??
      glued.nature ??
      instead ??
      natureOfUnit(unit) ??
      natureOfColumn(table, row.otherQuantity));
  const kind = kindOf(found, nature, table.kind);
  const notPriced = nature === 'PM';
  const isWord = instead !== null || isLumpWord || isWordElsewhere(row.quantity);
  const stated = decimalIn(quantity, table, found, 'quantity', isWord, problems);
  const isLeftOpen = quantity.kind === 'none' && !notPriced && nature !== 'SR';
  const value = stated ?? (isLeftOpen ? sumOfMeasures(table, found) : null);
  const isPriced = isPriceOf(unit, table);
  const unitPrice = isPriced ? priceIn(table, found, 'unitPrice', row.unitPrice, currency, problems) : null;
  const total = priceIn(table, found, 'total', row.total, currency, isOrdered(kind) ? problems : null);
  if (
    value === null &&
    quantity.kind === 'none' &&
    table.columns['quantity'] !== undefined &&
    !notPriced &&
    nature !== 'SR' &&
    unit !== '' &&
    !isLumpSum(unit)
  ) {
    problems.push(problemAt(table, found, 'quantity', 'bill.quantity.missing', 'warning', null, '12,5'));
  }
  const line = blankLine({
    ref: found.ref,
    label: found.label,
    unit: unit === '' ? null : unit,
    unitNorm: normalUnit(unit === '' ? null : unit, language),
    quantity: value,
    nature,
    kind,
    variant: !isOrdered(kind),
    unitPrice,
    // A formula over an empty price shows 0: nobody offered the work for nothing.
    total: unitPrice === null && total !== null && isZero(total.amount) ? null : total,
    description: found.description.length === 0 ? null : found.description.join('\n'),
    section: found.section,
    catalogueCode: row.catalogue === '' ? found.wholeRef : row.catalogue,
    zone: row.zone === '' ? null : row.zone,
    place: found.place,
  });
  checkTotal(line, table, found, problems);
  checkMeasures(line, table, found, problems);
  return line;
}

/** The price of a month is none of a square metre. */
function isPriceOf(unit: string, { isPricedPerMonth, columns }: ReadTable): boolean {
  if (!isPricedPerMonth || normalUnit(unit) === 'month') return true;
  return unit === '' && columns['total'] === undefined;
}

/** Told once; where a total stands beside them, that says what the work costs. */
function tellPricesPerMonth(table: ReadTable, lines: readonly LotLine[], problems: Problem[]): void {
  if (table.columns['total'] !== undefined) return;
  const left = table.lines.find(
    ({ row }, index) => !isBlank(row.unitPrice) && !isPriceOf(lines[index]?.line.unit ?? '', table),
  );
  if (!left) return;
  const found = cellText(left.row.unitPrice).slice(0, 200);
  problems.push(problemAt(table, left, 'unitPrice', 'bill.prices.monthly', 'warning', found, null));
}

/** A format may print a currency, or words: only a unit is one. */
function printedUnit({ printedUnit: printed }: BillRow): string {
  return printed === PERCENT || normalUnit(printed) !== null ? printed : '';
}

/** `8 %` is stored as 0.08: that is the quantity of a lump sum of which it is a part, but 8 where per cents are counted. */
function asPrinted({ quantity, printedUnit: printed, unit }: BillRow): GridCell {
  const isPercent = printed === PERCENT && (unit === '' || unit === PERCENT);
  return isPercent && typeof quantity === 'number' ? quantity * 100 : quantity;
}

/** The unit that is glued to a quantity, without what is said besides: `m²` of `12 m² sur 2 étages`. */
function unitIn(rest: string): string {
  const [first = ''] = rest.split(/[\s(]/);
  return normalUnit(rest) === null && (normalUnit(first) !== null || first === '') ? first : rest;
}

/** What is asked besides often has words where its amount would stand: `nur EP`, `non comptée`. */
function isOrdered(kind: LineKind): boolean {
  return kind !== 'option' && kind !== 'variant';
}

function isLumpSum(unit: string): boolean {
  return normalUnit(unit) === 'ls';
}

function isZero(amount: Decimal): boolean {
  return compareDecimals(amount, '0') === 0;
}

function isWordElsewhere(cell: GridCell): boolean {
  return typeof cell === 'string' && isPaidElsewhere(cell);
}

function natureOfUnit(unit: string): QuantityNature | null {
  const norm = normalUnit(unit === '' ? null : unit);
  return norm === 'SR' || norm === 'PM' ? norm : null;
}

/** Presumed and fixed quantities may stand in a column each. */
function natureOfColumn(table: ReadTable, other: boolean): QuantityNature | null {
  const natures = table.quantityNatures;
  return other ? natures.other : natures.own;
}

function kindOf(found: TableLine, nature: QuantityNature | null, ofTable: LineKind): LineKind {
  const own = [found.label, found.ref].map(kindOfWords).find((kind) => kind !== 'base');
  if (own) return own;
  if (nature === 'SR') return 'provisional';
  if (found.row.isOption) return 'option';
  const byNature = kindOfWords(found.row.natureText);
  return [byNature, found.kindAbove].find((kind) => kind !== 'base') ?? ofTable;
}

function numberIn(table: ReadTable, found: TableLine, role: ColumnRole, cell: GridCell): ReadNumber {
  return readNumber(cell, table.marks.get(role) ?? null);
}

/** @param word the cell holds a word such as PM where a number would stand */
function decimalIn(
  read: ReadNumber,
  table: ReadTable,
  found: TableLine,
  role: ColumnRole,
  word: boolean,
  problems: Problem[] | null,
): Decimal | null {
  if (read.kind === 'number') return read.value;
  if (read.kind === 'none' || word) return null;
  const name = role === 'quantity' ? 'quantity' : 'price';
  const expected = read.kind === 'ambiguous' ? read.readings.join(' | ') : '1250,50';
  problems?.push(
    problemAt(
      table,
      found,
      role,
      `bill.${name}.${read.kind}`,
      read.kind === 'ambiguous' ? 'warning' : 'error',
      read.found,
      expected,
    ),
  );
  return null;
}

function priceIn(
  table: ReadTable,
  found: TableLine,
  role: 'unitPrice' | 'total',
  cell: GridCell,
  currency: string,
  problems: Problem[] | null,
): Money | null {
  const isWord = isWordElsewhere(cell);
  const read = numberIn(table, found, role, cell);
  const amount = isNotCounted(read, problems)
    ? read.readings[0]
    : decimalIn(read, table, found, role, isWord, problems);
  return amount === null ? null : { amount, currency };
}

/** `(200)` of an option: it is not in the sum. */
function isNotCounted(
  read: ReadNumber,
  problems: Problem[] | null,
): read is ReadNumber & { kind: 'ambiguous' } {
  return problems === null && read.kind === 'ambiguous' && read.found.trim().startsWith('(');
}

function problemAt(
  table: ReadTable,
  found: TableLine,
  role: ColumnRole,
  code: string,
  severity: Problem['severity'],
  text: string | null,
  expected: string | null,
): Problem {
  const letter = table.columns[role];
  const place = cellPlace(table.grid.sheet, found.row.row.row);
  return {
    code,
    severity,
    place: letter === undefined || !('sheet' in place) ? place : { ...place, column: letter },
    found: text,
    expected,
    params: { ref: found.ref, role },
  };
}

/** Null where nothing was measured, or a part was not read. */
function sumOfMeasures(table: ReadTable, found: TableLine): Decimal | null {
  const parts = found.measures
    .map((cell) => numberIn(table, found, 'quantity', cell))
    .filter(({ kind }) => kind !== 'none');
  const read = parts.flatMap((part) => (part.kind === 'number' ? [part.value] : []));
  return read.length === 0 || read.length < parts.length ? null : read.reduce(addDecimals);
}

/** What was measured room by room adds up to the quantity, or somebody forgot a room; a part not read gives no verdict. */
function checkMeasures(line: BillLine, table: ReadTable, found: TableLine, problems: Problem[]): void {
  const added = sumOfMeasures(table, found);
  if (added === null || line.quantity === null || compareDecimals(added, line.quantity) === 0) return;
  problems.push(problemAt(table, found, 'quantity', 'bill.measures.differ', 'warning', line.quantity, added));
}

/** `1200 m² | 18 a year | 0,05 | 1080`: the amount is that of all times. */
function isRepeated(line: BillLine, { repetitionAt }: ReadTable, { row }: TableLine): boolean {
  const times = repetitionAt === null ? null : readNumber(row.row.cells[repetitionAt], ',');
  if (times?.kind !== 'number' || line.quantity === null) return false;
  // The price may be that of one time.
  return [multiplyDecimals(line.quantity, times.value), times.value].some(
    (quantity) => otherTotal({ ...line, quantity }) === null,
  );
}

function checkTotal(line: BillLine, table: ReadTable, found: TableLine, problems: Problem[]): void {
  const expected = otherTotal(line);
  if (expected === null || isRepeated(line, table, found)) return;
  const stated = line.total?.amount ?? null;
  problems.push(problemAt(table, found, 'total', 'bill.total.differs', 'warning', stated, expected));
}
