import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DecisionService } from '../answers/index.js';
import type { Actor, Problem } from '../kernel/index.js';
import { dropInvitations, MatchingService } from '../matching/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import { EventRelay, Jobs, type EventJob } from '../platform/queue/index.js';
import { MATCH_JOB } from './tender.pipeline.js';
import { tradedPackages } from './open-packages.js';
import { PublishedTenderService, type WithdrawalGiven } from '../tenders/index.js';
import { writeDemandOf } from './open-demand.js';

const WITHDRAWN = 'package.withdrawn.follow';

/** What a contractor does after publishing, besides answering and deciding; whoever heard of it is told. */
@Injectable()
export class PublishedPipeline implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(EventRelay) private readonly relay: EventRelay,
    private readonly published: PublishedTenderService,
    private readonly decisions: DecisionService,
    private readonly matching: MatchingService,
  ) {}

  onModuleInit(): void {
    this.relay.on(['package.withdrawn'], WITHDRAWN);
    this.jobs.work<EventJob>(WITHDRAWN, async (tx, { subjectId, eventId }) => {
      await this.matching.closePackages(tx, [subjectId]);
      await dropInvitations(tx, subjectId);
      await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
    });
  }

  /** Leaves more time to answer. New matches of a deadline that had passed follow by `RematchPipeline`. */
  async extend(
    actor: Actor,
    tenderId: string,
    change: { readonly deadline: Date; readonly reason: string },
  ): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const eventId = await this.published.extend(tx, actor, tenderId, change);
      await writeDemandOf(tx, tenderId);
      await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
      const about = { organisationId: actor.organisationId!, subjectId: tenderId, at: this.clock.now() };
      await audit(tx, { ...about, action: 'tender.extended' });
    });
  }

  /**
   * Publishes packages that are not offered yet: they are matched, and whom they fit is told of them.
   * @returns what is still missing; empty when they are published
   */
  async add(actor: Actor, tenderId: string, packageIds: readonly string[]): Promise<Problem[]> {
    return this.db.transaction(actor, async (tx) => {
      const chosen = await tradedPackages(tx, tenderId, packageIds);
      const added = await this.published.add(tx, actor, tenderId, chosen);
      if (Array.isArray(added)) return added;
      await writeDemandOf(tx, tenderId);
      await this.jobs.add(tx, MATCH_JOB, { tenderId, eventId: added.eventId }, { key: added.eventId });
      const about = { organisationId: actor.organisationId!, subjectId: tenderId, at: this.clock.now() };
      await audit(tx, { ...about, action: 'tender.packages-added' });
      return [];
    });
  }

  /** Takes one package back; its matches end, what is planned about it is not sent, and whoever knows it is told. */
  async withdrawPackage(actor: Actor, packageId: string, given: WithdrawalGiven): Promise<string> {
    return this.db.transaction(actor, async (tx) => {
      await this.decisions.requireUnpromised(tx, packageId);
      const { tenderId } = await this.published.withdrawPackage(tx, actor, packageId, given);
      const about = { organisationId: actor.organisationId!, subjectId: packageId, at: this.clock.now() };
      await audit(tx, { ...about, action: 'package.withdrawn' });
      return tenderId;
    });
  }
}
