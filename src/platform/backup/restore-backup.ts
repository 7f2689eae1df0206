import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../../kernel/index.js';
import { ownerDataSource, rows, type Tx } from '../db/index.js';
import { holdsOwnedRows } from '../db/owned-rows.query.js';
import { FORMAT, RunningSum, sumsOf, type Header, type Sums, type TableSum } from './backup-format.js';
import { carriedTables, migrationsOf, type Table } from './tables.query.js';

export interface Restored {
  readonly madeAt: string;
  readonly sums: Sums;
}

const BATCH_ROWS = 500;
const BATCH_CHARACTERS = 4_000_000;

/**
 * Brings a backup back into a database of the same schema that holds nobody's rows, whole or not at all: what is
 * in the tables afterwards is summed again and must be what was written.
 * @param url of the role that owns the schema
 * @param afterwards runs in the same transaction; mails that waited must not leave a second time
 * @throws Refusal `backup-unreadable`, `backup-cut-off`, `backup-of-another-schema`, `backup-differs`,
 * `database-not-empty`
 */
export async function restoreBackup(
  url: string,
  from: Readable,
  afterwards: (tx: Tx) => Promise<void>,
): Promise<Restored> {
  if (await holdsOwnedRows(url)) throw new Refusal('database-not-empty');
  const source = await ownerDataSource(url, []).initialize();
  try {
    return await source.transaction(async (tx) => {
      await tx.query(`SELECT set_config('maillon.role', 'system', true)`);
      const tables = await carriedTables(tx);
      await emptyOut(tx, tables);
      const restored = await readInto(tx, tables, lines(from));
      compare(restored.sums, await sumsOf(tx, tables));
      await afterwards(tx);
      return restored;
    });
  } finally {
    from.destroy();
    await source.destroy();
  }
}

/**
 * What a fresh start puts in by itself, the law above all: the backup's own comes instead. Rows of some tables are
 * never deleted one by one; nobody owns any of these.
 */
async function emptyOut(tx: Tx, tables: readonly Table[]): Promise<void> {
  const held: string[] = [];
  for (const { name } of tables) {
    const any = await rows(tx, `SELECT 1 FROM ${name} LIMIT 1`);
    if (any.length > 0) held.push(name);
  }
  if (held.length > 0) await tx.query(`TRUNCATE ${held.join(', ')}`);
}

/** @throws Refusal when it is no gzip, or its end is missing */
async function* lines(from: Readable): AsyncGenerator<string> {
  const unzipped = createGunzip();
  from.once('error', (error) => unzipped.destroy(error));
  try {
    yield* createInterface({ input: from.pipe(unzipped), crlfDelay: Infinity });
    // Reading line by line ends quietly where the stream broke.
    if (unzipped.errored) throw unzipped.errored;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { code } = error as { code?: string };
    if (code === 'Z_BUF_ERROR') throw new Refusal('backup-cut-off');
    if (code === 'Z_DATA_ERROR') throw new Refusal('backup-unreadable');
    throw error;
  }
}

async function readInto(tx: Tx, tables: readonly Table[], from: AsyncGenerator<string>): Promise<Restored> {
  const header = readHeader((await from.next()).value as string | undefined);
  const ours = await migrationsOf(tx);
  if (header.migrations.join() !== ours.join()) throw new Refusal('backup-of-another-schema');
  const sums: Record<string, TableSum> = {};
  let filling: Filling | null = null;
  for await (const line of from) {
    if (line.startsWith('{')) {
      if (!filling) throw new Refusal('backup-unreadable');
      await filling.add(line);
      continue;
    }
    if (filling) sums[filling.name] = await filling.finish();
    const [kind, said] = JSON.parse(line) as ['table', string] | ['sums', Sums];
    if (kind === 'sums') {
      compare(said, sums);
      return { madeAt: header.madeAt, sums };
    }
    const table = tables.find(({ name }) => name === said);
    if (!table) throw new Refusal('backup-of-another-schema');
    filling = new Filling(tx, table);
  }
  throw new Refusal('backup-cut-off');
}

function readHeader(line: string | undefined): Header {
  try {
    const header = JSON.parse(line ?? '') as Header;
    if (header.format === FORMAT) return header;
    throw new Refusal('backup-unreadable');
  } catch {
    throw new Refusal('backup-unreadable');
  }
}

function compare(said: Sums, found: Sums): void {
  for (const name of new Set([...Object.keys(said), ...Object.keys(found)])) {
    const [one, other] = [said[name], found[name]];
    if (one?.rows !== other?.rows || one?.sha256 !== other?.sha256)
      throw new Refusal('backup-differs', { table: name, said: one?.rows ?? 0, found: other?.rows ?? 0 });
  }
}

/** Puts the rows of one table in, many at a time. */
class Filling {
  private readonly sum = new RunningSum();
  private waiting: string[] = [];
  private characters = 0;

  constructor(
    private readonly tx: Tx,
    private readonly table: Table,
  ) {}

  get name(): string {
    return this.table.name;
  }

  async add(line: string): Promise<void> {
    this.sum.add(line);
    this.waiting.push(line);
    this.characters += line.length;
    if (this.waiting.length >= BATCH_ROWS || this.characters >= BATCH_CHARACTERS) await this.flush();
  }

  async finish(): Promise<TableSum> {
    await this.flush();
    return this.sum.sum();
  }

  private async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const { name, columns } = this.table;
    const list = columns.join(', ');
    await this.tx.query(
      `INSERT INTO ${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
      [`[${this.waiting.join(',')}]`],
    );
    this.waiting = [];
    this.characters = 0;
  }
}
