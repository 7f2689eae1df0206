import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Actor, systemActor } from '../kernel/index.js';
import { Database } from '../platform/db/index.js';
import { EventRelay, Jobs, repeat, WorkerLoop, type EventJob, type Loop } from '../platform/queue/index.js';
import { keepStages, markKindChanged } from './kept-stages.repository.js';

const EVERY_MS = 2_000;
const AT_ONCE = 500;
const KIND_CHANGED = 'monitoring.kind-changed';
const ACTOR: Actor = systemActor('stage-keeper');
const logger = new Logger('monitoring');

/** Writes anew how far the marked packages came. Until then they are asked of what they follow from, or left out and counted as such. */
@Injectable()
export class StageKeeper implements Loop, OnModuleInit {
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(EventRelay) private readonly relay: EventRelay,
    @Inject(WorkerLoop) private readonly workerLoop: WorkerLoop,
  ) {}

  onModuleInit(): void {
    // The register may lie on other machines, where no trigger stands: until this job has run, the kind before counts.
    this.relay.on(['enterprise.changed'], KIND_CHANGED);
    this.jobs.work<EventJob>(KIND_CHANGED, async (tx, { subjectId, payload }) => {
      if (payload['isOfOtherKind'] === true) await markKindChanged(tx, subjectId);
    });
    this.workerLoop.add(this);
  }

  start(): void {
    this.stopping = new AbortController();
    const step = async (): Promise<number> => ((await this.pass()) < AT_ONCE ? EVERY_MS : 0);
    this.running = repeat(this.stopping.signal, step, (cause) =>
      logger.warn({ error: cause }, 'the stages of packages were not kept'),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** @returns how many packages were written anew */
  pass(): Promise<number> {
    return this.database.transaction(ACTOR, (tx) => keepStages(tx, AT_ONCE));
  }
}
