import {
  addDecimals,
  compareDecimals,
  roundDecimal,
  type Decimal,
  type Money,
  type Problem,
} from '../../../kernel/index.js';
import { blankLot, blankTender, type Lot, type ParsedTender, type TenderFormat } from '../../domain/index.js';
import { FormatRefusal } from '../format-refusal.js';
import { keyLines } from '../key-lines.js';
import { findHeader } from './columns.js';
import { readCover, type FrontRow } from './cover.js';
import { fold, oneLine } from './fold.js';
import { cellPlace, cellText, filledColumns, isBlank, type Grid } from './grid.js';
import { languageOf } from './language.js';
import { readProse } from './prose.js';
import { linesOf, type LotLine } from './lines.js';
import { readNumber } from './numbers.js';
import { readTable, type ReadTable, type TableSum } from './read-table.js';
import { isSumLabel, lotHeadingOf, type LotHeading } from './words.js';

export interface BillDocument {
  readonly format: TenderFormat;
  readonly formatVersion: string | null;
  /** Title in the properties of the file. */
  readonly propertyTitle: string | null;
  readonly grids: readonly Grid[];
  readonly problems: readonly Problem[];
  /** Where the format counts places in another way than by sheet and row. */
  readonly relocate?: (lots: readonly Lot[]) => readonly Lot[];
}

const DEFAULT_CURRENCY = 'EUR';
const EMPTY_TABLE: Omit<ReadTable, 'grid' | 'lines'> = {
  headerRow: 0,
  columns: {},
  headerTexts: [],
  lots: [],
  sums: [],
  marks: new Map([['quantity', ',']]),
  hiddenLines: [],
};

/**
 * A bill of quantities from the tables of a document: header rows found anywhere, lots from columns, titles or
 * sheets, and everything that was not read told by place.
 * @throws FormatRefusal `bill.table.none`
 */
export function readBill(document: BillDocument): ParsedTender {
  const problems: Problem[] = [...document.problems];
  const visible = document.grids.filter((grid) => !grid.hidden);
  for (const grid of document.grids.filter((one) => one.hidden)) tellHidden(grid, problems);
  const { tables: found, front, others } = readGrids(visible, problems);
  const tables = [...found, ...proseTables(visible, found)];
  if (tables.every((table) => table.lines.length === 0)) {
    throw new FormatRefusal('bill.table.none', {
      place: { sheet: visible[0]?.sheet ?? '' },
      found: visible.map((grid) => grid.sheet).join(', '),
      expected: 'Désignation | Unité | Quantité',
    });
  }
  const language = languageOf(
    tables.flatMap((table) => [...table.lines.map((line) => line.label), ...table.headerTexts]),
  );
  const cover = readCover(front, document.propertyTitle, language, problems);
  const currency = cover.currency ?? currencyOf(tables) ?? DEFAULT_CURRENCY;
  const lines = tables.flatMap((table) => linesOf(table, currency, problems));
  const titles = lotTitles(tables, others);
  const sums = [...tables.flatMap((table) => table.sums), ...otherSums(others)];
  const priced = lines.some(({ line }) => line.unitPrice !== null || line.total !== null);
  const lots = lotsOf(lines, titles, cover.title).map((lot) => ({
    ...lot,
    place: cover.place,
    value: priced ? lotValue(lot, sums, currency, problems) : null,
  }));
  tellHiddenLines(tables, problems);
  return {
    format: document.format,
    formatVersion: document.formatVersion,
    language,
    tender: {
      ...blankTender(),
      title: cover.title,
      buyer: cover.buyerName === null ? null : { name: cover.buyerName, id: null, country: null, nuts: null },
      deadline: cover.deadline,
      value: priced ? grandTotal(sums, currency) : null,
      place: cover.place,
      places: cover.place.postalCode === null ? [] : [cover.place],
    },
    lots: keyLines(document.relocate?.(lots) ?? lots, problems),
    notice: null,
    layout: found.map(({ grid, headerRow, columns }) => ({ sheet: grid.sheet, headerRow, columns })),
    problems,
  };
}

interface ReadGrids {
  readonly tables: readonly ReadTable[];
  /** Rows above the tables and on sheets without one, in the order of the document. */
  readonly front: readonly FrontRow[];
  /** Rows of sheets without a table. */
  readonly others: readonly FrontRow[];
}

function readGrids(grids: readonly Grid[], problems: Problem[]): ReadGrids {
  const tables: ReadTable[] = [];
  const front: FrontRow[] = [];
  const others: FrontRow[] = [];
  for (const grid of grids) {
    const header = findHeader(grid);
    if (!header) {
      const rows = grid.rows.map((row) => ({ sheet: grid.sheet, row }));
      others.push(...rows);
      front.push(...rows);
      continue;
    }
    const above = grid.rows.slice(0, header.index).map((row) => ({ sheet: grid.sheet, row }));
    front.push(...above);
    tables.push(readTable(grid, header, sheetLot(grid, above), problems));
    if (grid.hiddenColumns.size > 0) tellHiddenColumns(grid, problems);
  }
  return { tables, front, others };
}

/** Lines that stand in the texts of a specification and in no table. */
function proseTables(grids: readonly Grid[], tables: readonly ReadTable[]): readonly ReadTable[] {
  const withTable = new Set(tables.map((table) => table.grid));
  return grids
    .filter((grid) => !withTable.has(grid))
    .flatMap((grid) => {
      const lines = readProse(grid, tables);
      return lines.length === 0 ? [] : [{ ...EMPTY_TABLE, grid, lines }];
    });
}

/** The lot a whole sheet is about: a title above its table, else its name. */
function sheetLot(grid: Grid, above: readonly FrontRow[]): LotHeading | null {
  for (const { row } of above) {
    const [only, ...more] = filledColumns(row);
    const heading =
      only !== undefined && more.length === 0 ? lotHeadingOf(oneLine(cellText(row.cells[only]))) : null;
    if (heading) return heading;
  }
  return lotHeadingOf(grid.sheet);
}

function lotTitles(tables: readonly ReadTable[], others: readonly FrontRow[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const add = (heading: LotHeading | null): void => {
    if (!heading?.title) return;
    const known = titles.get(heading.ref);
    const sameInCapitals = known !== undefined && isInCapitals(known) && fold(known) === fold(heading.title);
    if (known === undefined || sameInCapitals) titles.set(heading.ref, heading.title);
  };
  for (const table of tables) {
    for (const lot of table.lots) add(lot);
    const above = table.grid.rows
      .filter((row) => row.row < table.headerRow)
      .map((row) => ({ sheet: table.grid.sheet, row }));
    add(sheetLot(table.grid, above));
    for (const sum of table.sums) add(lotHeadingOf(sum.label));
  }
  for (const { row } of others) add(listedLot(row.cells.map((cell) => oneLine(cellText(cell)))));
  return titles;
}

/** Capitals lose accents now and then: the same words in a summary are better. */
function isInCapitals(text: string): boolean {
  return text === text.toUpperCase();
}

/** `Lot 3 | Toiture` or `3 | Toiture` on a cover sheet. */
function listedLot(cells: readonly string[]): LotHeading | null {
  const [first = '', second = ''] = cells.filter((text) => text !== '');
  const heading = lotHeadingOf(first);
  if (heading) return { ref: heading.ref, title: heading.title ?? (second === '' ? null : second) };
  return /^\d{1,3}[A-Za-z]?$/.test(first) && /\p{L}{3}/u.test(second) ? { ref: first, title: second } : null;
}

function lotsOf(
  lines: readonly LotLine[],
  titles: ReadonlyMap<string, string>,
  title: string | null,
): readonly Lot[] {
  const byLot = new Map<string | null, LotLine[]>();
  for (const line of lines) {
    const same = byLot.get(line.lotRef) ?? [];
    same.push(line);
    byLot.set(line.lotRef, same);
  }
  const taken = new Set(byLot.keys());
  let free = 1;
  while (taken.has(String(free))) free += 1;
  return [...byLot].map(([ref, own]) =>
    blankLot({
      ref: ref ?? (byLot.size === 1 ? '1' : String(free)),
      declared: ref !== null,
      title: ref === null ? title : (titles.get(ref) ?? null),
      lines: own.map(({ line }) => line),
      at: own[0]?.line.place ?? null,
    }),
  );
}

function currencyOf(tables: readonly ReadTable[]): string | null {
  const texts = tables.flatMap((table) => table.headerTexts).join(' ');
  if (/€|\bEUR\b|euro/i.test(texts)) return 'EUR';
  return /\b(CHF|GBP|USD|PLN|CZK|SEK|DKK|NOK)\b/.exec(texts)?.[1] ?? null;
}

function amountOf(sum: TableSum): Decimal | null {
  const read = readNumber(sum.amount, null);
  return read.kind === 'number' && compareDecimals(read.value, '0') > 0 ? read.value : null;
}

const LOT_SUM = /^(total|totaal|summe|somme)( du| van| des| de)? (lot|perceel|los)\b/;
const TABLE_SUM =
  /^(total|totaal|summe|gesamtsumme)( ht| htva| hors tva| hors taxes| excl btw| excl| netto)?$/;
const GRAND_SUM =
  /^(total general|total general htva|total general ht|total htva|total ht|total hors tva|total hors taxes|algemeen totaal|algemeen totaal excl btw|totaal excl btw|nettosumme|gesamtsumme netto|gesamtsumme|total des lots|total)$/;

/** The sum the document prints for the lot, checked against its lines; else theirs, when all are priced. */
function lotValue(lot: Lot, sums: readonly TableSum[], currency: string, problems: Problem[]): Money | null {
  const own = sums.filter((sum) => sum.lotRef === lot.ref && amountOf(sum) !== null);
  const stated =
    own.find((sum) => LOT_SUM.test(fold(sum.label))) ??
    own.findLast((sum) => TABLE_SUM.test(fold(sum.label)));
  const listed = sums.find(
    (sum) => sum.lotRef === null && lotHeadingOf(sum.label)?.ref === lot.ref && amountOf(sum) !== null,
  );
  const sum = stated ?? listed;
  const amount = sum ? amountOf(sum) : null;
  const ordered = lot.lines.filter((line) => !line.variant && line.nature !== 'PM');
  const added = ordered.reduce((total, line) => addDecimals(total, line.total?.amount ?? '0'), '0');
  if (!sum || amount === null) {
    return ordered.every((line) => line.total !== null) ? { amount: roundDecimal(added, 2), currency } : null;
  }
  if (compareDecimals(roundDecimal(added, 2), roundDecimal(amount, 2)) !== 0) {
    problems.push({
      code: 'bill.sum.differs',
      severity: 'warning',
      place: sum.place,
      found: amount,
      expected: roundDecimal(added, 2),
      params: { lot: lot.ref },
    });
  }
  return { amount, currency };
}

function grandTotal(sums: readonly TableSum[], currency: string): Money | null {
  const whole = sums.filter((sum) => GRAND_SUM.test(fold(sum.label)) && amountOf(sum) !== null);
  const named =
    whole.findLast((sum) => sum.inRecap) ??
    whole.findLast((sum) => sum.lotRef === null || /general|algemeen/.test(fold(sum.label)));
  const amount = named ? amountOf(named) : null;
  return amount === null ? null : { amount, currency };
}

/** Sums on a sheet without a table: a summary. */
function otherSums(others: readonly FrontRow[]): readonly TableSum[] {
  return others.flatMap(({ sheet, row }) => {
    const label = row.cells.find((cell) => typeof cell === 'string' && /\p{L}{3}/u.test(cell));
    const amount = row.cells.findLast((cell) => typeof cell === 'number');
    if (typeof label !== 'string' || amount === undefined) return [];
    const words = lotHeadingOf(cellText(row.cells.find((cell) => !isBlank(cell))))
      ? cellText(row.cells.find((cell) => !isBlank(cell)))
      : label;
    if (!isSumLabel(words) && lotHeadingOf(words) === null) return [];
    return [{ label: words, amount, lotRef: null, inRecap: true, place: cellPlace(sheet, row.row) }];
  });
}

function tellHidden(grid: Grid, problems: Problem[]): void {
  if (grid.rows.every((row) => filledColumns(row).length === 0)) return;
  problems.push({
    code: 'bill.sheet.hidden',
    severity: 'warning',
    place: { sheet: grid.sheet },
    found: grid.sheet.slice(0, 200),
    expected: null,
    params: { sheet: grid.sheet },
  });
}

function tellHiddenColumns(grid: Grid, problems: Problem[]): void {
  const filled = [...grid.hiddenColumns].filter((index) =>
    grid.rows.some((row) => !isBlank(row.cells[index])),
  );
  const [first] = filled;
  if (first === undefined) return;
  problems.push({
    code: 'bill.columns.hidden',
    severity: 'warning',
    place: cellPlace(grid.sheet, grid.rows[0]?.row ?? 1, first),
    found: String(filled.length),
    expected: null,
    params: { count: filled.length, sheet: grid.sheet },
  });
}

function tellHiddenLines(tables: readonly ReadTable[], problems: Problem[]): void {
  for (const table of tables) {
    const [first] = table.hiddenLines;
    if (!first) continue;
    problems.push({
      code: 'bill.rows.hidden',
      severity: 'warning',
      place: first.place,
      found: first.ref === '' ? first.label.slice(0, 200) : first.ref,
      expected: null,
      params: { count: table.hiddenLines.length, sheet: table.grid.sheet },
    });
  }
}
