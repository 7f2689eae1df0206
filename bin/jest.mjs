#!/usr/bin/env node
// Starts jest from the root, the same on every system.
import './node-24.mjs';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const jest = ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)];
const run = spawnSync(process.execPath, jest, { stdio: 'inherit' });
process.exit(run.status ?? 1);
