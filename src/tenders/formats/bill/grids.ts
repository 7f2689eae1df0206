import type { Problem } from '../../../kernel/index.js';
import { withoutBidderPrices } from './bidder-prices.js';
import { findHeader, findShortHeader, type FoundHeader } from './columns.js';
import type { FrontRow } from './cover.js';
import { oneLine } from './fold.js';
import { cellPlace, cellText, filledColumns, isBlank, type Grid, type GridRow } from './grid.js';
import { guessColumns } from './guess-columns.js';
import { NO_PARTS } from './part-quantities.js';
import { readProse } from './prose.js';
import { readTable } from './read-table.js';
import { withoutRepeatedTables } from './repeated-tables.js';
import { sideBySide } from './side-by-side.js';
import type { ReadTable } from './table.js';
import { withoutThousands } from './thousands.js';
import { withUnheadedColumns } from './unheaded-columns.js';
import { lotHeadingOf, type LotHeading } from './words.js';

export interface ReadGrids {
  readonly tables: readonly ReadTable[];
  /** Rows above the tables and on sheets without one, in the order of the document. */
  readonly front: readonly FrontRow[];
  /** Rows of sheets without a table. */
  readonly others: readonly FrontRow[];
}

type HeaderFinder = (grid: Grid) => FoundHeader | null;

/** Finds the tables of the visible sheets; where no sheet has header words, columns are told by content. */
export function readGrids(grids: readonly Grid[], problems: Problem[]): ReadGrids {
  const visible = grids.filter((grid) => !grid.hidden).flatMap((grid) => sideBySide(grid, problems));
  for (const grid of grids.filter((one) => one.hidden)) tellHiddenSheet(grid, problems);
  const hasLines = ({ tables }: ReadGrids): boolean => tables.some(({ lines }) => lines.length > 0);
  let read = readWith(visible, billHeaders(visible), problems);
  if (!hasLines(read)) read = readWith(visible, guessed(problems), problems);
  if (!hasLines(read)) read = readWith(visible, findShortHeader, problems);
  const tables = withoutRepeatedTables(read.tables, problems);
  return { ...read, tables: [...tables, ...proseTables(visible, tables)] };
}

function isLumpSums({ columns }: FoundHeader): boolean {
  return !columns.has('quantity') && !columns.has('unit') && !columns.has('unitPrice');
}

/** `N° | Désignation | Montant` is a bill of lump sums only where no table has quantities: else it is a summary. */
function billHeaders(grids: readonly Grid[]): HeaderFinder {
  const headers = new Map(grids.map((grid) => [grid, findHeader(grid)] as const));
  const measured = [...headers.values()].some((header) => header !== null && !isLumpSums(header));
  return (grid) => {
    const header = headers.get(grid) ?? null;
    return header !== null && measured && isLumpSums(header) ? null : header;
  };
}

function guessed(problems: Problem[]): HeaderFinder {
  return (grid) => {
    const header = guessColumns(grid);
    if (header) {
      problems.push({
        code: 'bill.header.missing',
        severity: 'warning',
        place: cellPlace(grid.sheet, grid.rows[header.index]?.row ?? 1),
        found: null,
        expected: null,
      });
    }
    return header;
  };
}

function readWith(grids: readonly Grid[], headerOf: HeaderFinder, problems: Problem[]): ReadGrids {
  const tables: ReadTable[] = [];
  const front: FrontRow[] = [];
  const others: FrontRow[] = [];
  for (const grid of grids) {
    const header = headerOf(grid);
    if (!header) {
      const rows = grid.rows.map((row) => ({ sheet: grid.sheet, row }));
      others.push(...rows);
      front.push(...rows);
      continue;
    }
    const above = grid.rows.slice(0, header.index).map((row) => ({ sheet: grid.sheet, row }));
    front.push(...above.filter(({ row }) => !isOverColumns(grid, header, row)));
    const whole = withoutBidderPrices(grid, withUnheadedColumns(grid, header, problems), problems);
    const read = readTable(withoutThousands(grid, whole), whole, sheetLot(grid, above), problems);
    tables.push({ ...read, grid });
    if (grid.hiddenColumns.size > 0) tellHiddenColumns(grid, problems);
  }
  return { tables, front, others };
}

/** Titles of groups of columns say nothing of the whole: `Estimation | Dupont SRL` above the prices. */
function isOverColumns(grid: Grid, { index, columns }: FoundHeader, row: GridRow): boolean {
  const filled = filledColumns(row);
  const label = columns.get('label') ?? 0;
  return grid.rows[index - 1] === row && filled.length > 1 && filled.every((at) => at > label);
}

/** The lot a whole sheet is about: a title above its table, else its name. */
export function sheetLot(grid: Grid, above: readonly FrontRow[]): LotHeading | null {
  for (const { row } of above) {
    const [only, ...more] = filledColumns(row);
    const heading =
      only !== undefined && more.length === 0 ? lotNamedIn(oneLine(cellText(row.cells[only]))) : null;
    if (heading) return heading;
  }
  return lotHeadingOf(grid.announcedLot ?? grid.sheet);
}

/** `Rénovation de l’école – Lot 2 : Menuiseries`: the lot may follow the title of the whole. */
function lotNamedIn(text: string): LotHeading | null {
  const parts = text.split(/\s[-–—]\s/);
  const found = parts.flatMap((_, index) => lotHeadingOf(parts.slice(index).join(' – ')) ?? []);
  return found.length === 1 ? found[0]! : lotHeadingOf(text);
}

/** Lines that stand in the texts of a specification and in no table. */
function proseTables(grids: readonly Grid[], tables: readonly ReadTable[]): readonly ReadTable[] {
  const withTable = new Set(tables.map((table) => table.grid));
  return grids
    .filter((grid) => !withTable.has(grid))
    .flatMap((grid) => {
      const lines = readProse(grid, tables);
      return lines.length === 0 ? [] : [{ ...PROSE, grid, lines }];
    });
}

const PROSE: Omit<ReadTable, 'grid' | 'lines'> = {
  headerRow: 0,
  columns: {},
  header: null,
  headerTexts: [],
  lots: [],
  sums: [],
  marks: new Map([['quantity', ',']]),
  hiddenLines: [],
  struckRows: [],
  parts: NO_PARTS,
  kind: 'base',
  isPricedPerMonth: false,
  repetitionAt: null,
  quantityNatures: { own: null, other: null },
};

function tellHiddenSheet(grid: Grid, problems: Problem[]): void {
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
