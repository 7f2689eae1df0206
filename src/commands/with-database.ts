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
import { installCitusLike, spreadTables } from '../spread-tables.query.js';
import { tidied } from './tidied.js';

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
  const own = running === null ? startEmbedded(dataDir) : null;
  return tidied(
    async () => {
      const url = running ?? (await own!).url;
      completeConfig({ databaseUrl: url, secret: config().secret || keptSecret(dataDir) });
      if (own) await migrate(url);
      return work(url);
    },
    async () => (await own)?.stop(),
  );
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
  const folder = await mkdtemp(join(tmpdir(), 'maillon-case-'));
  return tidied(
    () => withKeptDatabase(folder, work, entities),
    () => rm(folder, { recursive: true, force: true }),
  );
}

/** A migrated database in a folder of its own, made when absent and kept; quick rather than safe from a power cut. */
export async function withKeptDatabase<T>(
  folder: string,
  work: Work<T>,
  entities: DatabaseOptions['entities'] = [],
): Promise<T> {
  const { startEmbedded } = await import('../platform/db/embedded.js');
  const flags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const embedded = startEmbedded(
    folder,
    flags.flatMap((flag) => ['-c', flag]),
  );
  return tidied(
    async () => {
      const { url } = await embedded;
      await migrate(url);
      return connected(url, work, entities);
    },
    async () => (await embedded).stop(),
  );
}

async function onServer<T>(server: string, work: Work<T>, entities: DatabaseOptions['entities']): Promise<T> {
  const name = `maillon_case_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  return tidied(
    async () => {
      await administer(server, `CREATE DATABASE ${name}`);
      await installCitusLike(server, url.href);
      await migrate(url.href);
      await spreadTables(url.href);
      return connected(url.href, work, entities);
    },
    () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  );
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
