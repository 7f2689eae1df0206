#!/usr/bin/env node
// Starts jest in ESM mode, the same on every system.
import { spawnSync } from 'node:child_process';

const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)];
const run = spawnSync(process.execPath, [...options, ...jest], { stdio: 'inherit' });
process.exit(run.status ?? 1);
