import { createHash, type Hash } from 'node:crypto';
import { rows, type Tx } from '../db/index.js';
import type { Table } from './tables.query.js';

/** First line of a backup. */
export interface Header {
  readonly format: typeof FORMAT;
  readonly madeAt: string;
  /** The schema it was made of: only the same takes it back. */
  readonly migrations: readonly string[];
}

/** How many rows of a table, and the SHA-256 of their lines in the order of the key. */
export interface TableSum {
  readonly rows: number;
  readonly sha256: string;
}

export type Sums = Readonly<Record<string, TableSum>>;

/**
 * A backup is gzipped text, a JSON value a line: the header, then per table `["table", name]` and its rows as
 * objects, at last `["sums", {...}]`, without which it is cut off.
 */
export const FORMAT = 'maillon-backup-1';
export const COMPRESSION_LEVEL = 6;
const ROWS_AT_ONCE = 500;

/** Sums up the rows of one table while they pass. */
export class RunningSum {
  private readonly hash: Hash = createHash('sha256');
  private count = 0;

  add(line: string): void {
    this.hash.update(line).update('\n');
    this.count += 1;
  }

  sum(): TableSum {
    return { rows: this.count, sha256: this.hash.digest('hex') };
  }
}

/** The rows of a table as JSON texts, a few at a time; numbers keep every digit, as they never become our own. */
export async function* tableLines(tx: Tx, { name, columns, key, isHeavy }: Table): AsyncGenerator<string> {
  const row = `to_jsonb(r)::text`;
  const order = key.length > 0 ? key.join(', ') : `${row} COLLATE "C"`;
  await tx.query(
    `DECLARE backup_rows NO SCROLL CURSOR FOR SELECT ${row} AS line FROM (SELECT ${columns.join(', ')} FROM ${name}) r ORDER BY ${order}`,
  );
  try {
    for (;;) {
      const lines = await rows<{ line: string }>(tx, `FETCH ${isHeavy ? 1 : ROWS_AT_ONCE} FROM backup_rows`);
      if (lines.length === 0) return;
      for (const { line } of lines) yield line;
    }
  } finally {
    await tx.query('CLOSE backup_rows');
  }
}

/** What the tables hold now. */
export async function sumsOf(tx: Tx, tables: readonly Table[]): Promise<Sums> {
  const sums: Record<string, TableSum> = {};
  for (const table of tables) {
    const sum = new RunningSum();
    for await (const line of tableLines(tx, table)) sum.add(line);
    sums[table.name] = sum.sum();
  }
  return sums;
}
