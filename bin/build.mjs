#!/usr/bin/env node
// Compiles when a source is newer than the last build; otherwise costs a few milliseconds.
import './node-24.mjs';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const LOCK = join('dist', '.building');
/** For test runs: the compiler has written its files all the same, and `npm run types` is a check of its own. */
const DESPITE_TYPE_ERRORS = process.argv.includes('--despite-type-errors');
const LOCK_PATIENCE_MS = 120_000;

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Folders count too: their time moves when a file in them goes. */
function under(folder) {
  if (!existsSync(folder)) return [];
  return [folder, ...readdirSync(folder, { recursive: true }).map((name) => join(folder, name))];
}

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(DESPITE_TYPE_ERRORS ? 0 : (status ?? 1));
}

function step(name, sources, work) {
  const stamp = join('dist', `.${name}`);
  const built = modified(stamp);
  if (built > 0 && sources.every((source) => modified(source) < built)) return;
  const startedAt = new Date();
  rmSync(stamp, { force: true });
  work();
  writeFileSync(stamp, '');
  // A file saved while this ran is newer than the stamp that closes it.
  utimesSync(stamp, startedAt, startedAt);
}

/** What was compiled from a file that is gone would still be found, a migration above all. */
function dropOrphans() {
  for (const folder of ['src', 'migrations']) {
    for (const path of under(join('dist', folder))) {
      const source = path.slice('dist/'.length).replace(/\.js(\.map)?$/, '.ts');
      if (/\.js(\.map)?$/.test(path) && !existsSync(source)) rmSync(path, { force: true });
    }
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One build at a time: a second command would load half-written files. */
function locked(work) {
  mkdirSync('dist', { recursive: true });
  for (
    const end = Date.now() + LOCK_PATIENCE_MS;
    ;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
  ) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST' || Date.now() > end) throw error;
      const owner = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
      const abandoned = owner > 0 ? !isAlive(owner) : Date.now() - modified(LOCK) > 1000;
      if (abandoned) rmSync(LOCK, { force: true });
    }
  }
  process.once('exit', () => rmSync(LOCK, { force: true }));
  work();
}

const settings = ['tsconfig.json', 'package-lock.json'];
locked(() => {
  step(
    'compiled',
    [...under('src'), ...under('migrations'), ...settings].filter((file) => !/\.(njk|yaml)$/.test(file)),
    () => {
      run('node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json');
      dropOrphans();
    },
  );
  step('vocabulary', [...under('src/tagging'), ...under('data/tagging'), ...under('data/cpv')], () =>
    run(join('bin', 'build-vocabulary.mjs')),
  );
  const assets = join('bin', 'build-assets.mjs');
  if (existsSync(assets))
    step(
      'styled',
      [assets, ...under('src/web/shared/styles'), ...under('src/web/shared/assets'), 'package-lock.json'],
      () => run(assets),
    );
});
