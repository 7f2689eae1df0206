import { maybeRow, type Tx } from '../db/index.js';

/** Name of the newest migration that ran, null on a database without any. */
export async function newestMigration(tx: Tx): Promise<string | null> {
  const row = await maybeRow<{ name: string }>(
    tx,
    `SELECT name FROM public.schema_migration ORDER BY "timestamp" DESC LIMIT 1`,
  );
  return row?.name ?? null;
}
