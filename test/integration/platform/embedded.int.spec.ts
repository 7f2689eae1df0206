import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbedded, type EmbeddedDatabase } from '../../../src/platform/db/embedded.js';
import { fromRoot } from '../../../src/platform/project-root.js';

/** Whole processes start here, sometimes on a machine that is busy with others. */
const PATIENCE_MS = 180_000;
const FAST = ['-c', 'fsync=off'];
const isRoot = process.getuid?.() === 0;
const hasNamespaces = spawnSync('unshare', ['--user', 'true']).status === 0;

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function eventually(url: string, sql: string): Promise<object[]> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask(url, sql);
    } catch (error) {
      if (tries === 100) throw error;
      await wait(100);
    }
  }
}

const serverPid = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);

/** Another Maillon: a process of its own that starts the database and prints its address. */
async function anotherMaillon(folder: string): Promise<{ process: ChildProcess; said: string }> {
  const module = JSON.stringify(fromRoot('dist/src/platform/db/embedded.js'));
  const program = `
    import { startEmbedded } from ${module};
    try {
      const { url } = await startEmbedded(${JSON.stringify(folder)}, ['-c', 'fsync=off']);
      process.stdout.write(url);
      setInterval(() => {}, 1000);
    } catch (error) {
      process.stdout.write(error.message);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, said: chunk.toString() };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('the embedded database', () => {
  let folder: string;
  let running: EmbeddedDatabase | null = null;
  const children: ChildProcess[] = [];

  async function start(): Promise<EmbeddedDatabase> {
    running = await startEmbedded(folder, FAST);
    return running;
  }
  async function other(): Promise<Awaited<ReturnType<typeof anotherMaillon>>> {
    const maillon = await anotherMaillon(folder);
    children.push(maillon.process);
    return maillon;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'maillon-embedded-'));
    chmodSync(folder, 0o711);
  });
  afterEach(async () => {
    for (const child of children.splice(0))
      if (child.exitCode === null && child.signalCode === null) await kill(child);
    // A server whose Maillon was killed lives on: it is taken over to be stopped.
    if (!running && existsSync(join(folder, 'postgres/data/postmaster.pid'))) await start();
    await running?.stop();
    running = null;
    rmSync(folder, { recursive: true, force: true });
  }, PATIENCE_MS);

  it(
    'starts in an empty folder, stops, and starts again with what was kept',
    async () => {
      const first = await start();
      expect(first).toMatchObject({ firstStart: true, adopted: false });
      await ask(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept SELECT generate_series(1, 100)');
      await first.stop();
      await expect(ask(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);

      const second = await start();
      expect(second).toMatchObject({ firstStart: false, adopted: false });
      expect(
        await ask(second.url, `SELECT count(*)::int AS n, current_setting('server_version') AS v FROM kept`),
      ).toEqual([{ n: 100, v: expect.stringMatching(/^18/) }]);
    },
    PATIENCE_MS,
  );

  it(
    'keeps its password to itself and listens on this machine alone',
    async () => {
      const { url } = await start();
      expect(
        await ask(
          url,
          `SELECT current_setting('listen_addresses') AS a, current_setting('unix_socket_directories') AS s`,
        ),
      ).toEqual([{ a: '127.0.0.1', s: '' }]);
      const strangers = new URL(url);
      strangers.password = 'guessed';
      await expect(ask(strangers.href, 'SELECT 1')).rejects.toThrow(/password/);
    },
    PATIENCE_MS,
  );

  it(
    'is taken over after its Maillon was killed',
    async () => {
      const killed = await other();
      await ask(killed.said, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
      await kill(killed.process);
      expect(await ask(killed.said, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

      const { url, adopted } = await start();
      expect(adopted).toBe(true);
      expect(url).toBe(killed.said);
      expect(await ask(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
      await running?.stop();
      await expect(ask(url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    },
    PATIENCE_MS,
  );

  it(
    'is not taken from a Maillon that lives, which keeps working',
    async () => {
      const living = await other();
      await expect(startEmbedded(folder, FAST)).rejects.toThrow(/another Maillon is running/);
      expect(await ask(living.said, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
    PATIENCE_MS,
  );

  it(
    'belongs to one of two that start at once',
    async () => {
      const both = await Promise.all([other(), other()]);
      const said = both.map((maillon) => maillon.said).sort();
      expect(said).toEqual([
        expect.stringContaining('another Maillon'),
        expect.stringContaining('postgres://'),
      ]);
      expect(await ask(said[1]!, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
    PATIENCE_MS,
  );

  it(
    'comes back by itself, on the same port, when the server is killed',
    async () => {
      const { url } = await start();
      await ask(url, 'CREATE TABLE kept (n int); INSERT INTO kept SELECT generate_series(1, 1000)');
      const pid = serverPid(folder);
      process.kill(pid, 'SIGKILL');
      expect(await eventually(url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
      expect(serverPid(folder)).not.toBe(pid);
    },
    PATIENCE_MS,
  );

  it(
    'is not misled by the files of a power cut',
    async () => {
      await (await start()).stop();
      // The number of the server that is gone now belongs to somebody else: here, to us.
      writeFileSync(join(folder, 'postgres/data/postmaster.pid'), `${process.pid}\n\n\n5432\n`);
      mkdirSync(join(folder, 'postgres/data.new-4194303'));
      await (await start()).stop();
      // Or its file was made and never written.
      writeFileSync(join(folder, 'postgres/data/postmaster.pid'), '');
      expect(await start()).toMatchObject({ firstStart: false, adopted: false });
    },
    PATIENCE_MS,
  );

  it(
    'says what is wrong when the server does not start',
    async () => {
      await (await start()).stop();
      running = null;
      writeFileSync(join(folder, 'postgres/data/PG_VERSION'), '9.6\n');
      await expect(startEmbedded(folder, FAST)).rejects.toThrow(/did not start[^]*9\.6/);
    },
    PATIENCE_MS,
  );

  it(
    'works for root in a folder that no other account may enter',
    async () => {
      // Where root has no way to hide, there is nothing to see; an ordinary user may enter every folder of theirs.
      if (isRoot && !hasNamespaces) return;
      for (const mode of [0o700, 0o700, 0o711]) {
        chmodSync(folder, mode);
        const database = await start();
        await ask(database.url, 'CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (1)');
        await database.stop();
      }
      const { url } = await start();
      expect(await ask(url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 3 }]);
    },
    PATIENCE_MS,
  );
});
