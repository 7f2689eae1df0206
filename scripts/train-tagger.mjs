#!/usr/bin/env node
// Trains the tagger from labelled procurement texts: npm run train -- --labelled PATH [--seed N] [--data DIR]
import { parseArgs } from 'node:util';
import { fromRoot } from '../dist/src/platform/project-root.js';
import { trainFromFiles } from '../dist/src/tagging/training/train-from-files.js';

const { values } = parseArgs({
  options: {
    labelled: { type: 'string' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string', default: fromRoot('data') },
  },
});
if (!values.labelled) {
  process.stderr.write('usage: npm run train -- --labelled FILE.jsonl[.gz] [--seed N] [--data DIR]\n');
  process.exit(2);
}
const started = performance.now();
trainFromFiles({
  labelled: values.labelled,
  dataDirectory: values.data,
  seed: Number(values.seed),
  report: (step) => {
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${step}\n`);
  },
});
