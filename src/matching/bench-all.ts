import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LegalRules } from '../legal-basis/index.js';
import { benchBlocks, TOP } from './bench-questions.js';
import type { BenchThread } from './bench-thread.js';
import { secondsSince, timed } from './bench-timing.js';
import type { Bench } from './bench.js';
import type { PostingIndex } from './domain/index.js';
import { findCandidates } from './find-candidates.query.js';

/** Every package of a run put to the register once, by the clock: the fifty best of each, with the bounds of their scores. */
export interface AllFigures {
  readonly packages: number;
  /** On two connections; null where it would take an hour. */
  readonly sqlSeconds: number | null;
  readonly inMemorySeconds: number;
  /** In two threads over one index; null when no thread was named. */
  readonly inTwoThreadsSeconds: number | null;
}

const LANES = 2;
/** Past it PostgreSQL takes tens of milliseconds for each. */
const SQL_UP_TO = 100_000;

export async function measureAllPackages(
  bench: Bench,
  index: PostingIndex,
  rules: LegalRules,
): Promise<AllFigures> {
  const { size, note, thread } = bench;
  note('every package once, in memory');
  const inMemory = await timed(async () => {
    const blocks = benchBlocks(size, rules);
    for (let probes = blocks.next(); probes.length > 0; probes = blocks.next()) {
      for (const probe of probes) index.find(probe, TOP);
      // So that a signal is heard.
      await turn();
    }
  });
  const inTwoThreadsSeconds = thread && (await inThreads(thread, { size, rules, columns: index.columns }));
  const sqlSeconds = size.enterprises > SQL_UP_TO ? null : await bySql(bench, rules);
  return {
    packages: size.packages,
    sqlSeconds,
    inMemorySeconds: Math.round(inMemory) / 1000,
    inTwoThreadsSeconds,
  };
}

async function inThreads(thread: URL, shared: Omit<BenchThread, 'part' | 'parts'>): Promise<number> {
  const workers = Array.from({ length: LANES }, (_, part) => {
    const workerData: BenchThread = { ...shared, part, parts: LANES };
    return new Worker(thread, { workerData });
  });
  const all = (): Promise<unknown> => Promise.all(workers.map((worker) => once(worker, 'message')));
  await all();
  const start = performance.now();
  for (const worker of workers) worker.postMessage('go', []);
  await all();
  return secondsSince(start);
}

async function bySql({ size, inSystem, note }: Bench, rules: LegalRules): Promise<number> {
  note('every package once, by SQL');
  const start = performance.now();
  const blocks = benchBlocks(size, rules);
  const lane = (): Promise<void> =>
    inSystem(async (tx) => {
      for (let probes = blocks.next(); probes.length > 0; probes = blocks.next())
        for (const probe of probes) await findCandidates(tx, probe, TOP);
    });
  await Promise.all(Array.from({ length: LANES }, lane));
  return secondsSince(start);
}
