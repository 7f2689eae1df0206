import type { Problem } from '../../../kernel/index.js';
import { cellPlace, cellText, isBlank, type Grid, type GridCell } from './grid.js';
import { monthNumber } from './stated-dates.js';

/** What a spreadsheet stores of the day it took `1.2` for. */
const STORED_DAY = /^\d{4}-(\d{2})-(\d{2})T00:00$/;
/** What it prints, and writes into delimited text: `01-févr`, `1-Feb`, `01.Feb`. */
const PRINTED_DAY = /^(\d{1,2})[-. ]{1,2}(\p{L}{3,5})\.?$/u;
const TENTHS = /^(\d{1,4})\.([1-9])$/;

/** Numbers of articles as somebody typed them, by row, where the spreadsheet made something else of them. */
export interface NumbersAsTyped {
  readonly byRow: ReadonlyMap<number, string>;
  /** Rows of those it took for days. */
  readonly days: readonly number[];
}

/** @param column of the numbers */
export function numbersAsTyped(grid: Grid, column: number | undefined, from: number): NumbersAsTyped {
  const byRow = new Map<number, string>();
  const days: number[] = [];
  let above = '';
  for (const { row, cells } of column === undefined ? [] : grid.rows.slice(from)) {
    const cell = cells[column!];
    if (isBlank(cell)) continue;
    const day = ofDay(cellText(cell));
    const typed = day ?? withoutLostZero(cell, above);
    if (typed !== null) byRow.set(row, typed);
    if (day !== null) days.push(row);
    above = typed ?? cellText(cell);
  }
  return { byRow, days };
}

/** @param column of the numbers */
export function daysTakenBack(
  { byRow, days }: NumbersAsTyped,
  sheet: Grid['sheet'],
  column: number | undefined,
): readonly Problem[] {
  const [first] = days;
  if (first === undefined) return [];
  return [
    {
      code: 'bill.refs.days',
      severity: 'info',
      place: cellPlace(sheet, first, column),
      found: byRow.get(first) ?? null,
      expected: null,
      params: { count: days.length },
    },
  ];
}

/** `1.2` for the first of February. */
function ofDay(text: string): string | null {
  const [, month, day] = STORED_DAY.exec(text) ?? [];
  if (day !== undefined) return `${Number(day)}.${Number(month)}`;
  const [, printed, name = ''] = PRINTED_DAY.exec(text) ?? [];
  const named = monthNumber(name);
  return printed === undefined || named === null ? null : `${Number(printed)}.${named}`;
}

/** A number that is stored as one has no zero at its end: right below `1.9`, `1.1` is `1.10`. */
function withoutLostZero(cell: GridCell | undefined, above: string): string | null {
  const [, whole, tenth] = (typeof cell === 'number' && TENTHS.exec(cellText(cell))) || [];
  return tenth !== undefined && above === `${whole}.${Number(tenth) * 10 - 1}` ? `${whole}.${tenth}0` : null;
}
