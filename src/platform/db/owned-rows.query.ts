import { Client, escapeIdentifier } from 'pg';

const OWNED_TABLES = `
  SELECT n.nspname AS schema, c.relname AS table
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE a.attname = 'organisation_id' AND NOT a.attisdropped AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   ORDER BY 1, 2`;

/** True when anybody's row is in the database, in whatever room. */
export async function holdsOwnedRows(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, options: '-c maillon.role=system' });
  await client.connect();
  try {
    const { rows } = await client.query<{ schema: string; table: string }>(OWNED_TABLES);
    for (const { schema, table } of rows) {
      const name = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
      const { rowCount } = await client.query(`SELECT 1 FROM ${name} LIMIT 1`);
      if (rowCount !== 0) return true;
    }
    return false;
  } finally {
    await client.end();
  }
}
