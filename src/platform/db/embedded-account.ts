import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../cannot-start.js';

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/** As whom the server runs, and how a program of it is started. */
export interface Account {
  /** Null: as ourselves. */
  readonly ids: Ids | null;
  /** A user namespace of its own hides that we are root, where no other account may read our folder. */
  readonly unshared: boolean;
}

const ROOT: Ids = { uid: 0, gid: 0 };
const OURSELVES: Account = { ids: null, unshared: false };
/** Nothing of our own environment (addresses, secrets) is handed to the server. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * PostgreSQL refuses to run as root. Tried in turn: the account `postgres`, `nobody`, a user namespace.
 * @param folder of the server alone; it and what is in it are given to the account that is chosen
 * @throws CannotStart when none of them can work there
 */
export function accountFor(folder: string, program: string): Account {
  if (process.getuid?.() !== 0) return OURSELVES;
  for (const name of ['postgres', 'nobody']) {
    const ids = idsOf(name);
    if (ids === null) continue;
    chownSync(folder, ids.uid, ids.gid);
    if (!mayUse(ids, folder, program)) continue;
    give(folder, ids);
    return { ids, unshared: false };
  }
  give(folder, ROOT);
  const probe = spawnSync('unshare', ['--user', program, '--version'], { env: ENVIRONMENT });
  if (probe.status === 0) return { ids: null, unshared: true };
  throw new CannotStart(
    'the embedded PostgreSQL does not run as root, no other account may enter ' +
      `${folder} or the folder of Maillon, and user namespaces are off on this machine: ` +
      'run Maillon as an ordinary user, move it out of the closed folder, or set DATABASE_URL',
  );
}

/** Starts a program of the server as its account. */
export function spawnAs(
  account: Account,
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly stdio: StdioOptions; readonly detached: boolean },
): ChildProcess {
  const command = account.unshared ? ['unshare', '--user', program, ...args] : [program, ...args];
  return spawn(command[0]!, command.slice(1), { ...options, ...account.ids, env: ENVIRONMENT });
}

/** Symlinks are left alone: what they point at is not ours to give. What goes away meanwhile was a server's own. */
function give(path: string, ids: Ids): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isSymbolicLink()) return;
  try {
    if (stat.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), ids);
    if (stat.uid !== ids.uid || stat.gid !== ids.gid) chownSync(path, ids.uid, ids.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function idsOf(name: string): Ids | null {
  const read = (flag: string): number => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : Number.NaN;
  };
  const ids = { uid: read('-u'), gid: read('-g') };
  return Number.isInteger(ids.uid) && Number.isInteger(ids.gid) && ids.uid !== 0 ? ids : null;
}

/** Asked of the system as that account: a closed folder anywhere on the way says no. */
function mayUse(ids: Ids, folder: string, program: string): boolean {
  const question = '"$1" --version >/dev/null 2>&1 && test -w "$2" && test -x "$2"';
  const { status } = spawnSync('/bin/sh', ['-c', question, 'sh', program, folder], {
    ...ids,
    cwd: '/',
    env: ENVIRONMENT,
  });
  return status === 0;
}
