import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ownerDataSource, type Tx } from '../db/index.js';
import {
  COMPRESSION_LEVEL,
  FORMAT,
  RunningSum,
  tableLines,
  type Header,
  type Sums,
  type TableSum,
} from './backup-format.js';
import { carriedTables, migrationsOf } from './tables.query.js';

/**
 * Writes everything the database holds, as it is at one instant, while the service goes on.
 * @param url of the role that owns the schema
 * @param to is ended
 * @returns rows and SHA-256 per table, which are in the file too
 */
export async function writeBackup(url: string, to: Writable, now: Date): Promise<Sums> {
  const gzip = createGzip({ level: COMPRESSION_LEVEL });
  const written = finished(gzip.pipe(to));
  const write = async (value: string): Promise<void> => {
    if (!gzip.write(`${value}\n`)) await once(gzip, 'drain');
  };
  const source = await ownerDataSource(url, []).initialize();
  try {
    const sums = await source.transaction('REPEATABLE READ', async (tx) => {
      await tx.query(`SET TRANSACTION READ ONLY`);
      await tx.query(`SELECT set_config('maillon.role', 'system', true)`);
      return writeTables(tx, now, write);
    });
    gzip.end();
    await written;
    return sums;
  } catch (error) {
    gzip.destroy();
    to.destroy();
    await written.catch(() => undefined);
    throw error;
  } finally {
    await source.destroy();
  }
}

async function writeTables(tx: Tx, now: Date, write: (line: string) => Promise<void>): Promise<Sums> {
  const header: Header = { format: FORMAT, madeAt: now.toISOString(), migrations: await migrationsOf(tx) };
  await write(JSON.stringify(header));
  const sums: Record<string, TableSum> = {};
  for (const table of await carriedTables(tx)) {
    await write(JSON.stringify(['table', table.name]));
    const sum = new RunningSum();
    for await (const line of tableLines(tx, table)) {
      sum.add(line);
      await write(line);
    }
    sums[table.name] = sum.sum();
  }
  await write(JSON.stringify(['sums', sums]));
  return sums;
}
