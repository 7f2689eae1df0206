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

/** Readies a database for being spread, as the one that another URL names is; where that has no Citus it does nothing. */
export async function installCitusLike(model: string, url: string): Promise<void> {
  if (await connected(model, async (client) => (await client.query(CITUS)).rowCount === 0)) return;
  await connected(url, async (client) => {
    await client.query('CREATE EXTENSION IF NOT EXISTS citus');
    const name = client.escapeIdentifier(new URL(url).pathname.slice(1));
    await client.query(`ALTER DATABASE ${name} SET citus.propagate_set_commands = 'local'`);
  });
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Spreads what grows with the number of enterprises over the machines of a Citus cluster; without Citus it does
 * nothing, and what is spread already stays. All of it, or nothing.
 * @param url of the role that owns the schema @returns the tables that were spread or copied now
 */
export function spreadTables(url: string): Promise<number> {
  return connected(url, async (client) => {
    if ((await client.query(CITUS)).rowCount === 0) return 0;
    const { rows } = await client.query<{ table: string }>(SPREAD_ALREADY);
    const already = new Set(rows.map(({ table }) => table));
    const tables = (await tablesOf(client)).filter((table) => !already.has(table));
    const statements = distributionStatements(tables, await policiesOf(client));
    await client.query('BEGIN');
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
    return statements.filter((statement) => statement.startsWith('SELECT create_')).length;
  });
}
