import {
  existsSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CannotStart } from '../cannot-start.js';
import { spawnAs, type Account } from './embedded-account.js';
import type { Binaries } from './embedded-binaries.js';

/** The files of one embedded database. */
export interface Cluster {
  readonly home: string;
  readonly data: string;
  readonly log: string;
  readonly passwordFile: string;
  readonly password: string;
}

export interface Server {
  readonly port: number;
  isAlive(): boolean;
  /** Fast: open transactions are rolled back, what was committed is kept. */
  stop(): Promise<void>;
}

export const OWNER = 'maillon';
const STOP_TIMEOUT_MS = 20_000;
const PID_FILE_PATIENCE_MS = 2000;

/** Makes the data folder aside and moves it into place whole: a half-made one is never taken for a database. */
export async function initialise(
  cluster: Cluster,
  account: Account,
  { initdb }: Binaries,
  durable: boolean,
): Promise<void> {
  if (existsSync(join(cluster.data, 'PG_VERSION'))) return;
  for (const name of readdirSync(cluster.home)) {
    const pid = /^data\.new-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isProcess(Number(pid))) rmSync(join(cluster.home, name), { recursive: true });
  }
  const aside = `${cluster.data}.new-${process.pid}`;
  const options = ['-D', aside, '-U', OWNER, `--pwfile=${cluster.passwordFile}`, '--auth=scram-sha-256'];
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const durability = durable ? [] : ['--no-sync'];
  const child = spawnAs(account, initdb, [...options, ...locale, '-c', 'timezone=UTC', ...durability], {
    cwd: cluster.home,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: false,
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new CannotStart(`the embedded PostgreSQL could not make its data folder: ${said}`);
  try {
    renameSync(aside, cluster.data);
  } catch (error) {
    if (!existsSync(join(cluster.data, 'PG_VERSION'))) throw error;
    rmSync(aside, { recursive: true });
  }
}

/** Starts the server; it outlives us when we are killed, so that no work of it is cut off. */
export async function launch(
  cluster: Cluster,
  account: Account,
  { postgres }: Binaries,
  flags: readonly string[],
  wanted?: number,
): Promise<Server> {
  const port = wanted ?? (await freePort());
  if (existsSync(cluster.log)) renameSync(cluster.log, `${cluster.log}.before`);
  const log = openSync(cluster.log, 'a', 0o600);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=128MB',
    'max_connections=60',
    'log_checkpoints=off',
  ].flatMap((setting) => ['-c', setting]);
  const child = spawnAs(account, postgres, ['-D', cluster.data, '-p', String(port), ...settings, ...flags], {
    cwd: cluster.home,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  let gone = false;
  child.once('exit', () => (gone = true)).once('error', () => (gone = true));
  return server(
    port,
    () => !gone,
    (signal) => child.kill(signal),
  );
}

/** The server that runs on this data folder, whoever started it. */
export async function runningServer(cluster: Cluster): Promise<Server | null> {
  const file = join(cluster.data, 'postmaster.pid');
  const text = await readWhenWritten(file);
  if (text === null) return null;
  const { pid, port } = readPidFile(text);
  if (isServerOf(pid, cluster.data))
    return server(
      port,
      () => isServerOf(pid, cluster.data),
      (signal) => process.kill(pid, signal),
    );
  // PostgreSQL knows the number of a process that is gone for what it is. After a power cut the number may by now be
  // somebody else's, or the file empty: then it would not start.
  if (isProcess(pid) || !(port > 0)) setAside(file, text);
  return null;
}

function readPidFile(text: string): { pid: number; port: number } {
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** A server that is just starting has made its file and not yet written it. */
async function readWhenWritten(file: string): Promise<string | null> {
  for (let waited = 0; ; waited += 25) {
    const text = readIfThere(file);
    if (text === null || readPidFile(text).port > 0 || waited >= PID_FILE_PATIENCE_MS) return text;
    await wait(25);
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Never takes away the file of a server that started since it was read: two servers on one folder would ruin it. */
function setAside(file: string, judged: string): void {
  const aside = `${file}.left-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') === judged) rmSync(aside);
  else renameSync(aside, file);
}

function server(port: number, isAlive: () => boolean, signal: (name: NodeJS.Signals) => void): Server {
  return {
    port,
    isAlive,
    async stop() {
      for (const name of ['SIGINT', 'SIGQUIT'] as const) {
        if (isAlive()) signal(name);
        for (let waited = 0; isAlive() && waited < STOP_TIMEOUT_MS; waited += 20) await wait(20);
      }
    },
  };
}

function isProcess(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A server works in its data folder: that tells it from a process that has its number by chance. */
function isServerOf(pid: number, data: string): boolean {
  if (!isProcess(pid)) return false;
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    } catch {
      return false;
    }
  }
  const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return command.includes('postgres') && command.includes(basename(data));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
