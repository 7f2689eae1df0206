import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  findDemand,
  FIRST_IDENTITY,
  holdDemand,
  MatchingService,
  newsOf,
  OffersService,
  openPackagesById,
  packagesWithVerdictOn,
  reachOf,
  RematchService,
  WEIGHTS,
  type MatchingOutcome,
} from '../matching/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { EventRelay, Jobs, type EventJob } from '../platform/queue/index.js';
import { loadGeography, lockEnterprise, RegistryService } from '../registry/index.js';
import { tenderById } from '../tenders/index.js';
import { InvitationPipeline } from './invitation.pipeline.js';
import { openPackages } from './open-packages.js';
import { stillOpen } from './open-packages.query.js';
import {
  REMATCH_CAUSES,
  REMATCH_TENDER,
  rematchOpenTenders,
  type RematchCause,
  type Reason,
} from './rematch-all.js';

const ENTERPRISE = 'rematch.enterprise';
const ALL = 'rematch.all';

/**
 * How many packages an enterprise is put to at once, the best first, and how many in each transaction after that: who serves
 * a country under a broad code has to do with thousands, and whoever changes one of them waits.
 */
const AT_FIRST = 50;
const THEN = 500;

const CAUSE_OF: Readonly<Record<string, RematchCause>> = {
  'enterprise.registered': 'enterprise',
  'enterprise.changed': 'enterprise',
  'approval.recorded': 'approval',
  'tender.amended': 'package',
  'tender.extended': 'day',
  'rules.changed': 'rules',
};

/**
 * What is true changes after a tender was matched: an enterprise, an approval, a package, the law, or only the day.
 * Each change is an event or a date; each is taken up in jobs of its own that may run twice, in any order and in
 * several processes. Whoever fits now and did not before is told why now; whoever no longer fits is not written to.
 */
@Injectable()
export class RematchPipeline implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(EventRelay) private readonly relay: EventRelay,
    private readonly registry: RegistryService,
    private readonly offers: OffersService,
    private readonly matching: MatchingService,
    private readonly rematching: RematchService,
    private readonly invitations: InvitationPipeline,
  ) {}

  onModuleInit(): void {
    this.relay.on(['enterprise.registered', 'enterprise.changed', 'approval.recorded'], ENTERPRISE);
    this.relay.on(['tender.amended', 'tender.extended'], REMATCH_TENDER);
    this.relay.on(['rules.changed'], ALL);
    this.jobs.work<EventJob>(ENTERPRISE, async (tx, job) => {
      await this.enterprise(tx, job.subjectId, reasonOf(job), afterOf(job));
    });
    this.jobs.work<EventJob>(REMATCH_TENDER, async (tx, job) => {
      await this.tender(tx, job.subjectId, reasonOf(job));
    });
    this.jobs.work<EventJob>(ALL, (tx, job) => this.everyTender(tx, reasonOf(job)));
  }

  /**
   * Puts one enterprise, as it stands now, to the open packages it may have to do with: all those it has a verdict on, so that
   * none that has ended is shown or written of meanwhile, and those found by what they ask for, the best first. What is left follows in the order of its identities, in jobs that each add the next.
   * @param after only those after that identity; null begins
   */
  async enterprise(
    tx: Tx,
    enterpriseId: string,
    reason: Reason,
    after: string | null = null,
  ): Promise<MatchingOutcome> {
    await lockEnterprise(tx, enterpriseId);
    const on = this.clock.today();
    if (after === null) await this.offers.refresh(tx, [enterpriseId], on);
    const [found] = await this.registry.asOf(tx, [enterpriseId], { on, knownAt: this.clock.now() });
    const reach = found ? reachOf(found.enterprise, loadGeography(), WEIGHTS) : [];
    await holdDemand(tx);
    const count = after === null ? AT_FIRST : THEN;
    const page = after === null ? { best: count + 1 } : { after, count: count + 1 };
    const asking = await findDemand(tx, reach, on, page);
    const best = asking.slice(0, count);
    if (asking.length > count)
      await this.goOn(tx, enterpriseId, reason, after === null ? FIRST_IDENTITY : best.at(-1)!);
    const judged = after === null ? await packagesWithVerdictOn(tx, enterpriseId) : [];
    const named = [...new Set([...judged, ...best])];
    await this.matching.lock(tx, named);
    const packages = await openPackagesById(tx, await stillOpen(tx, named, this.clock.now()));
    const outcome = await this.rematching.rematchEnterprise(tx, enterpriseId, { packages, on });
    await this.tell(tx, outcome, reason);
    return outcome;
  }

  private async goOn(tx: Tx, subjectId: string, { cause, key }: Reason, after: string): Promise<void> {
    const job: EventJob = { eventId: key, type: cause, subjectId, payload: { after } };
    await this.jobs.add(tx, ENTERPRISE, job, { key: `${key}/${subjectId}/${after}` });
  }

  /** Puts the packages of one tender to everybody again. */
  async tender(tx: Tx, tenderId: string, reason: Reason): Promise<MatchingOutcome | null> {
    const tender = await tenderById(tx, tenderId);
    if (tender?.status !== 'published' || (tender.deadline && tender.deadline <= this.clock.now()))
      return null;
    const packages = await openPackages(tx, tender);
    const outcome = await this.matching.matchPackages(tx, { packages, on: this.clock.today() });
    await this.tell(tx, outcome, reason);
    await this.invitations.planNextRound(tx, tender);
    return outcome;
  }

  /** One job for each open tender: each commits alone, and a death in the middle loses none. */
  async everyTender(tx: Tx, { cause, key }: Reason): Promise<void> {
    await rematchOpenTenders(tx, this.jobs, this.clock.now(), { cause, key });
  }

  /** The same for enterprises that only the day changes. */
  async enterprises(tx: Tx, ids: readonly string[], { cause, key }: Reason): Promise<void> {
    for (const subjectId of ids) {
      const job: EventJob = { eventId: key, type: cause, subjectId, payload: {} };
      await this.jobs.add(tx, ENTERPRISE, job, { key: `${key}/${subjectId}` });
    }
  }

  private async tell(tx: Tx, outcome: MatchingOutcome, { cause }: Reason): Promise<void> {
    for (const [tenderId, matches] of newsOf(outcome)) {
      const tender = await tenderById(tx, tenderId);
      const matchIds = matches.map(({ id }) => id);
      if (tender) await this.invitations.planNew(tx, tender, matchIds);
      const eventId = await emit(tx, {
        type: 'match.new',
        organisationId: matches[0]!.organisationId,
        subjectId: tenderId,
        payload: { cause, matchIds },
        at: this.clock.now(),
      });
      await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
    }
  }
}

/** Jobs of a fan-out carry the cause itself. */
function reasonOf({ eventId, type }: EventJob): Reason {
  const cause = CAUSE_OF[type] ?? REMATCH_CAUSES.find((known) => known === type) ?? 'rules';
  return { cause, key: eventId };
}

function afterOf({ payload }: EventJob): string | null {
  return typeof payload['after'] === 'string' ? payload['after'] : null;
}
