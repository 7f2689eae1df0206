#!/usr/bin/env node
// Starts jest in ESM mode, the same on every system.
import './node-24.mjs';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)];
const run = spawnSync(process.execPath, [...options, ...jest], { stdio: 'inherit' });
process.exit(run.status ?? 1);
