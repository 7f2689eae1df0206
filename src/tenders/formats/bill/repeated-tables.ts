import type { Problem } from '../../../kernel/index.js';
import type { ReadTable, TableLine } from './table.js';
import { fold } from './fold.js';
import { cellText, isBlank } from './grid.js';
import { languageOf } from './language.js';
import { haveOwnTitles } from './same-articles.js';
import { normalUnit } from './units.js';
import { isNameOfBidder } from './words.js';

const FEWEST_LINES = 5;
const MOST = 0.8;

/**
 * A workbook often holds the same bill twice, in detail and as a summary. Tables whose lines have the numbers and
 * quantities of another, or say them in another language, are left out and told; the one with more said about its lines
 * stays.
 */
export function withoutRepeatedTables(
  tables: readonly ReadTable[],
  problems: Problem[],
): readonly ReadTable[] {
  if (tables.length < 2) return tables;
  return withoutTables(
    tables.flatMap((table) => withoutCountedRates(table, tables, problems)),
    problems,
  );
}

function withoutTables(tables: readonly ReadTable[], problems: Problem[]): readonly ReadTable[] {
  const dropped = new Set<ReadTable>();
  const known = new Map(tables.map((table) => [table, keysOf(table)]));
  for (const [index, table] of tables.entries()) {
    for (const other of tables.slice(index + 1)) {
      if (dropped.has(table) || dropped.has(other)) continue;
      if (!repeats(table, other, known) && !translates(table, other)) continue;
      const lesser = isLesser(table, other) ? table : other;
      dropped.add(lesser);
      problems.push(repeated(lesser, lesser === table ? other : table));
    }
  }
  return tables.filter((table) => !dropped.has(table));
}

/** A schedule of rates says what a piece of each work costs: a work that another table counts is there once. */
function withoutCountedRates(
  table: ReadTable,
  tables: readonly ReadTable[],
  problems: Problem[],
): readonly ReadTable[] {
  if (countsWorks(table)) return [table];
  const rates = new Set(table.lines.map(nameOf));
  for (const other of tables.filter(countsWorks)) {
    const counted = new Set(other.lines.map(nameOf));
    const both = [...rates].filter((name) => counted.has(name)).length;
    if (both < FEWEST_LINES || both < Math.min(rates.size, counted.size) * MOST) continue;
    const isLeft = (line: TableLine): boolean => !counted.has(nameOf(line));
    const lines = table.lines.filter(isLeft);
    problems.push({
      code: 'bill.rates.counted',
      severity: 'info',
      place: { sheet: table.grid.sheet, row: table.headerRow },
      found: null,
      expected: null,
      params: { other: other.grid.sheet },
    });
    return lines.length === 0 ? [] : [{ ...table, lines, hiddenLines: table.hiddenLines.filter(isLeft) }];
  }
  return [table];
}

function countsWorks({ columns, parts }: ReadTable): boolean {
  return columns['quantity'] !== undefined || parts.all.length > 0;
}

function nameOf({ ref, label, lotRef }: TableLine): string {
  return [lotRef, ref, fold(label)].join('|');
}

function repeated({ grid, headerRow }: ReadTable, { grid: other }: ReadTable): Problem {
  const told = { severity: 'warning', place: { sheet: grid.sheet, row: headerRow }, expected: null } as const;
  return grid.table === undefined || other.table === undefined
    ? {
        ...told,
        code: 'bill.sheet.repeated',
        found: grid.sheet,
        params: { sheet: grid.sheet, other: other.sheet },
      }
    : {
        ...told,
        code: 'bill.table.repeated',
        found: null,
        params: { table: String(grid.table), other: String(other.table) },
      };
}

/** The offer of somebody repeats the bill with his prices: it is not the one that counts. */
function isLesser(table: ReadTable, other: ReadTable): boolean {
  const [one, two] = [isOffer(table, other), isOffer(other, table)];
  return one === two ? saidIn(other) > saidIn(table) : one;
}

/** A name of a bidder stands above, and prices that the other table does not have: the form of an offer has neither. */
function isOffer(table: ReadTable, other: ReadTable): boolean {
  const { grid, headerRow } = table;
  const above = grid.rows
    .filter(({ row }) => row < headerRow)
    .map(({ cells }) =>
      cells
        .filter((cell) => !isBlank(cell))
        .map(cellText)
        .join(' '),
    );
  if (![grid.sheet, ...above].some(isNameOfBidder)) return false;
  const known = new Set(other.lines.map(pricesOf));
  return table.lines.some((line) => isPriced(line) && !known.has(pricesOf(line)));
}

function isPriced({ row }: TableLine): boolean {
  return !isBlank(row.unitPrice) || !isBlank(row.total);
}

function pricesOf({ ref, row }: TableLine): string {
  return [ref, row.unitPrice, row.total].map((cell) => cellText(cell)).join('|');
}

interface Keys {
  readonly byLot: ReadonlySet<string>;
  readonly byLabel: ReadonlySet<string>;
}

/** One of two sheets may name the lot where the other does not: then the words must be the same, too. */
function keysOf({ lines }: ReadTable): Keys {
  const named = lines.filter(({ ref }) => ref !== '');
  const key = ({ ref, row }: TableLine, more: string | null): string =>
    [more, ref, cellText(row.quantity)].join('|');
  return {
    byLot: new Set(named.map((line) => key(line, line.lotRef))),
    byLabel: new Set(named.map((line) => key(line, fold(line.label)))),
  };
}

function namesLots(table: ReadTable): boolean {
  return table.lines.some((line) => line.lotRef !== null);
}

function repeats(table: ReadTable, other: ReadTable, known: ReadonlyMap<ReadTable, Keys>): boolean {
  if (table.grid === other.grid) return false;
  const by = namesLots(table) && namesLots(other) ? 'byLot' : 'byLabel';
  const [a, b] = [known.get(table)![by], known.get(other)![by]];
  const smaller = Math.min(a.size, b.size);
  if (smaller < FEWEST_LINES) return false;
  const isSame = [...a].filter((key) => b.has(key)).length >= smaller * MOST;
  return isSame && !(isBeside(table, other) && haveOwnTitles(table.grid, other.grid));
}

/** The same numbers, units and quantities, line by line, under words of another language. */
function translates({ grid, lines, headerTexts }: ReadTable, other: ReadTable): boolean {
  if (grid === other.grid || lines.length !== other.lines.length || lines.length < FEWEST_LINES) return false;
  const same = lines.filter((line, index) => measureOf(line) === measureOf(other.lines[index]!));
  if (same.length < lines.length * MOST) return false;
  const [one, two] = [
    languageOf([...headerTexts, ...lines.map(({ label }) => label)]),
    languageOf([...other.headerTexts, ...other.lines.map(({ label }) => label)]),
  ];
  return one !== null && two !== null && one !== two;
}

function measureOf({ ref, row }: TableLine): string {
  return [ref, normalUnit(row.unit) ?? fold(row.unit), fold(cellText(row.quantity))].join('|');
}

/** Rooms of a kind on one sheet have the same articles. */
function isBeside({ grid }: ReadTable, { grid: other }: ReadTable): boolean {
  return grid.sheet === other.sheet && grid.table === other.table;
}

function saidIn(table: ReadTable): number {
  return table.lines.reduce((sum, { row, label }) => {
    const filled = [row.quantity, row.unitPrice, row.total].filter((cell) => cell !== null).length;
    return sum + filled + (row.unit === '' ? 0 : 1) + (label === '' ? 0 : 1);
  }, 0);
}
