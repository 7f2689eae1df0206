import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fromRoot } from '../platform/project-root.js';
import { PostingIndex, type PostingColumns } from './domain/index.js';
import type { PostingsThread } from './load-postings-thread.js';

const THREAD = pathToFileURL(fromRoot('dist', 'src', 'matching', 'load-postings-thread.js'));

/** The whole projection, read by a thread of its own. What is rewritten meanwhile may be seen twice, in part or not at all. */
export async function loadInThread(workerData: PostingsThread): Promise<PostingIndex> {
  const [columns] = (await once(new Worker(THREAD, { workerData }), 'message')) as [PostingColumns];
  return new PostingIndex(columns);
}
