import { rows, type Tx } from '../db/index.js';

/** A table whose rows a backup carries. */
export interface Table {
  /** `schema.table`, quoted where it must be. */
  readonly name: string;
  /** In the order of the table; what the database computes itself is left out. */
  readonly columns: readonly string[];
  /** The primary key: the order in which rows are written and summed. */
  readonly key: readonly string[];
  readonly references: readonly string[];
  /** A row may be megabytes long: such tables are read row by row. */
  readonly isHeavy: boolean;
}

/**
 * Not carried: what ran (the target has its own, compared by name), and what the job engine knows of its own
 * version, of processes that are gone and of its speed; and what strangers try, who are told that it is gone in a day.
 */
const LEFT_OUT =
  /^public\.schema_migration$|^tenders\.trial$|^queue\.(version|instance|warning|bam|subscription|queue_stats.*)$/;

const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name,
         (SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
         coalesce((SELECT array_agg(quote_ident(a.attname) ORDER BY k.at)
                     FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k (attnum, at), pg_attribute a
                    WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum), '{}') AS key,
         coalesce((SELECT array_agg(DISTINCT format('%I.%I', rn.nspname, r.relname))
                     FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
                    WHERE f.conrelid = c.oid AND f.contype = 'f' AND r.oid <> c.oid), '{}') AS references,
         EXISTS (SELECT FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.atttypid = 'bytea'::regtype AND NOT a.attisdropped) AS "isHeavy"
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
     AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
   ORDER BY 1`;

/** Every table of every room, each after those it refers to. */
export async function carriedTables(tx: Tx): Promise<Table[]> {
  const tables = (await rows<Table>(tx, TABLES)).filter(({ name }) => !LEFT_OUT.test(name));
  const ordered: Table[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const ready = [...waiting].filter(({ references }) =>
      references.every((name) => ![...waiting].some((table) => table.name === name)),
    );
    if (ready.length === 0) throw new Error('tables refer to each other in a circle');
    for (const table of ready) waiting.delete(table);
    ordered.push(...ready);
  }
  return ordered;
}

/** Names of the migrations that made this schema, oldest first. */
export async function migrationsOf(tx: Tx): Promise<string[]> {
  const ran = await rows<{ name: string }>(tx, `SELECT name FROM public.schema_migration ORDER BY timestamp`);
  return ran.map(({ name }) => name);
}
