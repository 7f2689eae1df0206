#!/usr/bin/env node
// Clause answers per second from the command line, start included: node bin/build.mjs && node test/bench/clause.mjs 100000 1000000
// Two files: the worked rows over and over, each with an id of its own, and facts drawn at random, no two alike.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { rulesFromFiles } from '../../dist/src/legal-basis/files/index.js';

const SIZES = process.argv.slice(2).map(Number);
const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));
const CASES = fileURLToPath(new URL('../../src/legal-basis/cases/clauses.yaml', import.meta.url));

const rules = rulesFromFiles();
const rows = parse(readFileSync(CASES, 'utf8'));
const vocabulary = [...rules.knownCpv];
const social = [...rules.cpvLists.get('ART77').at(-1).codes];
const grants = [...rules.overlays].filter(([, [first]]) => first.duty === 'subsidy-condition');
const BUYERS = [
  'public',
  'public',
  'public-utility',
  'private',
  'private-captured',
  'private-subsidy',
  'pep',
];

let seed = 12_345;
function chance() {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}
const below = (limit) => Math.floor(chance() * limit);
const pick = (list) => list[below(list.length)];
const sometimes = (share, value) => (chance() < share ? value() : undefined);

function drawn(index) {
  const buyer = pick(BUYERS);
  const pep = buyer === 'pep';
  const nature = sometimes(0.9, () => pick(['works', 'services', 'supplies']));
  const region = sometimes(0.9, () => pick(['WAL', 'BRU', 'VLA']));
  const [grant, [rule]] = pick(grants);
  const named = buyer === 'private-subsidy' && (rule.region ?? region) === region;
  const first = Date.parse(rules.known.from);
  const days = (Date.parse(rules.known.until ?? rules.lawAsOf) - first) / 86_400_000;
  return {
    id: `r${index}`,
    date: new Date(first + below(days) * 86_400_000).toISOString().slice(0, 10),
    buyer,
    level: sometimes(0.9, () => pick(['federal', 'regional', 'local', 'eco-dev-op'])),
    region,
    nature,
    value: sometimes(0.9, () => Math.exp(8 + 9 * chance()).toFixed(2)),
    cpv: sometimes(0.9, () => [pick(vocabulary), pick(chance() < 0.3 ? social : vocabulary)]),
    workKind: nature === 'works' ? pick(['building', 'roads-zae']) : undefined,
    durationDays: sometimes(0.7, () => 1 + below(1500)),
    vatRate: sometimes(0.1, () => pick(['0.06', '0.12', '0.21'])),
    subsidy: named ? grant : undefined,
    mainClause: pep ? pick(['flex', 'training', 'subcontracting', 'none']) : undefined,
    mainContract: pep ? `C-${below(1e6)}` : undefined,
  };
}
const worked = (index) => ({
  ...rows[index % rows.length].facts,
  id: `${rows[index % rows.length].id}-${index}`,
});

function write(path, count, fact) {
  const file = openSync(path, 'w');
  for (let index = 0; index < count;) {
    let text = '';
    for (const end = Math.min(count, index + 5000); index < end; index += 1)
      text += `${JSON.stringify(fact(index))}\n`;
    writeSync(file, text);
  }
  closeSync(file);
}

/** Told by the process itself as it ends: what it used, which a busy machine does not blur as it does the clock. */
const TELL = `import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => process.stderr.write(JSON.stringify(process.resourceUsage())));`;

function run(path) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const tell = `data:text/javascript,${encodeURIComponent(TELL)}`;
    const child = spawn(process.execPath, ['--import', tell, CLI, 'clause', path]);
    let [bytes, told] = [0, ''];
    child.stdout.on('data', (chunk) => (bytes += chunk.length));
    child.stderr.on('data', (chunk) => (told += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`exit ${code}: ${told}`));
      resolve({ seconds: (performance.now() - start) / 1000, bytes, used: JSON.parse(told) });
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'maillon-bench-'));
const results = [];
try {
  for (const [facts, fact] of Object.entries({ worked, drawn }))
    for (const count of SIZES.length > 0 ? SIZES : [100_000]) {
      const path = join(folder, `${facts}.jsonl`);
      write(path, count, fact);
      const load = loadavg()[0];
      const { seconds, bytes, used } = await run(path);
      const cpuSeconds = (used.userCPUTime + used.systemCPUTime) / 1e6;
      results.push({
        facts,
        count,
        seconds: Number(seconds.toFixed(1)),
        perSecond: Math.round(count / seconds),
        cpuSeconds: Number(cpuSeconds.toFixed(1)),
        perCpuSecond: Math.round(count / cpuSeconds),
        peakMiB: Math.round(used.maxRSS / 1024),
        answersMiB: Math.round(bytes / 2 ** 20),
        loadBefore: Number(load.toFixed(1)),
      });
      process.stderr.write(`${JSON.stringify(results.at(-1))}\n`);
    }
} finally {
  rmSync(folder, { recursive: true });
}
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() };
process.stdout.write(`${JSON.stringify({ ...machine, results }, null, 2)}\n`);
