import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { CannotStart } from '../cannot-start.js';
import { accountFor } from './embedded-account.js';
import { embeddedBinaries } from './embedded-binaries.js';
import { initialise, launch, OWNER, runningServer, type Cluster, type Server } from './embedded-server.js';

export interface EmbeddedDatabase {
  /** The owner's URL. */
  readonly url: string;
  /** True when the server was already running, left behind by a Maillon that was killed. */
  readonly adopted: boolean;
  readonly firstStart: boolean;
  /** Lets go and stops the server; committed work is kept. */
  stop(): Promise<void>;
}

/** Held by the one Maillon that uses the folder while its connection lives: nothing to clean up after a crash. */
const OWNER_LOCK = 7_201_505;
const DATABASE = 'maillon';
const ANSWER_TIMEOUT_MS = 60_000;
const LOCK_PATIENCE_MS = 2000;
const REVIVE_PAUSE_MS = 500;
const WRONG_PASSWORD = '28P01';

/** Another Maillon works with this folder. */
export class FolderInUse extends CannotStart {
  constructor(folder: string) {
    super(
      `another Maillon is running with ${folder}: stop it, or set DATA_DIR (and PORT) to run a second one`,
    );
  }
}

/**
 * Starts the PostgreSQL that came through npm in a folder, or takes over the one a killed Maillon left there.
 * When the server dies under us it is started again on the same port.
 * @param dir made when absent, with a password of its own
 * @param flags further options of `postgres`, for instance `-c fsync=off` in tests
 * @throws CannotStart, FolderInUse among them
 */
export async function startEmbedded(dir: string, flags: readonly string[] = []): Promise<EmbeddedDatabase> {
  const folder = resolve(dir);
  const cluster = prepare(folder);
  const firstStart = !existsSync(join(cluster.data, 'PG_VERSION'));
  const { server, adopted } = await answeringServer(cluster, flags);
  const owner = await takeOwnership(cluster, server.port);
  if (owner === null) throw new FolderInUse(folder);
  await createDatabase(owner);
  const guard = keepAlive(cluster, flags, server, owner);
  return { url: urlOf(cluster, server.port, DATABASE), adopted, firstStart, stop: guard.stop };
}

function prepare(folder: string): Cluster {
  const home = join(folder, 'postgres');
  // As root the server runs under another account, which must be able to pass through.
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const passwordFile = join(home, 'password');
  writeOnce(passwordFile, `${randomBytes(24).toString('base64url')}\n`);
  const password = readFileSync(passwordFile, 'utf8').trim();
  return { home, data: join(home, 'data'), log: join(home, 'log'), passwordFile, password };
}

/** Whole and once, also when two start at the same time. */
function writeOnce(file: string, text: string): void {
  if (existsSync(file)) return;
  const aside = `${file}.new-${process.pid}`;
  writeFileSync(aside, text, { mode: 0o600 });
  try {
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
}

async function answeringServer(
  cluster: Cluster,
  flags: readonly string[],
  port?: number,
): Promise<{ server: Server; adopted: boolean }> {
  const left = await runningServer(cluster);
  if (left && (await answers(cluster, left))) return { server: left, adopted: true };
  const binaries = embeddedBinaries();
  const account = accountFor(cluster.home, binaries.postgres);
  await initialise(cluster, account, binaries, !flags.includes('fsync=off'));
  const started = await launch(cluster, account, binaries, flags, port);
  if (await answers(cluster, started)) return { server: started, adopted: false };
  // Two starts at once: the quicker one's server is the server.
  const other = await runningServer(cluster);
  if (other && (await answers(cluster, other))) return { server: other, adopted: true };
  const said = readFileSync(cluster.log, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
  throw new CannotStart(`the embedded PostgreSQL did not start (${cluster.log}):\n${said}`);
}

/** Waits while it starts or recovers. @returns false when it died */
async function answers(cluster: Cluster, server: Server): Promise<boolean> {
  const until = process.hrtime.bigint() + BigInt(ANSWER_TIMEOUT_MS) * 1_000_000n;
  while (server.isAlive()) {
    const client = await connect(cluster, server.port);
    if (client) {
      await client.end();
      return true;
    }
    if (process.hrtime.bigint() > until)
      throw new CannotStart(`the embedded PostgreSQL has not answered for a minute; see ${cluster.log}`);
    await wait(25);
  }
  return false;
}

async function connect(cluster: Cluster, port: number): Promise<Client | null> {
  const client = new Client({
    connectionString: urlOf(cluster, port, 'postgres'),
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if ((error as { code?: string }).code === WRONG_PASSWORD)
      throw new CannotStart(`${cluster.passwordFile} is not the password of the database beside it`, {
        cause: error,
      });
    return null;
  }
}

/** @returns the connection that holds the folder, or null when another Maillon holds it */
async function takeOwnership(cluster: Cluster, port: number): Promise<Client | null> {
  const client = await connect(cluster, port);
  if (client === null) throw new CannotStart(`the embedded PostgreSQL went away; see ${cluster.log}`);
  for (let waited = 0; ; waited += 50) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      OWNER_LOCK,
    ]);
    if (rows[0]?.taken === true) break;
    if (waited >= LOCK_PATIENCE_MS) {
      await client.end();
      return null;
    }
    await wait(50);
  }
  return client;
}

async function createDatabase(owner: Client): Promise<void> {
  const { rowCount } = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await owner.query(`CREATE DATABASE ${DATABASE}`);
}

/** The owner's connection ends when the server does: then it is started again. */
function keepAlive(
  cluster: Cluster,
  flags: readonly string[],
  first: Server,
  holder: Client,
): { stop(): Promise<void> } {
  let server = first;
  let owner: Client | null = holder;
  const stopping = new AbortController();
  let reviving: Promise<void> = Promise.resolve();

  async function revive(): Promise<void> {
    owner = null;
    while (!stopping.signal.aborted && owner === null) {
      try {
        server = (await answeringServer(cluster, flags, first.port)).server;
        owner = await takeOwnership(cluster, server.port);
      } catch {
        // Its own log says why; meanwhile the service reports that it is not ready.
      }
      if (owner === null) await wait(REVIVE_PAUSE_MS);
    }
    if (owner) watch(owner);
  }
  function watch(connection: Client): void {
    // Alone it must not keep a process alive that has nothing left to do.
    hold(connection, false);
    connection.once('end', () => {
      if (!stopping.signal.aborted) reviving = revive();
    });
  }
  watch(holder);

  return {
    async stop() {
      stopping.abort();
      await reviving;
      if (owner) {
        hold(owner, true);
        await owner.end();
      }
      await server.stop();
    },
  };
}

/** Whether this connection keeps our process alive; the driver's types do not name the two methods. */
function hold(client: Client, wanted: boolean): void {
  const { ref, unref } = client as unknown as { ref(): void; unref(): void };
  (wanted ? ref : unref).call(client);
}

function urlOf({ password }: Cluster, port: number, database: string): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The URL of the database that a running Maillon keeps in a folder, or null: for a look in, without taking it over. */
export async function runningEmbedded(dir: string): Promise<string | null> {
  const folder = resolve(dir);
  if (!existsSync(join(folder, 'postgres', 'data', 'PG_VERSION'))) return null;
  const cluster = prepare(folder);
  const server = await runningServer(cluster);
  return server && (await answers(cluster, server)) ? urlOf(cluster, server.port, DATABASE) : null;
}
