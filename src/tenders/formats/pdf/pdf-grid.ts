import { headerOf } from '../bill/columns.js';
import { oneLine } from '../bill/fold.js';
import type { Grid } from '../bill/grid.js';
import type { TextRun } from './pdf-text.js';

/** Texts on one base line, left to right. */
interface VisualRow {
  readonly page: number;
  /** From the top of the page. */
  readonly line: number;
  readonly y: number;
  readonly height: number;
  readonly chunks: readonly Chunk[];
}

interface Chunk {
  readonly left: number;
  readonly right: number;
  readonly text: string;
}

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
/** Gap between runs, in heights of the text, from which they are two cells. */
const CELL_GAP = 0.6;
const WORD_GAP = 0.15;

/**
 * Makes a table of the text of a PDF: rows by base line, columns by the header's places, labels over several lines
 * joined, lines repeated on every page left out. Texts above the first header are a cover.
 */
export function gridsOf(pages: readonly (readonly TextRun[])[]): PdfGrids {
  const rows = withoutPageLines(pages.flatMap((runs, index) => visualRows(runs, index + 1)));
  const first = rows.findIndex((row) => isHeader(row));
  const cover = paragraphs(first < 0 ? rows : rows.slice(0, first));
  const table = tableRows(first < 0 ? [] : rows.slice(first));
  return {
    grids: [gridOf(COVER_SHEET, cover), gridOf(TABLE_SHEET, table)],
    lineAt: (sheet, row) => {
      const at = (sheet === TABLE_SHEET ? table : cover)[row - 1]?.at;
      return { page: at?.page ?? 1, line: at?.line ?? 1 };
    },
  };
}

/** A row of a grid and the line of the print that it begins on. */
interface PrintedRow {
  readonly cells: readonly (string | null)[];
  readonly at: VisualRow;
}

function gridOf(sheet: string, rows: readonly PrintedRow[]): Grid {
  return {
    sheet,
    hidden: false,
    hiddenColumns: new Set(),
    rows: rows.map(({ cells }, index) => ({ row: index + 1, cells, hidden: false })),
  };
}

function visualRows(runs: readonly TextRun[], page: number): readonly VisualRow[] {
  const rows: TextRun[][] = [];
  for (const run of runs.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    const [head] = row ?? [];
    if (row && head && Math.abs(head.y - run.y) <= Math.max(head.height, 4) * 0.4) row.push(run);
    else rows.push([run]);
  }
  return rows.map((row, index) => ({
    page,
    line: index + 1,
    y: row[0]?.y ?? 0,
    height: Math.max(...row.map((run) => run.height), 1),
    chunks: chunksOf(row.toSorted((a, b) => a.x - b.x)),
  }));
}

function chunksOf(runs: readonly TextRun[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (const run of runs) {
    const last = chunks.at(-1);
    const gap = last ? run.x - last.right : Infinity;
    if (last && gap < CELL_GAP * Math.max(run.height, 4)) {
      const space = gap > WORD_GAP * run.height ? ' ' : '';
      chunks[chunks.length - 1] = {
        left: last.left,
        right: run.x + run.width,
        text: last.text + space + run.text,
      };
    } else chunks.push({ left: run.x, right: run.x + run.width, text: run.text });
  }
  return chunks.map((chunk) => ({ ...chunk, text: oneLine(chunk.text) }));
}

function textOf(row: VisualRow): string {
  return row.chunks.map((chunk) => chunk.text).join(' ');
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

function isHeader(row: VisualRow): boolean {
  return columnsOf(row) !== null;
}

function columnsOf(row: VisualRow): readonly Chunk[] | null {
  const cells = row.chunks.map((chunk) => chunk.text);
  return headerOf({ row: 1, cells, hidden: false }, new Set()) ? row.chunks : null;
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

interface OpenRow extends PrintedRow {
  /** Its last line so far. */
  readonly visual: VisualRow;
  readonly cells: (string | null)[];
}

function tableRows(rows: readonly VisualRow[]): readonly PrintedRow[] {
  const open: OpenRow[] = [];
  let columns: readonly Chunk[] = [];
  const usualGap = medianGap(rows);
  for (const visual of rows) {
    columns = columnsOf(visual) ?? columns;
    const cells = cellsOf(visual, columns);
    const above = open.at(-1);
    const filled = cells.flatMap((cell, index) => (cell === null ? [] : [index]));
    const [only] = filled.length === 1 ? filled : [];
    const close = above?.visual.page === visual.page && above.visual.y - visual.y < usualGap * 0.9;
    if (
      above &&
      close &&
      only !== undefined &&
      above.cells[only] !== null &&
      above.cells.filter(Boolean).length > 1
    ) {
      above.cells[only] = `${above.cells[only]} ${cells[only]}`;
      open[open.length - 1] = { ...above, visual };
    } else open.push({ visual, cells, at: visual });
  }
  return open;
}

/** A text belongs to the header cell it overlaps most; one that overlaps none, to the last that begins before it. */
function cellsOf(row: VisualRow, columns: readonly Chunk[]): (string | null)[] {
  const cells: (string | null)[] = columns.map(() => null);
  for (const chunk of row.chunks) {
    const overlaps = columns.map(
      (column) => Math.min(column.right, chunk.right) - Math.max(column.left, chunk.left),
    );
    const best = overlaps.indexOf(Math.max(...overlaps));
    const before = columns.findLastIndex((column) => column.left <= chunk.left + 2);
    const wide = overlaps.filter((overlap) => overlap > 0).length > 1;
    const at = (overlaps[best] ?? 0) > 0 && !wide ? best : Math.max(before, 0);
    cells[at] = cells[at] === null || cells[at] === undefined ? chunk.text : `${cells[at]} ${chunk.text}`;
  }
  return cells;
}

function medianGap(rows: readonly VisualRow[]): number {
  const gaps = rows.flatMap((row, index) => {
    const next = rows[index + 1];
    return next && next.page === row.page && row.chunks.length > 2 && next.chunks.length > 2
      ? [row.y - next.y]
      : [];
  });
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}
