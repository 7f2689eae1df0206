import {
  Global,
  Inject,
  Logger,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import type { Config } from '../config/index.js';
import { Clock } from '../clock.js';
import { Database } from '../db/index.js';
import { CONFIG } from '../platform.module.js';
import { EventRelay } from './event-relay.js';
import { Jobs } from './jobs.js';
import { WorkerLoop } from './worker-loop.js';

const logger = new Logger('queue');

/**
 * Jobs for everybody; the process works on them when its role is `worker` or `all`. Rooms declare their handlers
 * (`jobs.work`) and loops (`workerLoop.add`) in `onModuleInit`.
 */
@Global()
@Module({
  providers: [
    {
      provide: Jobs,
      inject: [Database, CONFIG],
      useFactory: (database: Database, { databaseUrl, role }: Config) =>
        new Jobs(database, {
          databaseUrl,
          works: role !== 'web',
          warn: (message, cause) => logger.warn({ error: cause }, message),
        }),
    },
    {
      provide: EventRelay,
      inject: [Database, Clock, Jobs],
      useFactory: (database: Database, clock: Clock, jobs: Jobs) =>
        new EventRelay(database, clock, jobs, (message, cause) => logger.warn({ error: cause }, message)),
    },
    { provide: WorkerLoop, inject: [Jobs], useFactory: (jobs: Jobs) => new WorkerLoop(jobs) },
  ],
  exports: [EventRelay, Jobs, WorkerLoop],
})
export class QueueModule implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(WorkerLoop) private readonly loop: WorkerLoop,
    @Inject(EventRelay) private readonly relay: EventRelay,
  ) {}

  onModuleInit(): void {
    this.loop.add(this.relay);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role !== 'web') await this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }
}
