import type { Place, Problem } from '../../../kernel/index.js';
import {
  blankLot,
  blankTender,
  otherSum,
  withProvenNumbers,
  type BillLine,
  type ColumnLayout,
  type ColumnRole,
  type Lot,
  type ParsedTender,
  type TableLayout,
  type TenderFormat,
} from '../../domain/index.js';
import { fingerprintOf } from './columns.js';
import { firstRowsOf } from './first-rows.js';
import { FormatRefusal } from '../format-refusal.js';
import { keyLines } from '../key-lines.js';
import { readCover, type Cover, type FrontRow } from './cover.js';
import { cellText, columnLetter, isBlank, type Grid } from './grid.js';
import { readGrids } from './grids.js';
import { isLeast, roleOfHeader } from './header-words.js';
import { languageOf } from './language.js';
import { linesOf } from './lines.js';
import { listedLots, type ListedLot } from './lot-list.js';
import { lotTitles, lotsOf } from './lots.js';
import type { Parts } from './part-quantities.js';
import { statedNumbering } from './stated-numbering.js';
import { grandTotal, lotValue, sumNotChecked, sumsOf } from './sums.js';
import type { ReadTable } from './table.js';

export interface BillDocument {
  readonly format: TenderFormat;
  readonly formatVersion: string | null;
  /** Title in the properties of the file. */
  readonly propertyTitle: string | null;
  readonly grids: readonly Grid[];
  /** Where the format counts places in another way than by sheet and row; it may take all lines to do so. */
  readonly relocate?: (lots: readonly Lot[]) => (place: Place) => Place;
}

const DEFAULT_CURRENCY = 'EUR';
const LONGEST_HEADER = 200;

/**
 * A bill of quantities from the tables of a document: header rows found anywhere, lots from columns, titles or
 * sheets, and everything that was not read told by place.
 * @throws FormatRefusal `bill.table.none`
 */
export function readBill(document: BillDocument, layouts: readonly ColumnLayout[] = []): ParsedTender {
  const problems: Problem[] = [];
  const remembered = new Map(layouts.map(({ fingerprint, columns }) => [fingerprint, toColumns(columns)]));
  const grids = document.grids.map((grid) => ({ ...grid, remembered }));
  const { tables: found, front, others } = readGrids(grids, problems);
  // A bill that is a variant as a whole is what is asked.
  const areSome = found.some(({ kind }) => kind === 'base');
  const tables = areSome ? found : found.map((table) => ({ ...table, kind: 'base' as const }));
  const listed = tables.some((table) => table.lines.length > 0) ? [] : listedLots(document.grids);
  if (listed.length === 0) refuseNoLines(tables, document);
  const words = [
    ...tables.flatMap((table) => [...table.lines.map((line) => line.label), ...table.headerTexts]),
    ...listed.flatMap(({ title }) => title ?? []),
  ];
  const language = languageOf(words);
  const cover = readCover(front, document.propertyTitle, language, problems);
  const statedCurrency = cover.currency ?? (listed.length > 0 ? currencyOfFront(front) : currencyOf(tables));
  const currency = statedCurrency ?? DEFAULT_CURRENCY;
  const asked = new Map<Problem, BillLine>();
  const lines = tables.flatMap((table) => linesOf(table, currency, problems, asked, language));
  const sums = sumsOf(tables, others);
  const priced =
    listed.length > 0 || lines.some(({ line }) => line.unitPrice !== null || line.total !== null);
  if (priced && statedCurrency === null) tellCurrency(tables, problems);
  const bill = lotsOf(lines, lotTitles(tables, others), cover.title).map((lot, _, { length }) => ({
    ...lot,
    place: cover.place,
    ...(priced ? lotValue(lot, sums, currency, length === 1) : { value: null }),
  }));
  const lots = listed.length > 0 ? valuedLots(listed, cover, currency) : bill;
  problems.push(...lots.flatMap((lot) => (isOpen(lot, asked) ? [] : (otherSum(lot) ?? []))));
  if (priced) problems.push(...lots.flatMap((lot) => sumNotChecked(lot, sums) ?? []));
  for (const table of tables) {
    tellHiddenLines(table, problems);
    tellNoQuantities(table, problems);
    tellRanges(table, problems);
    tellStruckRows(table, problems);
  }
  const relocate = document.relocate?.(lots) ?? ((place: Place): Place => place);
  const repeated: Problem[] = [];
  const keyed = keyLines(document.relocate ? lots.map((lot) => relocated(lot, relocate)) : lots, repeated);
  const keys = keysOf(lots, keyed);
  return withProvenNumbers({
    format: document.format,
    formatVersion: document.formatVersion,
    language,
    tender: {
      ...tenderOf(cover),
      value: priced ? grandTotal(sums, lots, currency) : null,
    },
    lots: keyed,
    notice: null,
    sources: Object.fromEntries(
      Object.entries(cover.sources).map(([fact, place]) => [fact, relocate(place)]),
    ),
    numbering: statedNumbering([
      document.propertyTitle ?? '',
      ...[...front, ...others].map(({ row }) => row.cells.map(cellText).join(' ')),
      ...document.grids.map(({ sheet }) => sheet),
    ]),
    layout: tables.filter((table) => table.headerRow > 0).map((table) => layoutOf(table, relocate)),
    problems: [
      ...problems.map((problem) => told(problem, keys.get(asked.get(problem)), relocate)),
      ...repeated,
    ],
  });
}

function valuedLots(listed: readonly ListedLot[], { place }: Cover, currency: string): readonly Lot[] {
  return listed.map(({ ref, title, amount, at }) =>
    blankLot({ ref, title, at, place, value: { amount, currency } }),
  );
}

/** An amount that reads two ways is asked about: until then nobody can say what the lines add up to. */
function isOpen({ lines }: Lot, asked: ReadonlyMap<Problem, BillLine>): boolean {
  const open = [...asked].filter(([problem]) => problem.params?.['role'] === 'total');
  return open.some(([, line]) => lines.includes(line));
}

/** How the lines are called in the end, which keep their order. */
function keysOf(lots: readonly Lot[], keyed: readonly Lot[]): ReadonlyMap<BillLine | undefined, string> {
  const keys = keyed.flatMap(({ lines }) => lines.map(({ key }) => key));
  return new Map(lots.flatMap(({ lines }) => lines).map((line, index) => [line, keys[index]!]));
}

/** @param line the one whose number reads two ways: it is answered for */
function told(problem: Problem, line: string | undefined, relocate: (place: Place) => Place): Problem {
  const place = problem.place && relocate(problem.place);
  return line === undefined
    ? { ...problem, place }
    : { ...problem, place, params: { ...problem.params, line } };
}

function relocated(lot: Lot, relocate: (place: Place) => Place): Lot {
  return {
    ...lot,
    at: lot.at && relocate(lot.at),
    ...(lot.sumAt ? { sumAt: relocate(lot.sumAt) } : {}),
    lines: lot.lines.map((line) => ({ ...line, place: relocate(line.place) })),
  };
}

function toColumns(columns: ColumnLayout['columns']): ReadonlyMap<ColumnRole, number> {
  return new Map(Object.entries(columns) as [ColumnRole, number][]);
}

function layoutOf(
  { grid, headerRow, columns, header, parts }: ReadTable,
  relocate: (place: Place) => Place,
): TableLayout {
  const fingerprint = header && fingerprintOf(header);
  return {
    sheet: grid.sheet,
    at: relocate({ sheet: grid.sheet, row: headerRow }),
    headerRow,
    columns,
    ...(parts.ordered.length > 0 ? { parts: parts.ordered.map(columnLetter) } : {}),
    headers: Object.fromEntries(
      (header?.cells ?? []).flatMap((cell, index) =>
        isBlank(cell) ? [] : [[columnLetter(index), cellText(cell).slice(0, LONGEST_HEADER)]],
      ),
    ),
    fingerprint,
    remembered: fingerprint !== null && grid.remembered?.has(fingerprint) === true,
  };
}

function refuseNoLines(tables: readonly ReadTable[], { grids, relocate }: BillDocument): void {
  if (tables.some((table) => table.lines.length > 0)) return;
  const placed = relocate?.([]) ?? ((place: Place): Place => place);
  const first: Place = { sheet: grids[0]?.sheet ?? '', row: 1 };
  throw new FormatRefusal('bill.table.none', {
    place: placed(first),
    found: relocate ? null : grids.map((grid) => grid.sheet).join(', '),
    expected: 'Désignation | Unité | Quantité',
    firstRows: firstRowsOf(grids).map((one) => ({ ...one, at: placed({ sheet: one.sheet, row: 1 }) })),
  });
}

function tenderOf(cover: Cover): ParsedTender['tender'] {
  return {
    ...blankTender(),
    title: cover.title,
    buyer: cover.buyerName === null ? null : { name: cover.buyerName, id: null, country: null, nuts: null },
    deadline: cover.deadline,
    place: cover.place,
    places: cover.place.postalCode === null ? [] : [cover.place],
  };
}

function currencyOf(tables: readonly ReadTable[]): string | null {
  const prices = tables.flatMap(({ lines }) =>
    lines.slice(0, 50).flatMap(({ row }) => [row.unitPrice, row.total]),
  );
  return currencyIn([...tables.flatMap((table) => table.headerTexts), ...prices.map(cellText)].join(' '));
}

function currencyOfFront(front: readonly FrontRow[]): string | null {
  return currencyIn(front.map(({ row }) => row.cells.map(cellText).join(' ')).join(' '));
}

function currencyIn(texts: string): string | null {
  if (/€|\bEUR\b|euro/i.test(texts)) return 'EUR';
  if (texts.includes('£')) return 'GBP';
  return /\b(CHF|GBP|USD|PLN|CZK|SEK|DKK|NOK)\b/.exec(texts)?.[1] ?? null;
}

function tellCurrency(tables: readonly ReadTable[], problems: Problem[]): void {
  const [first] = tables;
  problems.push({
    code: 'bill.currency.assumed',
    severity: 'info',
    place: { sheet: first?.grid.sheet ?? '', row: first?.headerRow ?? 1 },
    found: null,
    expected: DEFAULT_CURRENCY,
    params: { currency: DEFAULT_CURRENCY },
  });
}

function partsTold({ all, ordered }: Parts): readonly Omit<Problem, 'place'>[] {
  const tell = (code: string, columns: readonly number[]): Omit<Problem, 'place'>[] =>
    columns.length === 0
      ? []
      : [{ code, severity: 'info', found: columns.map(columnLetter).join(', '), expected: null }];
  return [
    ...tell('bill.quantities.added', ordered.length > 1 ? ordered : []),
    ...tell(
      'bill.quantities.optional',
      all.filter((at) => !ordered.includes(at)),
    ),
  ];
}

/** A schedule of rates has none; a column that was not known would be missed once, not line by line. */
function tellNoQuantities({ grid, headerRow, columns, header, parts }: ReadTable, problems: Problem[]): void {
  if (parts.all.length > 0) {
    problems.push(
      ...partsTold(parts).map((problem) => ({ ...problem, place: { sheet: grid.sheet, row: headerRow } })),
    );
    return;
  }
  const lumpSums = columns['unit'] === undefined && columns['unitPrice'] === undefined;
  if (header === null || columns['quantity'] !== undefined || lumpSums) return;
  problems.push({
    code: 'bill.quantities.none',
    severity: 'info',
    place: { sheet: grid.sheet, row: headerRow },
    found: null,
    expected: null,
    params: { sheet: grid.sheet },
  });
}

/** Of a least and a most one column counts: a person may know better. */
function tellRanges({ grid, headerRow, header, columns }: ReadTable, problems: Problem[]): void {
  const heads = (header?.cells ?? []).map(cellText);
  const roles = heads.flatMap((text, at): ColumnRole[] => {
    const role = isLeast(text) ? roleOfHeader(text) : null;
    const taken = role === null ? undefined : columns[role];
    return role === null || taken === undefined || taken === columnLetter(at) ? [] : [role];
  });
  if (roles.length === 0) return;
  problems.push({
    code: 'bill.columns.ranges',
    severity: 'info',
    place: { sheet: grid.sheet, row: headerRow },
    found: roles.map((role) => columns[role]).join(', '),
    expected: null,
  });
}

function tellStruckRows({ grid, struckRows }: ReadTable, problems: Problem[]): void {
  const [first] = struckRows;
  if (first === undefined) return;
  problems.push({
    code: 'bill.rows.struck',
    severity: 'warning',
    place: { sheet: grid.sheet, row: first },
    found: null,
    expected: null,
    params: { count: struckRows.length },
  });
}

function tellHiddenLines(table: ReadTable, problems: Problem[]): void {
  const [first] = table.hiddenLines;
  if (!first) return;
  problems.push({
    code: 'bill.rows.hidden',
    severity: 'warning',
    place: first.place,
    found: first.ref === '' ? first.label.slice(0, 200) : first.ref,
    expected: null,
    params: { count: table.hiddenLines.length, sheet: table.grid.sheet },
  });
}
