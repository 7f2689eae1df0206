import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LegalRules } from '../legal-basis/index.js';
import { SqlCandidates } from './candidate-source.js';
import { benchBlocks, TOP } from './bench-questions.js';
import type { BenchThread } from './bench-thread.js';
import { secondsSince } from './bench-timing.js';
import type { Bench } from './bench.js';
import type { PostingIndex } from './domain/index.js';

/** Every package of a run put to the register once, by the clock: the fifty best of each, with the bounds of their scores. */
export interface AllFigures {
  readonly packages: number;
  /** On two connections; null above a hundred thousand enterprises, where nobody would ask all of them by SQL. */
  readonly sqlSeconds: number | null;
  /** Null where the postings are spread: no process holds them then. */
  readonly inMemorySeconds: number | null;
  /** In two threads over one index; null when no thread was named. */
  readonly inTwoThreadsSeconds: number | null;
}

const LANES = 2;
/** Past it PostgreSQL takes tens of milliseconds for each. */
const SQL_UP_TO = 100_000;

export async function measureAllPackages(
  bench: Bench,
  index: PostingIndex | null,
  rules: LegalRules,
): Promise<AllFigures> {
  const { size, note, thread } = bench;
  const inMemory = index && (await inThisThread(bench, index, rules));
  const inTwoThreadsSeconds =
    index && thread && (await inThreads(thread, { size, rules, columns: index.columns }));
  if (size.enterprises > SQL_UP_TO)
    note(`left out: every package once by SQL, more than ten minutes above ${SQL_UP_TO} enterprises`);
  const sqlSeconds = size.enterprises > SQL_UP_TO ? null : await bySql(bench, rules);
  return {
    packages: size.packages,
    sqlSeconds,
    inMemorySeconds: inMemory,
    inTwoThreadsSeconds,
  };
}

async function inThisThread({ size, note }: Bench, index: PostingIndex, rules: LegalRules): Promise<number> {
  note('every package once, in memory');
  const start = performance.now();
  const blocks = benchBlocks(size, rules);
  for (let probes = blocks.next(); probes.length > 0; probes = blocks.next()) {
    for (const probe of probes) index.find(probe, TOP);
    // So that a signal is heard.
    await turn();
  }
  return secondsSince(start);
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
  const [blocks, source] = [benchBlocks(size, rules), new SqlCandidates()];
  const lane = (): Promise<void> =>
    inSystem(async (tx) => {
      for (let probes = blocks.next(); probes.length > 0; probes = blocks.next())
        for (const probe of probes) await source.find(tx, probe, TOP);
    });
  await Promise.all(Array.from({ length: LANES }, lane));
  return secondsSince(start);
}
