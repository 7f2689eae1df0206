import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Day } from '../kernel/index.js';
import { LegalBasisService } from '../legal-basis/index.js';
import {
  boardsToTell,
  closingTenders,
  deadlinesToRemindOf,
  expiringApprovals,
  expiryTellings,
  oneAtATime,
  PLAN_JOB,
} from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit, type Event } from '../platform/events/index.js';
import { Jobs } from '../platform/queue/index.js';

const MORNING = 'reminders.morning';

/** What people are told in the morning: that a deadline or the end of an approval comes near, and what came to their tenders. */
@Injectable()
export class RemindersPipeline implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly legalBasis: LegalBasisService,
  ) {}

  onModuleInit(): void {
    this.jobs.work<{ day: Day }>(MORNING, (tx, { day }) => this.remind(tx, day));
  }

  /** Has the reminders of a day planned, once. */
  plan(tx: Tx, day: Day): Promise<void> {
    return this.jobs.add(tx, MORNING, { day }, { key: day });
  }

  /** A second run finds what the first one told, and tells nothing. Runs as system. */
  async remind(tx: Tx, day: Day): Promise<void> {
    await oneAtATime(tx, MORNING);
    const now = this.clock.now();
    const { from, until } = deadlinesToRemindOf(day, now);
    for (const { id, organisationId, deadline } of await closingTenders(tx, from, until))
      await this.tell(tx, {
        type: 'tender.closing',
        organisationId,
        subjectId: id,
        payload: { deadline: deadline.toISOString() },
        at: now,
      });
    for (const { organisationId, since } of await boardsToTell(tx, now))
      await this.tell(tx, {
        type: 'boards.morning',
        organisationId,
        subjectId: organisationId,
        payload: { since: since.toISOString(), until: now.toISOString() },
        at: now,
      });
    const { kinds } = await this.legalBasis.rulesAsOf(tx);
    for (const telling of expiryTellings(day))
      for (const { enterpriseId, organisationId, kind, lastDay } of await expiringApprovals(tx, telling))
        await this.tell(tx, {
          type: 'approval.expiring',
          organisationId,
          subjectId: enterpriseId,
          payload: {
            kind,
            names: kinds.get(kind)?.at(-1)?.names ?? {},
            lastDay,
            daysBefore: telling.daysBefore,
          },
          at: now,
        });
  }

  private async tell(tx: Tx, event: Event): Promise<void> {
    const eventId = await emit(tx, event);
    await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
  }
}
