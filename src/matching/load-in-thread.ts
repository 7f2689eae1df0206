import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fromRoot } from '../platform/project-root.js';
import { PostingIndex, type PostingColumns } from './domain/index.js';
import type { PostingsThread } from './load-postings-thread.js';

const THREAD = pathToFileURL(fromRoot('dist', 'src', 'matching', 'load-postings-thread.js'));

/** What is read lives for a moment, or outside of the heap. */
const YOUNG_MB = 8;

/**
 * The whole projection, read by a thread of its own. What is rewritten meanwhile may be seen twice, in part or not at all.
 * @throws what ended the thread before it had read
 */
export async function loadInThread(workerData: PostingsThread): Promise<PostingIndex> {
  const thread = new Worker(THREAD, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  const ended = once(thread, 'exit').then(([code]) => {
    throw new Error(`the thread that reads postings ended with ${code}`);
  });
  const [columns] = (await Promise.race([once(thread, 'message'), ended])) as [PostingColumns];
  return new PostingIndex(columns);
}
