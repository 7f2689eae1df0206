#!/usr/bin/env node
// The tagger's start and speed: node bin/build.mjs && node test/bench/tagging.mjs FILE.jsonl[.gz]
// Start: from a new process of the command line to its end, one text answered; by the clock and by processor time.
// Speed: rounds over the texts of the file, in processor time of this one process; the first ones warm up.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { tagText } from '../../dist/src/tagging/domain/index.js';
import { loadTagModel } from '../../dist/src/tagging/files/index.js';

const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));
const STARTS = 9;
const WARM_UP = 3;
const ROUNDS = 7;

const middle = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const times = (count, measure) => Array.from({ length: count }, measure);

/** Tells its processor time when it ends, which no parent can ask of one child alone. */
const TELL_USE = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(2, String((user + system) / 1000));
})`;

function start(file, teller) {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', teller, CLI, 'tag', file]);
  const clock = performance.now() - from;
  if (status !== 0 || stdout.length === 0) throw new Error(`the command failed: ${stderr}`);
  return { clock, processor: Number(stderr.toString()) };
}

function measureStart(text) {
  const folder = mkdtempSync(join(tmpdir(), 'maillon-bench-tagging-'));
  try {
    const file = join(folder, 'one.jsonl');
    const teller = join(folder, 'teller.cjs');
    writeFileSync(file, `${JSON.stringify(text)}\n`);
    writeFileSync(teller, TELL_USE);
    start(file, teller);
    const all = times(STARTS, () => start(file, teller));
    const of = (name) => Math.round(middle(all.map((one) => one[name])));
    return { clockMs: of('clock'), processorMs: of('processor') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureSpeed(texts) {
  const model = loadTagModel();
  const round = () => {
    const from = process.cpuUsage();
    for (const text of texts) tagText(model, text);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000 / texts.length;
  };
  times(WARM_UP, round);
  const ms = middle(times(ROUNDS, round));
  return { processorMsPerText: Number(ms.toFixed(3)), textsPerSecondOfOneCore: Math.round(1000 / ms) };
}

const [file] = process.argv.slice(2);
if (!file) {
  process.stderr.write('usage: node test/bench/tagging.mjs FILE.jsonl[.gz]\n');
  process.exit(2);
}
const bytes = readFileSync(file);
const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split('\n');
const texts = lines.map((line) => {
  const { lang = null, title = null, context = null, text = '' } = JSON.parse(line);
  return { lang, title, context, text };
});
const report = {
  machine: {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    load: loadavg()[0],
    node: process.version,
  },
  texts: texts.length,
  start: measureStart(texts[0]),
  speed: measureSpeed(texts),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
