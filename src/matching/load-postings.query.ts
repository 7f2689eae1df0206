import { rows, type Tx } from '../platform/db/index.js';
import { PostingIndexBuilder, type PostingChunk, type PostingIndex } from './domain/index.js';

/** Pages of the table that are read at once: some hundred thousand rows. */
const PAGES = 2000;

/** What may be added while it is read. */
const GROWTH = 1.02;

type Column = keyof PostingChunk;

const COLUMNS: readonly (readonly [name: Column, column: string, width: number])[] = [
  ['enterpriseId', 'enterprise_id', 16],
  ['zone', 'zone', 4],
  ['node', 'node', 4],
  ['activity', 'activity', 2],
  ['depth', 'depth', 2],
  ['flags', 'flags', 2],
  ['who', 'who', 2],
  ['proofs', 'proofs', 4],
  ['valueMin', 'value_min', -4],
  ['valueMax', 'value_max', -4],
  ['hoursPerWeek', 'hours_per_week', -4],
  ['freeFrom', 'free_from', 2],
  ['merit', 'merit', -4],
  ['x', 'x', -4],
  ['y', 'y', -4],
  ['z', 'z', -4],
  ['reach2', 'reach2', -4],
];

/** Whole columns in the server's own binary form: a row of the driver costs more than a row of the table. */
const SELECT_SQL = `SELECT ${COLUMNS.map(([name, column]) => `array_send(array_agg(${column})) AS "${name}"`).join(', ')}
  FROM matching.posting`;

const HEADER = 20;

/** The elements of an array in binary form: each after its length. A minus stands for floating point. */
function decode(bytes: Buffer, width: number): ArrayLike<number> | string[] {
  const step = 4 + Math.abs(width);
  const count = (bytes.length - HEADER) / step;
  if (width === 16) return Array.from({ length: count }, (_, i) => uuid(bytes, HEADER + i * step + 4));
  const values = width === -4 ? new Float32Array(count) : new Int32Array(count);
  for (let i = 0, at = HEADER + 4; i < count; i += 1, at += step)
    values[i] =
      width === -4 ? bytes.readFloatBE(at) : width === 4 ? bytes.readInt32BE(at) : bytes.readInt16BE(at);
  return values;
}

function uuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function chunkOf(row: Record<string, Buffer | null> | undefined): PostingChunk | null {
  if (!row?.['zone']) return null;
  return Object.fromEntries(
    COLUMNS.map(([name, , width]) => [name, decode(row[name]!, width)]),
  ) as unknown as PostingChunk;
}

/** Reads the whole projection into memory. What is rewritten meanwhile may be seen twice, in part or not at all. */
export async function loadPostings(tx: Tx): Promise<PostingIndex> {
  const [size] = await rows<{ count: number; pages: number }>(
    tx,
    `SELECT (SELECT count(*)::int FROM matching.posting) AS count,
            (pg_relation_size('matching.posting') / current_setting('block_size')::int)::int AS pages`,
  );
  const builder = new PostingIndexBuilder(Math.ceil(size!.count * GROWTH) + PAGES);
  for (let page = 0; page < size!.pages; page += PAGES) {
    const [row] = await rows<Record<string, Buffer | null>>(
      tx,
      `${SELECT_SQL} WHERE ctid >= $1::tid AND ctid < $2::tid`,
      [`(${page},0)`, `(${page + PAGES},0)`],
    );
    const chunk = chunkOf(row);
    if (chunk) builder.add(chunk);
  }
  return builder.build();
}

/** The same of some enterprises. */
export async function loadPostingsOf(tx: Tx, enterpriseIds: readonly string[]): Promise<PostingIndex> {
  const [row] = await rows<Record<string, Buffer | null>>(
    tx,
    `${SELECT_SQL} WHERE enterprise_id = ANY ($1::uuid[])`,
    [enterpriseIds],
  );
  const chunk = chunkOf(row);
  const builder = new PostingIndexBuilder(chunk?.zone.length ?? 0);
  if (chunk) builder.add(chunk);
  return builder.build();
}
