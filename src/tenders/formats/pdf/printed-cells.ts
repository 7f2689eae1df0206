import { overlap, type PrintedHeader } from './printed-header.js';
import type { Chunk, VisualRow } from './printed-rows.js';

const FEWEST_CELLS = 3;

/** A row of the print in the columns of its table. */
export interface CellRow {
  readonly visual: VisualRow;
  readonly cells: readonly (string | null)[];
}

/** The rows below a header, down to the next one, in its columns. */
export function cellRows(rows: readonly VisualRow[], { columns }: PrintedHeader): readonly CellRow[] {
  const boxes = boxesOf(rows, columns);
  return rows.map((visual) => ({ visual, cells: cellsOf(visual, boxes) }));
}

/** A head may stand in the middle of its column: the texts below it alone say how wide that is. */
function boxesOf(rows: readonly VisualRow[], columns: readonly Chunk[]): readonly Chunk[] {
  const boxes = columns.map((column) => ({ ...column }));
  for (const { chunks } of rows.filter((row) => row.chunks.length >= FEWEST_CELLS)) {
    for (const chunk of chunks) {
      const [at, ...more] = columns.flatMap((column, index) => (overlap(column, chunk) > 0 ? [index] : []));
      const box = at === undefined || more.length > 0 ? undefined : boxes[at];
      if (!box) continue;
      box.left = Math.min(box.left, chunk.left);
      box.right = Math.max(box.right, chunk.right);
    }
  }
  return boxes;
}

/** A text belongs to the column it overlaps most; one that overlaps none, to the last that begins before it. */
function cellsOf(row: VisualRow, columns: readonly Chunk[]): (string | null)[] {
  const cells: (string | null)[] = columns.map(() => null);
  const isOver = (chunk: Chunk, at: number): boolean => {
    const column = columns[at];
    return column !== undefined && overlap(column, chunk) > 0;
  };
  for (const chunk of row.chunks) {
    const overlaps = columns.map((column) => overlap(column, chunk));
    const best = overlaps.indexOf(Math.max(...overlaps));
    const before = Math.max(
      columns.findLastIndex((column) => column.left <= chunk.left + 2),
      0,
    );
    const times = overlaps.filter((one) => one > 0).length;
    const isNextFree = cells[before] !== null && !row.chunks.some((other) => isOver(other, before + 1));
    const next = times === 0 && isNextFree && before + 1 < columns.length ? before + 1 : before;
    const at = times === 1 ? best : next;
    cells[at] = cells[at] === null || cells[at] === undefined ? chunk.text : `${cells[at]} ${chunk.text}`;
  }
  return cells;
}

/** A row of a table and the line of the print that it begins on. */
export interface PrintedRow {
  readonly cells: readonly (string | null)[];
  readonly at: VisualRow;
}

/** Between lines of one cell, of what lies between rows of the table. */
const CLOSE = 0.9;
/** Between lines of one cell, in heights of the text, where nothing says how far rows are apart. */
const LINE_PITCH = 1.3;
const ROW_PITCH = 1.7;

/**
 * Rows of the table from those of the print: lines of one cell stand closer together than rows. The number and the
 * quantity may stand beside the first of them, the last, or between two.
 */
export function joinedRows(rows: readonly CellRow[], labelAt: number): readonly PrintedRow[] {
  const usual = medianGap(rows.map(({ visual }) => visual));
  const isClose = ({ visual: one }: CellRow, { visual: two }: CellRow): boolean =>
    one.page === two.page && one.y - two.y < (usual > 0 ? usual * CLOSE : two.height * LINE_PITCH);
  const blocks: CellRow[][] = [];
  for (const row of rows) {
    const block = blocks.at(-1);
    if (block && isClose(block.at(-1)!, row)) block.push(row);
    else blocks.push([row]);
  }
  return withLabelsAbove(
    blocks.flatMap((block) => (hasOneMain(block) ? [joined(block)] : block.map((row) => joined([row])))),
    labelAt,
  );
}

interface JoinedRow extends PrintedRow {
  readonly last: VisualRow;
}

function joined(block: readonly CellRow[]): JoinedRow {
  const cells = block[0]!.cells.map((_, at) => {
    const texts = block.flatMap((row) => row.cells[at] ?? []);
    return texts.length === 0 ? null : texts.join(' ');
  });
  return { cells, at: block[0]!.visual, last: block.at(-1)!.visual };
}

function filled(cells: readonly (string | null)[]): number {
  return cells.filter((cell) => cell !== null).length;
}

function hasOneMain(block: readonly CellRow[]): boolean {
  const counts = block.map(({ cells }) => filled(cells));
  return counts.filter((count) => count >= FEWEST_CELLS).length === 1;
}

/**
 * Where rows stand as close as lines do, words that begin small go on from above: `Fourniture et pose de` above
 * `1.2 | carrelage | m²`.
 */
function withLabelsAbove(rows: readonly JoinedRow[], labelAt: number): readonly PrintedRow[] {
  const found: JoinedRow[] = [];
  const isAlone = (row: JoinedRow | undefined): row is JoinedRow =>
    row !== undefined && filled(row.cells) === 1 && row.cells[labelAt] !== null;
  const goesOn = ({ cells }: JoinedRow): boolean => /^\p{Ll}/u.test(cells[labelAt] ?? '');
  for (const row of rows) {
    let at = found.length;
    let first = row;
    while (goesOn(first) && filled(row.cells) >= FEWEST_CELLS) {
      const above = found[at - 1];
      if (!isAlone(above) || !isRightAbove(above, first) || above.cells[labelAt]!.endsWith(':')) break;
      first = above;
      at -= 1;
    }
    if (first === row || goesOn(first)) found.push(row);
    else {
      const label = [...found.splice(at), row].map(({ cells }) => cells[labelAt]).join(' ');
      found.push({ ...row, at: first.at, cells: row.cells.with(labelAt, label) });
    }
  }
  return found;
}

function isRightAbove({ last }: JoinedRow, { at }: JoinedRow): boolean {
  return last.page === at.page && last.y - at.y < at.height * ROW_PITCH;
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
