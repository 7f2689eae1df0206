import { AnnouncedLots } from '../announced-lots.js';
import type { Grid } from '../bill/grid.js';
import type { TextRun } from './pdf-text.js';
import { cellRows, joinedRows, type PrintedRow } from './printed-cells.js';
import { isHeader, printedHeader, type PrintedHeader } from './printed-header.js';
import { textOf, visualRows, type VisualRow } from './printed-rows.js';

export interface PdfGrids {
  readonly grids: readonly Grid[];
  /** Where a row of a grid begins, all from 1. */
  readonly lineAt: (sheet: string, row: number) => PageLine;
}

interface PageLine {
  readonly page: number;
  readonly line: number;
}

const TABLE_SHEET = 'table';
const COVER_SHEET = 'text';

/**
 * Makes a table of the text of a PDF: rows by base line, columns by the header's places, labels over several lines
 * joined, lines repeated on every page left out. Texts above the first header are a cover.
 */
export function gridsOf(pages: readonly (readonly TextRun[])[]): PdfGrids {
  const rows = withoutPageLines(pages.flatMap((runs, index) => visualRows(runs, index + 1)));
  const headers = headersOf(rows);
  const [first] = headers.keys();
  const cover = paragraphs(rows.slice(0, first));
  const table = tableRows(rows, headers);
  const lots = new AnnouncedLots();
  for (const { cells } of cover) lots.read(cells[0] ?? '');
  return {
    grids: [gridOf(COVER_SHEET, cover), { ...gridOf(TABLE_SHEET, table), ...lots.ofTable() }],
    lineAt: (sheet, row) => {
      const at = (sheet === TABLE_SHEET ? table : cover)[row - 1]?.at;
      return { page: at?.page ?? 1, line: at?.line ?? 1 };
    },
  };
}

function gridOf(sheet: string, rows: readonly PrintedRow[]): Grid {
  return {
    sheet,
    hidden: false,
    hiddenColumns: new Set(),
    rows: rows.map(({ cells }, index) => ({ row: index + 1, cells, hidden: false })),
  };
}

/** Headers and footers of the print: the same words, but for numbers, at the same height of several pages. */
function withoutPageLines(rows: readonly VisualRow[]): readonly VisualRow[] {
  const signature = (row: VisualRow): string => `${Math.round(row.y)} ${textOf(row).replace(/\d+/g, '#')}`;
  const pages = new Map<string, Set<number>>();
  for (const row of rows) {
    const seen = pages.get(signature(row)) ?? new Set<number>();
    seen.add(row.page);
    pages.set(signature(row), seen);
  }
  return rows.filter(
    (row, index) =>
      isHeader(row) ||
      (((pages.get(signature(row))?.size ?? 0) < 2 || !hasPageNumber(row)) &&
        !isFooter(row, rows[index - 1], rows[index + 1])),
  );
}

/** In the lower margin: points from the edge, and heights of text below what stands above. */
const MARGIN = 60;
const FOOTER_GAP = 3;

/** One text alone at the foot of a page, well below the last line: a note of the print, not a title. */
function isFooter(row: VisualRow, above: VisualRow | undefined, below: VisualRow | undefined): boolean {
  const isLast = below === undefined || below.page !== row.page;
  return (
    isLast &&
    row.chunks.length === 1 &&
    row.y < MARGIN &&
    above?.page === row.page &&
    above.y - row.y > row.height * FOOTER_GAP
  );
}

function hasPageNumber(row: VisualRow): boolean {
  return /\b(page|pagina|seite|blz|p)\.?\s*\d/i.test(textOf(row)) || /\d+\s*\/\s*\d+/.test(textOf(row));
}

/** Lines of running text; one that starts with a small letter goes on from the line above. */
function paragraphs(rows: readonly VisualRow[]): readonly PrintedRow[] {
  const texts: { text: string; readonly at: VisualRow }[] = [];
  for (const row of rows) {
    const text = textOf(row);
    const above = texts.at(-1);
    if (above && /^\p{Ll}/u.test(text)) above.text = `${above.text} ${text}`;
    else texts.push({ text, at: row });
  }
  return texts.map(({ text, at }) => ({ cells: [text], at }));
}

/** By the position of the row on which each begins, in the order of the print. */
function headersOf(rows: readonly VisualRow[]): ReadonlyMap<number, PrintedHeader> {
  const found = new Map<number, PrintedHeader>();
  for (let index = 0; index < rows.length;) {
    const header = printedHeader(rows, index);
    if (header) found.set(index, header);
    index += header?.height ?? 1;
  }
  return found;
}

function tableRows(
  rows: readonly VisualRow[],
  headers: ReadonlyMap<number, PrintedHeader>,
): readonly PrintedRow[] {
  const starts = [...headers.keys()];
  return [...headers].flatMap(([start, header], index) => {
    const below = rows.slice(start + header.height, starts[index + 1]);
    const heads = { cells: header.columns.map(({ text }) => text), at: rows[start]! };
    return [heads, ...joinedRows(cellRows(below, header), header.labelAt)];
  });
}
