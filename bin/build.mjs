#!/usr/bin/env node
// Compiles when a source is newer than the last build; otherwise costs a few milliseconds.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const stamp = join('dist', '.built');
const sources = globSync(['src/**/*.{ts,scss,mjs}', 'migrations/*.ts', 'tsconfig.json', 'package-lock.json']);
const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) process.exit(0);

rmSync(stamp, { force: true });
const tsc = spawnSync(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json'], {
  stdio: ['ignore', 2, 2],
});
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
mkdirSync('dist', { recursive: true });
writeFileSync(stamp, '');
