import { overlap, type PrintedHeader } from './printed-header.js';
import type { Chunk, VisualRow } from './printed-rows.js';

const FEWEST_CELLS = 3;

/** A row of the print in the columns of its table. */
export interface CellRow {
  readonly visual: VisualRow;
  readonly cells: readonly (string | null)[];
  /** Where its description ends. */
  readonly labelEnd: number;
}

/** The rows below a header, down to the next one, in its columns. */
export function cellRows(
  rows: readonly VisualRow[],
  { columns, labelAt }: PrintedHeader,
): readonly CellRow[] {
  const boxes = boxesOf(rows, columns);
  return rows.map((visual) => {
    const placed = placesOf(visual, boxes);
    const label = visual.chunks.findLast((_, index) => placed[index] === labelAt);
    return { visual, cells: cellsOf(visual, placed, columns.length), labelEnd: label?.right ?? 0 };
  });
}

/** A head may stand in the middle of its column: the texts below it alone say how wide that is. */
function boxesOf(rows: readonly VisualRow[], columns: readonly Chunk[]): readonly Chunk[] {
  const boxes = columns.map((column) => ({ ...column }));
  for (const { chunks } of rows.filter((row) => row.chunks.length >= FEWEST_CELLS)) {
    for (const chunk of chunks) {
      const [at, ...more] = columnsOver(chunk, columns);
      const box = at === undefined || more.length > 0 ? undefined : boxes[at];
      if (!box) continue;
      box.left = Math.min(box.left, chunk.left);
      box.right = Math.max(box.right, chunk.right);
    }
  }
  return boxes;
}

/** A text belongs to the only column it overlaps; one that overlaps several or none, to the last that begins before it. */
function placesOf(row: VisualRow, columns: readonly Chunk[]): readonly number[] {
  const over = row.chunks.map((chunk) => columnsOver(chunk, columns));
  const named = new Set(over.flat());
  const taken = new Set<number>();
  return row.chunks.map((chunk, index) => {
    const [only, ...more] = over[index]!;
    const before = Math.max(
      columns.findLastIndex((column) => column.left <= chunk.left + 2),
      0,
    );
    const isNextFree = taken.has(before) && before + 1 < columns.length && !named.has(before + 1);
    const beside = only === undefined && isNextFree ? before + 1 : before;
    const at = only !== undefined && more.length === 0 ? only : beside;
    taken.add(at);
    return at;
  });
}

function columnsOver(chunk: Chunk, columns: readonly Chunk[]): readonly number[] {
  return columns.flatMap((column, at) => (overlap(column, chunk) > 0 ? [at] : []));
}

function cellsOf({ chunks }: VisualRow, placed: readonly number[], width: number): (string | null)[] {
  return Array.from({ length: width }, (_, at) => {
    const texts = chunks.filter((_chunk, index) => placed[index] === at).map(({ text }) => text);
    return texts.length === 0 ? null : texts.join(' ');
  });
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
  const isBroken = breaksOf(rows, labelAt);
  const blocks = chained(rows, isClose).flatMap((block) =>
    hasOneMain(block) ? [block] : chained(block, isBroken).flatMap(byMain),
  );
  const dense = usual > 0 ? chainedBlocks(blocks, isBroken) : blocks;
  return withLabelsAbove(dense.map(joined), labelAt);
}

/** Rows of the print of one row of the table, or more. */
type Block = readonly CellRow[];

function chained(rows: Block, isOne: (above: CellRow, below: CellRow) => boolean): readonly Block[] {
  const blocks: CellRow[][] = [];
  for (const row of rows) {
    const block = blocks.at(-1);
    if (block && isOne(block.at(-1)!, row)) block.push(row);
    else blocks.push([row]);
  }
  return blocks;
}

/** Rows stand as close as lines do. */
function chainedBlocks(
  blocks: readonly Block[],
  isBroken: (above: CellRow, below: CellRow) => boolean,
): readonly Block[] {
  const found: Block[] = [];
  let open: CellRow[] = [];
  const close = (): void => {
    found.push(...chained(open, isBroken).flatMap(byMain));
    open = [];
  };
  for (const block of blocks) {
    if (block.length === 1) open.push(block[0]!);
    else {
      close();
      found.push(block);
    }
  }
  close();
  return found;
}

/** Several rows of the table that each have all their lines above the row with the quantity, or all below it. */
function byMain(rows: Block): readonly Block[] {
  if (hasOneMain(rows)) return [rows];
  const [first, last] = [isMain(rows[0]!), isMain(rows.at(-1)!)];
  if (first === last) return rows.map((row) => [row]);
  return chained(rows, (above, below) => !isMain(first ? below : above));
}

function isMain({ cells }: CellRow): boolean {
  return filled(cells) >= FEWEST_CELLS;
}

/** Of the rows that hold no more than words, those that go on with others. */
const MOST_BROKEN = 0.6;
const FEWEST_BROKEN = 3;

/**
 * Whether a description was broken between two rows: the next word would not have fitted. Nobody can tell where most
 * words that stand alone would have.
 */
function breaksOf(rows: Block, labelAt: number): (above: CellRow, below: CellRow) => boolean {
  const end = rows.reduce((most, { labelEnd }) => Math.max(most, labelEnd), 0);
  const isBroken = (above: CellRow, below: CellRow): boolean => {
    const [one, two] = [above.cells[labelAt] ?? '', below.cells[labelAt] ?? ''];
    if (one === '' || two === '' || !isNear(above.visual, below.visual)) return false;
    // `06 | Curage` is a chapter.
    if (![above, below].every((row) => filled(row.cells) === 1 || isMain(row))) return false;
    const isTitle = two === two.toUpperCase() && one !== one.toUpperCase();
    return !isTitle && above.labelEnd + widthOfFirstWord(below, two) > end;
  };
  const alone = rows.flatMap((row, index) =>
    filled(row.cells) === 1 && row.cells[labelAt] !== null ? [index] : [],
  );
  const broken = alone.filter((at) =>
    [
      [at - 1, at],
      [at, at + 1],
    ].some(([above, below]) => {
      const [one, two] = [rows[above!], rows[below!]];
      return one !== undefined && two !== undefined && isBroken(one, two);
    }),
  );
  const areBroken = broken.length >= FEWEST_BROKEN && broken.length >= alone.length * MOST_BROKEN;
  return areBroken ? isBroken : () => false;
}

/** With the space before it. */
function widthOfFirstWord({ visual, labelEnd }: CellRow, text: string): number {
  const chunk = visual.chunks.find(({ right }) => right === labelEnd);
  const perLetter = chunk ? (chunk.right - chunk.left) / Math.max(chunk.text.length, 1) : 0;
  return perLetter * (text.split(' ')[0]!.length + 1);
}

function isNear(above: VisualRow, below: VisualRow): boolean {
  return above.page === below.page && above.y - below.y < below.height * ROW_PITCH;
}

interface JoinedRow extends PrintedRow {
  readonly last: VisualRow;
}

function joined(block: Block): JoinedRow {
  const cells = block[0]!.cells.map((_, at) => {
    const texts = block.flatMap((row) => row.cells[at] ?? []);
    return texts.length === 0 ? null : texts.join(' ');
  });
  return { cells, at: block[0]!.visual, last: block.at(-1)!.visual };
}

function filled(cells: readonly (string | null)[]): number {
  return cells.filter((cell) => cell !== null).length;
}

function hasOneMain(block: Block): boolean {
  return block.filter(isMain).length === 1;
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
  return isNear(last, at);
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
