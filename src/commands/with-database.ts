import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Actor } from '../kernel/index.js';
import { completeConfig, config } from '../platform/config/index.js';
import { keptSecret } from '../platform/config/kept-secret.js';
import { appDataSource, Database, migrate, type DatabaseOptions } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';

export interface OpenDatabase {
  /** The owner's URL. */
  readonly url: string;
  readonly database: Database;
  /** In whose name the operator's verbs run. */
  readonly actor: Actor;
}

type Work<T> = (open: OpenDatabase) => Promise<T>;

/**
 * The owner's URL of the operator's database: the server named by DATABASE_URL, the one of a running Maillon, or the
 * folder's own, started and brought up to date for this.
 */
export async function withDatabaseUrl<T>(work: (url: string) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = config();
  if (databaseUrl !== '') return work(databaseUrl);
  const { runningEmbedded, startEmbedded } = await import('../platform/db/embedded.js');
  const running = await runningEmbedded(dataDir);
  const own = running === null ? await startEmbedded(dataDir) : null;
  try {
    const url = running ?? own!.url;
    completeConfig({ databaseUrl: url, secret: config().secret || keptSecret(dataDir) });
    if (own) await migrate(url);
    return await work(url);
  } finally {
    await own?.stop();
  }
}

/** The operator's database, entered as the service enters it. It must be up to date (`migrate`). */
export function withDatabase<T>(work: Work<T>, entities: DatabaseOptions['entities'] = []): Promise<T> {
  return withDatabaseUrl((url) => connected(url, work, entities));
}

/** A migrated database for one question, removed afterwards. */
export async function withTemporaryDatabase<T>(
  work: Work<T>,
  server: string | undefined,
  entities: DatabaseOptions['entities'] = [],
): Promise<T> {
  if (server !== undefined) return onServer(server, work, entities);
  if (config().databaseUrl !== '') return onServer(config().databaseUrl, work, entities);
  const { startEmbedded } = await import('../platform/db/embedded.js');
  const folder = await mkdtemp(join(tmpdir(), 'maillon-case-'));
  const flags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'].flatMap((flag) => [
    '-c',
    flag,
  ]);
  const embedded = await startEmbedded(folder, flags);
  try {
    await migrate(embedded.url);
    return await connected(embedded.url, work, entities);
  } finally {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function onServer<T>(server: string, work: Work<T>, entities: DatabaseOptions['entities']): Promise<T> {
  const name = `maillon_case_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await administer(server, `CREATE DATABASE ${name}`);
  try {
    await migrate(url.href);
    return await connected(url.href, work, entities);
  } finally {
    await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function administer(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function connected<T>(url: string, work: Work<T>, entities: DatabaseOptions['entities']): Promise<T> {
  const { statementTimeoutMs } = config();
  const source = await appDataSource({ url, entities, poolSize: 4, statementTimeoutMs }).initialize();
  try {
    const actor: Actor = {
      role: 'system',
      organisationId: null,
      personId: null,
      requestId: `cli-${newId(new Date(0)).slice(-12)}`,
    };
    return await work({ url, database: new Database(source), actor });
  } finally {
    await source.destroy();
  }
}
