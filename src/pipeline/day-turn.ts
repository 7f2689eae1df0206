import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { PersonalDataService } from '../accounts/index.js';
import { addDays, type Actor, type Day, systemActor } from '../kernel/index.js';
import { lawChangesByDay } from '../legal-basis/index.js';
import { forgetDemand, lockDemand, keepMerits, meritOf, takeDay, WEIGHTS } from '../matching/index.js';
import { morningOf } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { repeat, WorkerLoop, type Loop } from '../platform/queue/index.js';
import { enterprisesChangedByDay, RegistryService } from '../registry/index.js';
import { tendersClosed } from './open-packages.query.js';
import { RematchPipeline } from './rematch.pipeline.js';
import { RemindersPipeline } from './reminders.pipeline.js';
import { RetentionService } from './retention.service.js';
import { trackRecords } from './track-records.query.js';

const EVERY_MS = 60_000;
const ACTOR: Actor = systemActor('day-turn');
const logger = new Logger('pipeline');

/**
 * What only the date changes: an approval that ends, a threshold that begins, a crew that is free from today, somebody
 * who left a year ago. Each day is taken up once, by one worker; days on which nothing ran are caught up with.
 */
@Injectable()
export class DayTurn implements Loop, OnModuleInit {
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  /** Asking again would do no harm, and is spared. */
  private remindedOn: Day | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(WorkerLoop) private readonly workerLoop: WorkerLoop,
    private readonly rematch: RematchPipeline,
    private readonly reminders: RemindersPipeline,
    private readonly registry: RegistryService,
    private readonly personalData: PersonalDataService,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.workerLoop.add(this);
  }

  start(): void {
    this.stopping = new AbortController();
    const step = async (): Promise<number> => {
      await this.turn();
      return EVERY_MS;
    };
    this.running = repeat(this.stopping.signal, step, (cause) =>
      logger.warn({ error: cause }, 'the day was not taken up'),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * Takes the day, unless it was taken; then what is kept long enough goes. From the morning on, its reminders leave.
   * @returns whether this call took it
   */
  async turn(): Promise<boolean> {
    const isOurs = await this.database.transaction(ACTOR, (tx) => this.take(tx));
    if (isOurs) await this.retention.forget();
    const today = this.clock.today();
    if (this.remindedOn !== today && this.clock.now() >= morningOf(today)) {
      await this.database.transaction(ACTOR, (tx) => this.reminders.plan(tx, today));
      this.remindedOn = today;
    }
    return isOurs;
  }

  private async take(tx: Tx): Promise<boolean> {
    const today = this.clock.today();
    const before = await takeDay(tx, today, this.clock.now());
    if (before === undefined) return false;
    const since = before ?? addDays(today, -1);
    const records = await trackRecords(tx, this.clock.now(), WEIGHTS.meritOf.rotationDays);
    await keepMerits(
      tx,
      records.map(({ enterpriseId, record, engagements }) => ({
        enterpriseId,
        record,
        engagements,
        merit: meritOf(record, WEIGHTS.meritOf, today),
      })),
      today,
    );
    await this.personalData.planLongGone(tx);
    const reason = { cause: 'day', key: `day ${today}` } as const;
    if (await lawChangesByDay(tx, since, today)) await this.rematch.everyTender(tx, reason);
    const changed = await enterprisesChangedByDay(tx, since, today);
    await this.resume(tx, changed, today);
    await this.rematch.enterprises(tx, changed, reason);
    // Last: nothing can be published while it is held, and a large register takes half a minute to read.
    await lockDemand(tx);
    await forgetDemand(tx, await tendersClosed(tx, this.clock.now()));
    return true;
  }

  /** Pauses end on the day that they name. */
  private async resume(tx: Tx, ids: readonly string[], today: Day): Promise<void> {
    const named = await this.registry.asOf(tx, ids, { on: today, knownAt: this.clock.now() });
    for (const { enterprise } of named) {
      const { id, approvals: _, ...profile } = enterprise;
      if (profile.active || !profile.resumesOn || profile.resumesOn > today) continue;
      await this.registry.changeProfile(tx, ACTOR, id, { ...profile, active: true, resumesOn: null }, today);
    }
  }
}
