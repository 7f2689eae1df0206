import { type Actor, systemActor } from '../../kernel/index.js';
import type { Clock } from '../clock.js';
import type { Database } from '../db/index.js';
import type { Jobs } from './jobs.js';
import { repeat } from './repeat.js';
import { takeUnrelayed } from './unrelayed-events.repository.js';
import type { Loop } from './worker-loop.js';

const EVERY_MS = 500;
const AT_ONCE = 200;
const ACTOR: Actor = systemActor('event-relay');

/** What a job of an event carries. */
export type EventJob = {
  readonly eventId: string;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

/**
 * Makes jobs of events. An event is recorded in the transaction of the change it tells of, so a change that
 * commits always finds its listeners, one that does not never does, and who changes something needs to know
 * nobody. The event and its jobs pass in one transaction: nothing is lost or doubled when a worker dies.
 */
export class EventRelay implements Loop {
  private readonly listeners = new Map<string, string[]>();
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly warn: (message: string, cause: unknown) => void,
  ) {}

  /** Adds a job of that name for every event of the types given. To be called from `onModuleInit`. */
  on(types: readonly string[], job: string): void {
    for (const type of types) this.listeners.set(type, [...(this.listeners.get(type) ?? []), job]);
  }

  start(): void {
    this.stopping = new AbortController();
    const step = async (): Promise<number> => ((await this.pass()) < AT_ONCE ? EVERY_MS : 0);
    this.running = repeat(this.stopping.signal, step, (cause) =>
      this.warn('events were not passed on', cause),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Passes waiting events on. @returns how many */
  pass(): Promise<number> {
    return this.database.transaction(ACTOR, async (tx) => {
      const events = await takeUnrelayed(tx, AT_ONCE, this.clock.now());
      for (const { id, type, subjectId, payload } of events) {
        for (const job of this.listeners.get(type) ?? []) {
          await this.jobs.add<EventJob>(tx, job, { eventId: id, type, subjectId, payload }, { key: id });
        }
      }
      return events.length;
    });
  }
}
