import { rows, type Database, type Tx } from '../platform/db/index.js';
import type { Enterprise } from '../registry/index.js';

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
  await rows(
    tx,
    `WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS g ("id" uuid, "name" text, "kind" text, "profile" jsonb)),
          entered AS (INSERT INTO registry.enterprise (id, organisation_id, created_at) SELECT id, id, $2 FROM given)
     INSERT INTO registry.enterprise_version (id, enterprise_id, organisation_id, name, kind, profile, valid, recorded)
     SELECT id, id, id, name, kind, profile, daterange(NULL, NULL), tstzrange($2, NULL) FROM given`,
    [JSON.stringify(given), now],
  );
}

export interface PostingSize {
  readonly rows: number;
  readonly bytes: number;
}

export async function postingSize(tx: Tx): Promise<PostingSize> {
  const [size] = await rows<PostingSize>(
    tx,
    `SELECT (SELECT count(*)::float8 FROM matching.posting) AS rows,
            pg_total_relation_size('matching.posting')::float8 AS bytes`,
  );
  return size!;
}

/** A table that is still being analysed elsewhere keeps its rows from being called visible to all. */
const VACUUMS = 20;
const PAUSE_MS = 500;

/** What autovacuum does in time: the visibility map lets the index answer alone. As the role that connected. */
export async function vacuumTable({ source }: Database, table: string): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SET ROLE NONE');
    for (let i = 0; i < VACUUMS; i += 1) {
      await runner.query(`VACUUM (ANALYZE) ${table}`);
      const [found] = (await runner.query(
        'SELECT relallvisible >= relpages AS "isVisible" FROM pg_class WHERE oid = $1::regclass',
        [table],
      )) as { isVisible: boolean }[];
      if (found!.isVisible) break;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    await runner.query('RESET ROLE');
  } finally {
    await runner.release();
  }
}

export async function vacuumPostings(database: Database): Promise<void> {
  await vacuumTable(database, 'matching.posting');
  const runner = database.source.createQueryRunner();
  try {
    await runner.query('SET ROLE NONE');
    await runner.query('ANALYZE registry.enterprise_version');
    await runner.query('RESET ROLE');
  } finally {
    await runner.release();
  }
}
