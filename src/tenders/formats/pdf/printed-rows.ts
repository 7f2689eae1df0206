import { oneLine } from '../bill/fold.js';
import type { TextRun } from './pdf-text.js';

/** Texts on one base line, left to right. */
export interface VisualRow {
  readonly page: number;
  /** From the top of the page. */
  readonly line: number;
  readonly y: number;
  readonly height: number;
  readonly chunks: readonly Chunk[];
  /** Parted where words of one cell would still be one chunk, for heads that stand close. */
  readonly finer: readonly Chunk[];
}

export interface Chunk {
  readonly left: number;
  readonly right: number;
  readonly text: string;
}

/** Gap between runs, in heights of the text, from which they are two cells. */
const CELL_GAP = 0.6;
/** The same between heads, and where many rows have a text that begins there. */
const HEAD_GAP = 0.35;
const EDGE_GAP = 0.2;
const WORD_GAP = 0.15;
const FEWEST_AT_EDGE = 3;
const MOST_AT_EDGE = 0.25;

/** The rows of a page, from its top. */
export function visualRows(runs: readonly TextRun[], page: number): readonly VisualRow[] {
  const rows: TextRun[][] = [];
  for (const run of runs.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    const [head] = row ?? [];
    if (row && head && Math.abs(head.y - run.y) <= Math.max(head.height, 4) * 0.4) row.push(run);
    else rows.push([run]);
  }
  const isEdge = edgesOf(rows);
  return rows.map((row, index) => {
    const ordered = row.toSorted((a, b) => a.x - b.x);
    return {
      page,
      line: index + 1,
      y: row[0]?.y ?? 0,
      height: Math.max(...row.map((run) => run.height), 1),
      chunks: chunksOf(ordered, (gap, { x }) => gap >= CELL_GAP || (gap >= EDGE_GAP && isEdge(x))),
      finer: chunksOf(ordered, (gap) => gap >= HEAD_GAP),
    };
  });
}

/** Where the texts of many rows begin, a column does: words of justified text begin everywhere. */
function edgesOf(rows: readonly (readonly TextRun[])[]): (x: number) => boolean {
  const counts = new Map<number, number>();
  const many = rows.filter((row) => row.length > 1);
  for (const row of many)
    for (const x of new Set(row.map((run) => Math.round(run.x)))) counts.set(x, (counts.get(x) ?? 0) + 1);
  const fewest = Math.max(FEWEST_AT_EDGE, many.length * MOST_AT_EDGE);
  return (x) => (counts.get(Math.round(x)) ?? 0) >= fewest;
}

function chunksOf(
  runs: readonly TextRun[],
  areTwo: (gap: number, run: TextRun) => boolean,
): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (const run of runs) {
    const last = chunks.at(-1);
    const gap = last ? (run.x - last.right) / Math.max(run.height, 4) : Infinity;
    if (last && !areTwo(gap, run)) {
      const space = gap > WORD_GAP ? ' ' : '';
      chunks[chunks.length - 1] = {
        left: last.left,
        right: run.x + run.width,
        text: last.text + space + run.text,
      };
    } else chunks.push({ left: run.x, right: run.x + run.width, text: run.text });
  }
  return chunks.map((chunk) => ({ ...chunk, text: oneLine(chunk.text) }));
}

export function textOf(row: VisualRow): string {
  return row.chunks.map((chunk) => chunk.text).join(' ');
}
