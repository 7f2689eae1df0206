import { escapeLiteral } from 'pg';
import { copied, rows, type Tx } from '../platform/db/index.js';
import { PostingIndexBuilder, type PostingIndex, type PostingRow } from './domain/index.js';

/** Pages of the table that are read at once: some hundred thousand rows, in the time that one statement has. */
const PAGES = 2000;

/** What may be added while it is read. */
const GROWTH = 1.02;

const COLUMNS: readonly (readonly [
  name: Exclude<keyof PostingRow, 'enterprise'>,
  column: string,
  type: Type,
])[] = [
  ['zone', 'zone', 'int4'],
  ['node', 'node', 'int4'],
  ['activity', 'activity', 'int2'],
  ['depth', 'depth', 'int2'],
  ['flags', 'flags', 'int2'],
  ['who', 'who', 'int2'],
  ['proofs', 'proofs', 'int4'],
  ['valueMin', 'value_min', 'float4'],
  ['valueMax', 'value_max', 'float4'],
  ['hoursPerWeek', 'hours_per_week', 'float4'],
  ['freeFrom', 'free_from', 'int2'],
  ['merit', 'merit', 'float4'],
  ['x', 'x', 'float4'],
  ['y', 'y', 'float4'],
  ['z', 'z', 'float4'],
  ['reach2', 'reach2', 'float4'],
];

type Type = keyof typeof READ;

const READ = {
  int2: { bytes: 2, at: (row: Buffer, place: number): number => row.readInt16BE(place) },
  int4: { bytes: 4, at: (row: Buffer, place: number): number => row.readInt32BE(place) },
  float4: { bytes: 4, at: (row: Buffer, place: number): number => row.readFloatBE(place) },
} as const;

/** Before each field of a row in binary form. */
const LENGTH = 4;
const IDENTITY = { column: 'enterprise_id', words: 4, at: 2 + LENGTH } as const;

const SELECT_SQL = `SELECT ${[IDENTITY.column, ...COLUMNS.map(([, column]) => column)].join(', ')} FROM matching.posting`;

/** Reads what it is asked for, and no more, out of the row that is there. */
class CopiedRow {
  readonly enterprise = new Int32Array(IDENTITY.words);
  private row: Buffer = Buffer.alloc(0);

  show(row: Buffer): PostingRow {
    this.row = row;
    for (let i = 0; i < IDENTITY.words; i += 1) this.enterprise[i] = row.readInt32BE(IDENTITY.at + 4 * i);
    return this as unknown as PostingRow;
  }

  static {
    let place = IDENTITY.at + 4 * IDENTITY.words + LENGTH;
    for (const [name, , type] of COLUMNS) {
      const { bytes, at } = READ[type];
      const from = place;
      Object.defineProperty(CopiedRow.prototype, name, {
        get(this: CopiedRow) {
          return at(this.row, from);
        },
      });
      place += bytes + LENGTH;
    }
  }
}

/** The whole projection in memory. What is rewritten meanwhile may be seen twice, in part or not at all. */
export async function loadPostings(tx: Tx): Promise<PostingIndex> {
  return (await readPostings(tx)).build();
}

/** The same, read and not yet put in order: that takes seconds, and no transaction. */
export async function readPostings(tx: Tx): Promise<PostingIndexBuilder> {
  const [size] = await rows<{ count: number; pages: number }>(
    tx,
    `SELECT (SELECT count(*)::int FROM matching.posting) AS count,
            (pg_relation_size('matching.posting') / current_setting('block_size')::int)::int AS pages`,
  );
  const builder = new PostingIndexBuilder(Math.ceil(size!.count * GROWTH) + PAGES);
  const read = new CopiedRow();
  for (let page = 0; page < size!.pages; page += PAGES)
    await copied(tx, `${SELECT_SQL} WHERE ctid >= '(${page},0)' AND ctid < '(${page + PAGES},0)'`, (row) =>
      builder.add(read.show(row)),
    );
  return builder;
}

/** The same of some enterprises. */
export async function loadPostingsOf(tx: Tx, enterpriseIds: readonly string[]): Promise<PostingIndex> {
  const list = enterpriseIds.map(escapeLiteral).join(', ');
  const found: Buffer[] = [];
  if (enterpriseIds.length > 0)
    await copied(tx, `${SELECT_SQL} WHERE enterprise_id IN (${list})`, (row) => found.push(Buffer.from(row)));
  const builder = new PostingIndexBuilder(found.length);
  const read = new CopiedRow();
  for (const row of found) builder.add(read.show(row));
  return builder.build();
}
