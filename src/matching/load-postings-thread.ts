// A thread of the service: reads the projection into memory that all threads see. What else that takes for a while goes with it,
// and meanwhile the thread that answers people answers.
import { parentPort, workerData } from 'node:worker_threads';
import { systemActor } from '../kernel/index.js';
import { appDataSource, Database } from '../platform/db/index.js';
import { readPostings } from './load-postings.query.js';

export interface PostingsThread {
  readonly url: string;
  readonly statementTimeoutMs: number;
}

const source = await appDataSource({
  ...(workerData as PostingsThread),
  entities: [],
  poolSize: 1,
}).initialize();
const builder = await new Database(source)
  .transaction(systemActor('posting-index'), readPostings)
  .finally(() => source.destroy());
parentPort!.postMessage(builder.build().columns, []);
