#!/usr/bin/env node
// Publishes tenders of one package over HTTP, one after the other, in a basin of 10,000 enterprises, and says how long it is
// from the request until the matches with their reasons are stored and read by another connection. `cpu` is the processor
// time of the service and its database together.
// Usage: node bin/build.mjs && node test/bench/publish.mjs [--enterprises N] [--samples N]. Ends with 1 at 150 ms or more.
import { mkdtempSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { draftOf } from './one-package.mjs';
import { enterRegister, ownerOf, personOf, processorMs, serve } from './pages-world.mjs';
import { endWithBench } from './with-postgres.mjs';

const { values } = parseArgs({
  options: {
    enterprises: { type: 'string', default: '10000' },
    samples: { type: 'string', default: '100' },
  },
});
const ALLOWED_MS = 150;
/** Published before it counts. */
const WARM = 5;
const MOST_MS = 10_000;
const dist = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url));
const note = (text) => process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'maillon-publish-'));
await endWithBench({ folder, isKept: false }, bench);

async function bench(url) {
  const { prepareDatabase } = await dist('prepare-database.js');
  await prepareDatabase(url, { sample: false });
  const owner = await ownerOf(url);
  const service = await serve(url, 'all');
  const { vacuumPostings } = await dist('matching/bench-load.repository.js');
  note(`${values.enterprises} enterprises`);
  await enterRegister(service, owner, Number(values.enterprises));
  await vacuumPostings(service.database);
  const contractor = await personOf(service, 'contractor');
  const { benchPackage } = await dist('matching/bench-world.js');
  const [answered, stored, cpu, counts] = [[], [], [], []];
  for (let n = -WARM; n < Number(values.samples); n += 1) {
    const { trades, value } = benchPackage(1, n + WARM);
    const { tenderId } = await draftOf(contractor, n + WARM, { trades, value });
    const one = await publish(service, owner, contractor, tenderId);
    await pause(200);
    if (n < 0 || one === null) continue;
    answered.push(one.answered);
    stored.push(one.stored);
    cpu.push(one.cpu);
    counts.push(one.matches);
  }
  await service.app.close();
  await owner.end();
  const [p50, p95] = [at(stored, 0.5), at(stored, 0.95)];
  const report = {
    machine: { cpu: cpus()[0].model, cores: availableParallelism(), node: process.version },
    enterprises: Number(values.enterprises),
    samples: stored.length,
    matchesMedian: at(counts, 0.5),
    answeredMs: { p50: at(answered, 0.5), p95: at(answered, 0.95) },
    storedMs: { p50, p95 },
    cpuMs: { p50: at(cpu, 0.5), p95: at(cpu, 0.95) },
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return p95 < ALLOWED_MS ? 0 : 1;
}

/** Milliseconds from the request to its answer, and to the matches as somebody else sees them; null where none came. */
async function publish({ app }, owner, { headers }, tenderId) {
  const url = `${await app.getUrl()}/api/v1/tenders/${tenderId}/publication`;
  const before = await processorMs(owner);
  const start = performance.now();
  const answer = await fetch(url, { method: 'POST', headers });
  if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
  const answered = performance.now() - start;
  while (performance.now() - start < MOST_MS) {
    const { rows } = await owner.query(
      'SELECT count(*)::int AS matches FROM matching.match WHERE tender_id = $1',
      [tenderId],
    );
    if (rows[0].matches > 0) {
      const stored = performance.now() - start;
      return { answered, stored, matches: rows[0].matches, cpu: (await processorMs(owner)) - before };
    }
    await pause(5);
  }
  return null;
}

function at(list, share) {
  const sorted = list.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
