import { rows, type Database, type Tx } from '../platform/db/index.js';
import type { Enterprise } from '../registry/index.js';
import { arePostingsSpread } from './find-candidates-spread.query.js';

/** Enters many enterprises at once, as the register would one by one. */
export async function insertEnterprises(
  tx: Tx,
  enterprises: readonly Enterprise[],
  now: Date,
): Promise<void> {
  const given = enterprises.map((enterprise) => {
    const { id, name, kind, ...profile } = enterprise;
    return { id, name, kind, profile };
  });
  // One statement each: a planner of several machines takes no change inside another.
  const values = [JSON.stringify(given), now];
  const from = `FROM jsonb_to_recordset($1::jsonb) AS g ("id" uuid, "name" text, "kind" text, "profile" jsonb)`;
  await rows(
    tx,
    `INSERT INTO registry.enterprise (id, organisation_id, created_at) SELECT id, id, $2 ${from}`,
    values,
  );
  await rows(
    tx,
    `INSERT INTO registry.enterprise_version (id, enterprise_id, organisation_id, name, kind, profile, valid, recorded)
     SELECT id, id, id, name, kind, profile, daterange(NULL, NULL), tstzrange($2, NULL) ${from}`,
    values,
  );
}

export interface PostingSize {
  readonly rows: number;
  readonly bytes: number;
}

export async function postingSize(tx: Tx): Promise<PostingSize> {
  const sizeOf = (await arePostingsSpread(tx)) ? 'citus_total_relation_size' : 'pg_total_relation_size';
  const [size] = await rows<PostingSize>(
    tx,
    `SELECT (SELECT count(*)::float8 FROM matching.posting) AS rows,
            ${sizeOf}('matching.posting')::float8 AS bytes`,
  );
  return size!;
}

type Run = (sql: string, params?: readonly unknown[]) => Promise<unknown>;

/** As the role that connected, which owns the tables, and without a limit of time. */
async function asOwner<T>({ source }: Database, work: (run: Run) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SET ROLE NONE');
    await runner.query('SET statement_timeout = 0');
    const done = await work((sql, params) => runner.query(sql, params as unknown[]));
    await runner.query('RESET ROLE');
    await runner.query('RESET ALL');
    return done;
  } finally {
    await runner.release();
  }
}

/** A large table is filled without its indexes, which are then built in one go: a quarter of the time. */
export async function withoutIndexes(
  database: Database,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  const build = await asOwner(database, async (run) => {
    const found = (await run(
      `SELECT i.indexrelid::regclass AS name, c.conname AS "constraint",
              CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
                   ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END AS build
       FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
       WHERE i.indrelid = $1::regclass`,
      [table],
    )) as { name: string; constraint: string | null; build: string }[];
    for (const { name, constraint } of found)
      await run(constraint ? `ALTER TABLE ${table} DROP CONSTRAINT ${constraint}` : `DROP INDEX ${name}`);
    return found.map((one) => one.build);
  });
  await work();
  await asOwner(database, async (run) => {
    await run("SET maintenance_work_mem = '512MB'");
    for (const sql of build) await run(sql);
  });
}

export async function emptyTables(database: Database, tables: readonly string[]): Promise<void> {
  await asOwner(database, (run) => run(`TRUNCATE ${tables.join(', ')}`));
}

/** A table that is still being analysed elsewhere keeps its rows from being called visible to all. */
const VACUUMS = 20;
const PAUSE_MS = 500;

/** What autovacuum does in time: the visibility map lets the index answer alone. */
export function vacuumTable(database: Database, table: string): Promise<void> {
  return asOwner(database, async (run) => {
    for (let i = 0; i < VACUUMS; i += 1) {
      await run(`VACUUM (ANALYZE) ${table}`);
      const [found] = (await run(
        'SELECT relallvisible >= relpages AS "isVisible" FROM pg_class WHERE oid = $1::regclass',
        [table],
      )) as { isVisible: boolean }[];
      if (found!.isVisible) break;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  });
}

export async function vacuumPostings(database: Database): Promise<void> {
  await vacuumTable(database, 'matching.posting');
  await asOwner(database, (run) => run('ANALYZE registry.enterprise_version'));
}
