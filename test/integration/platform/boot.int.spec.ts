import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../../src/platform/db/embedded.js';
import { fromRoot } from '../../../src/platform/project-root.js';
import { cloneDatabase } from '../../database.js';

interface Started {
  readonly process: ChildProcess;
  /** All that was printed up to the address, or up to the end. */
  readonly said: string;
  readonly address: string | null;
}

/** Whole processes start here, sometimes on a machine that is busy with others. */
const PATIENCE_MS = 180_000;
const started: ChildProcess[] = [];

/** Runs what `npm start` runs, until it says where it is or ends. */
async function boot(environment: Record<string, string>, ...options: string[]): Promise<Started> {
  const child = spawn(process.execPath, [fromRoot('dist/src/boot.js'), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  started.push(child);
  let said = '';
  const ready = new Promise<void>((resolve) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/Maillon (is ready|works)/.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => resolve());
  });
  await ready;
  return { process: child, said, address: /http:\/\/\S+/.exec(said)?.[0] ?? null };
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

async function occupy(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('the start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'maillon-boot-'));
    chmodSync(folder, 0o711);
  });
  afterEach(async () => {
    for (const child of started.splice(0)) await end(child);
    // What a kill left running is taken over, to be stopped.
    if (existsSync(join(folder, 'postgres/data/postmaster.pid'))) await (await startEmbedded(folder)).stop();
    rmSync(folder, { recursive: true, force: true });
  }, PATIENCE_MS);

  it(
    'needs nothing: it prints its address, serves there, and stops cleanly with its database',
    async () => {
      const { process: child, said, address } = await boot({ DATA_DIR: folder }, '--empty');
      expect(said).toContain('Maillon is ready');
      const ready = await fetch(`${address}/health/ready`);
      expect(ready.status).toBe(200);
      expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
      // As npm and a terminal send it: twice.
      child.kill('SIGINT');
      expect(await end(child, 'SIGINT')).toBe(0);
      expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
    },
    PATIENCE_MS,
  );

  it(
    'keeps its secret, and takes over after a kill',
    async () => {
      const killed = await boot({ DATA_DIR: folder }, '--empty');
      const secret = readFileSync(join(folder, 'secret'), 'utf8');
      killed.process.kill('SIGKILL');
      await once(killed.process, 'close');
      const again = await boot({ DATA_DIR: folder }, '--empty');
      expect(again.said).toContain('Maillon is ready');
      expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(secret);
    },
    PATIENCE_MS,
  );

  it(
    'refuses a folder that another Maillon works with, and leaves that one alone',
    async () => {
      const first = await boot({ DATA_DIR: folder }, '--empty');
      const second = await boot({ DATA_DIR: folder }, '--empty');
      expect(second.said).toContain('another Maillon is running');
      expect(second.process.exitCode).toBe(1);
      expect((await fetch(`${first.address}/health/ready`)).status).toBe(200);
    },
    PATIENCE_MS,
  );

  it(
    'takes the next free port when the standard one is taken, but not when it was named',
    async () => {
      const probe = await occupy(0);
      const { port } = probe.address() as AddressInfo;
      const named = await boot({ DATA_DIR: folder, PORT: String(port) }, '--empty');
      probe.close();
      expect(named.said).toContain(`port ${port} of 127.0.0.1 is in use by another program`);
      expect(named.process.exitCode).toBe(1);
      expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);

      const standard = await occupy(3000).catch(() => null);
      const other = await boot({ DATA_DIR: folder }, '--empty');
      standard?.close();
      expect(other.address).toMatch(/^http:\/\/localhost:30(0[1-9]|1\d|20)$/);
    },
    PATIENCE_MS,
  );

  it(
    'says all that is wrong with its configuration, before anything starts',
    async () => {
      const { said, process: child } = await boot({ DATA_DIR: folder, PORT: 'x', LOG_LEVEL: 'loud' });
      expect(said).toMatch(/PORT: expected[^]*LOG_LEVEL: expected/);
      expect(child.exitCode).toBe(1);
      expect(existsSync(join(folder, 'postgres'))).toBe(false);
    },
    PATIENCE_MS,
  );

  it(
    'uses a database of the operator’s, pages and queue apart',
    async () => {
      const db = await cloneDatabase();
      const port = String(20_000 + (process.pid % 20_000));
      const environment = { DATABASE_URL: db.url, SECRET: 's'.repeat(32), PORT: port, ROLE: 'worker' };
      const worker = await boot(environment);
      expect(worker.said).toContain('Maillon works on its queue');
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
      expect(await end(worker.process)).toBe(0);
      await db.drop();
    },
    PATIENCE_MS,
  );
});
