// A thread of `maillon bench match`: looks up its share of all packages in an index that another thread has loaded.
import { parentPort, workerData } from 'node:worker_threads';
import type { LegalRules } from '../legal-basis/index.js';
import type { BenchSize } from './bench.js';
import { benchBlocks, benchQuestions, TOP } from './bench-questions.js';
import { PostingIndex, type PostingColumns } from './domain/index.js';

export interface BenchThread {
  readonly size: BenchSize;
  readonly rules: LegalRules;
  /** In memory that both threads see. */
  readonly columns: PostingColumns;
  /** Which of how many. */
  readonly part: number;
  readonly parts: number;
}

const { size, rules, columns, part, parts } = workerData as BenchThread;
const index = new PostingIndex(columns);
benchQuestions(size.seed, rules, { from: 0, count: 1 });
parentPort!.once('message', () => {
  const blocks = benchBlocks(size, rules, part, parts);
  for (let probes = blocks.next(); probes.length > 0; probes = blocks.next())
    for (const probe of probes) index.find(probe, TOP);
  parentPort!.postMessage('done', []);
});
parentPort!.postMessage('ready', []);
