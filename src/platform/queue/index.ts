export { EventRelay, type EventJob } from './event-relay.js';
export {
  ClaimLost,
  Jobs,
  type JobHandler,
  type JobPayload,
  type LongJob,
  type LongJobHandler,
} from './jobs.js';
export { QueueModule } from './queue.module.js';
export { WorkerLoop, type Loop } from './worker-loop.js';
export { repeat } from './repeat.js';
