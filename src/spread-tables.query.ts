import { Client } from 'pg';
import { distributionStatements, type TablePolicy } from './distribution.js';

/** Whether Citus is installed in this database: then its tables can be spread over the machines that Citus knows. */
const CITUS = `SELECT FROM pg_available_extensions WHERE name = 'citus' AND installed_version IS NOT NULL`;

const TABLES = `
  SELECT n.nspname || '.' || c.relname AS "table" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|citus|columnar|information_schema$)'
  ORDER BY 1`;

const POLICIES = `
  SELECT schemaname || '.' || tablename AS "table", policyname AS name, qual AS using, with_check AS "check"
  FROM pg_policies ORDER BY 1, 2`;

const SPREAD_ALREADY = `SELECT logicalrelid::text AS "table" FROM pg_dist_partition`;

/** Every table of the database, with its schema, in order. */
export async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(TABLES);
  return rows.map(({ table }) => table);
}

export async function policiesOf(client: Client): Promise<TablePolicy[]> {
  return (await client.query<TablePolicy>(POLICIES)).rows;
}

/**
 * Spreads what grows with the number of enterprises over the machines of a Citus cluster; without Citus it does
 * nothing, and what is spread already stays. All of it, or nothing.
 * @param url of the role that owns the schema @returns the tables that were spread or copied now
 */
export async function spreadTables(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    if ((await client.query(CITUS)).rowCount === 0) return 0;
    const { rows } = await client.query<{ table: string }>(SPREAD_ALREADY);
    const already = new Set(rows.map(({ table }) => table));
    const tables = (await tablesOf(client)).filter((table) => !already.has(table));
    const statements = distributionStatements(tables, await policiesOf(client));
    await client.query('BEGIN');
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
    return statements.filter((statement) => statement.startsWith('SELECT create_')).length;
  } finally {
    await client.end();
  }
}
