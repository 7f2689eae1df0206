import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Actor } from '../src/kernel/index.js';
import { appDataSource, Database } from '../src/platform/db/database.js';

export const SYSTEM: Actor = { role: 'system', organisationId: null, personId: null, requestId: 'test' };

export interface TestDatabase {
  /** The owner's URL. */
  readonly url: string;
  /** The service's own way in, as the role that owns nothing. */
  readonly database: Database;
  drop(): Promise<void>;
}

/** A database of this test file alone: a clone of the migrated template, made in some tens of milliseconds. */
export async function cloneDatabase(
  entities: Parameters<typeof appDataSource>[0]['entities'] = [],
): Promise<TestDatabase> {
  const { MAILLON_TEST_SERVER: server, MAILLON_TEST_TEMPLATE: template } = process.env;
  if (!server || !template) throw new Error('run through jest: its global setup starts the database');
  const name = `maillon_test_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await admin(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const source = await appDataSource({
    url: url.href,
    entities,
    poolSize: 8,
    statementTimeoutMs: 20_000,
  }).initialize();
  return {
    url: url.href,
    database: new Database(source),
    async drop() {
      await source.destroy();
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
