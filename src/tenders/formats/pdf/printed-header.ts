import { headerOf, type Columns } from '../bill/columns.js';
import { roleOfHeader } from '../bill/header-words.js';
import type { Chunk, VisualRow } from './printed-rows.js';

/** Heads of a table, on however many rows they are printed. */
export interface PrintedHeader {
  readonly columns: readonly Chunk[];
  /** Rows of the print. */
  readonly height: number;
  /** Position of the descriptions among the columns. */
  readonly labelAt: number;
}

interface Candidate extends PrintedHeader {
  readonly roles: Columns;
}

const MOST_ROWS = 4;
const MOST_HEADS = 200;
/** From one row of heads to the next, in heights of the text. */
const PITCH = 1.8;
const GOES_ON = /^[\p{Ll}(€£/]/u;

/** Whether the texts of one row are heads. */
export function isHeader({ chunks }: VisualRow): boolean {
  return rolesOf(chunks) !== null;
}

/** The heads that begin on a row of the print: `Quantité` above `présumée` are one. */
export function printedHeader(rows: readonly VisualRow[], index: number): PrintedHeader | null {
  const best = candidate(rows, index);
  if (!best) return null;
  for (let below = 1; below < best.height; below += 1) {
    const other = candidate(rows, index + below);
    if (other && other.roles.size >= best.roles.size) return null;
  }
  return best;
}

function candidate(rows: readonly VisualRow[], index: number): Candidate | null {
  let best: Candidate | null = null;
  for (let height = 1; height <= MOST_ROWS; height += 1) {
    const block = rows.slice(index, index + height);
    if (block.length < height || !mayBeHeads(block)) break;
    for (const chunksOf of [(row: VisualRow) => row.chunks, (row: VisualRow) => row.finer]) {
      const columns = columnsOf(block.map(chunksOf));
      const roles = rolesOf(columns);
      if (!roles) continue;
      const found = { columns, height, roles, labelAt: roles.get('label') ?? 0 };
      const isMore = best === null || roles.size > best.roles.size;
      if (isMore || goesOn(best!, found, chunksOf(block.at(-1)!))) best = found;
    }
  }
  return best;
}

function rolesOf(columns: readonly Chunk[]): Columns | null {
  if (columns.length > MOST_HEADS) return null;
  return headerOf({ row: 1, cells: columns.map(({ text }) => text), hidden: false }, new Set());
}

/** On several rows close together on one page, and of words only. */
function mayBeHeads(block: readonly VisualRow[]): boolean {
  if (block.some(({ finer }) => finer.length > MOST_HEADS)) return false;
  if (block.length === 1) return true;
  return block.every((row, at) => {
    const above = block[at - 1];
    const isNear = !above || (above.page === row.page && above.y - row.y < row.height * PITCH);
    return isNear && row.finer.every(({ text }) => !/^[-+]?\d/.test(text));
  });
}

/** `(€)` below a price names no more, and is no row of the table: that would have a number or a description. */
function goesOn(best: Candidate, found: Candidate, added: readonly Chunk[]): boolean {
  if (found.height !== best.height + 1 || found.roles.size < best.roles.size) return false;
  const own = [found.roles.get('label'), found.roles.get('ref')].flatMap(
    (at) => found.columns[at ?? -1] ?? [],
  );
  return added.every(
    (chunk) => GOES_ON.test(chunk.text) || !own.some((column) => overlap(column, chunk) > 0),
  );
}

/** Texts above each other are one head; one above several goes on in those that name nothing alone. */
function columnsOf(rows: readonly (readonly Chunk[])[]): readonly Chunk[] {
  const isOverSeveral = (chunk: Chunk): boolean =>
    rows.some((row) => row.filter((other) => other !== chunk && overlap(other, chunk) > 0).length > 1);
  let columns: readonly Chunk[] = [];
  for (const chunk of rows.flat().filter((one) => !isOverSeveral(one))) {
    const above = columns.filter((column) => overlap(column, chunk) > 0);
    const all = [...above, chunk];
    const one = {
      left: Math.min(...all.map(({ left }) => left)),
      right: Math.max(...all.map(({ right }) => right)),
      text: all.map(({ text }) => text).join(' '),
    };
    columns = [...columns.filter((column) => !above.includes(column)), one];
  }
  const groups = rows.flat().filter(isOverSeveral);
  return columns
    .map((column) =>
      inGroup(
        column,
        groups.find((group) => overlap(group, column) > 0),
      ),
    )
    .toSorted((a, b) => a.left - b.left);
}

/** `Prix en euros` above `Unitaire | Total`. */
function inGroup(column: Chunk, group: Chunk | undefined): Chunk {
  const isNamed = roleOfHeader(column.text) !== null;
  return group === undefined || isNamed ? column : { ...column, text: `${group.text} ${column.text}` };
}

/** Less than nothing where they stand apart. */
export function overlap(one: Chunk, other: Chunk): number {
  return Math.min(one.right, other.right) - Math.max(one.left, other.left);
}
