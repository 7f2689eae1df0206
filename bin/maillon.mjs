#!/usr/bin/env node
// The command line. In a checkout it compiles first when a source is newer; installed, it runs what was built.
import './node-24.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (existsSync(join(root, 'src')) && existsSync(join(root, 'node_modules', 'typescript7'))) {
  const build = spawnSync(process.execPath, [join(root, 'bin/build.mjs')], { stdio: 'inherit' });
  if (build.status !== 0) process.exit(1);
}
await import(pathToFileURL(join(root, 'dist/src/cli.js')).href);
