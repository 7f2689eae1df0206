#!/usr/bin/env node
// What `npm start` runs: compiles when a source is newer, then starts, in this one process that receives the signals.
import './node-24.mjs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const build = spawnSync(process.execPath, [join(root, 'bin/build.mjs')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
await import(pathToFileURL(join(root, 'dist/src/boot.js')).href);
