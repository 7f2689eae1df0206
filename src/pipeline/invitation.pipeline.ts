import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { coverageOf } from '../answers/index.js';
import {
  invitationPlanOf,
  keepInvitations,
  MATCHING_LIMITS,
  MatchingService,
  nextRoundAt,
  planInvitations,
  settleInvitations,
  uninvitedOf,
  type Uninvited,
} from '../matching/index.js';
import { dayInBrussels } from '../kernel/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { EventRelay, Jobs, type EventJob } from '../platform/queue/index.js';
import { tenderById, type Tender } from '../tenders/index.js';
import { mailsLeftIn, mailsOfWeek } from './mails-of-week.query.js';
import { openPackages } from './open-packages.js';
import { uncoveredPackages, type Uncovered } from './uncovered-packages.query.js';

const DUE = 'invitations.due';
const NEXT_ROUND = 'invitations.next-round';
const ANSWERED = 'invitations.answered';

/** Who is invited when: planned as soon as the matches stand, kept, and carried out batch by batch. */
@Injectable()
export class InvitationPipeline implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(EventRelay) private readonly relay: EventRelay,
    private readonly matching: MatchingService,
  ) {}

  onModuleInit(): void {
    this.jobs.work<{ tenderId: string; at: string }>(DUE, (tx, { tenderId, at }) =>
      this.due(tx, tenderId, new Date(at)),
    );
    this.jobs.work<{ tenderId: string }>(NEXT_ROUND, (tx, { tenderId }) => this.nextRound(tx, tenderId));
    this.relay.on(['answer.given', 'answer.decided', 'team.changed'], ANSWERED);
    this.jobs.work<EventJob>(ANSWERED, (tx, event) => this.answered(tx, event));
  }

  /**
   * Plans whom publishing tells: of each package the first, or all that are invited by name. Those of the first batch are
   * due at once.
   */
  async plan(tx: Tx, tender: Tender): Promise<void> {
    const first = tender.visibility === 'invited' ? null : MATCHING_LIMITS.kept;
    await this.invite(tx, tender, await uninvitedOf(tx, tender.id, { first }));
    await this.planNextRound(tx, tender);
  }

  /** Plans the invitations of pairs that fit since something changed: whatever their place, what is new is told. */
  async planNew(tx: Tx, tender: Tender, matchIds: readonly string[]): Promise<void> {
    await this.invite(tx, tender, await uninvitedOf(tx, tender.id, { matchIds }));
  }

  /**
   * Has more enterprises told once those told until now have had their day, if the whole of some package is not offered by
   * then. To be asked again when a deadline moves: there may be time now; and when what was offered is not any more. One a day.
   */
  async planNextRound(tx: Tx, tender: Tender): Promise<void> {
    if (tender.visibility === 'invited' || (await this.uncovered(tx, tender.id)).length === 0) return;
    const { moments } = await invitationPlanOf(tx, tender.id);
    const last = moments.findLast(({ state }) => state === 'planned')?.at ?? this.clock.now();
    const at = nextRoundAt(last, tender.deadline);
    if (at === null) return;
    await this.jobs.add(
      tx,
      NEXT_ROUND,
      { tenderId: tender.id },
      { key: `${tender.id} ${dayInBrussels(at)}`, after: at },
    );
  }

  /** Who offered the whole may take it back, be declined or lose a partner, after the last round was thought to be enough. */
  private async answered(tx: Tx, { payload }: EventJob): Promise<void> {
    const isLess =
      (typeof payload['kind'] === 'string' && payload['kind'] !== 'full') ||
      payload['state'] === 'declined' ||
      payload['state'] === 'refused' ||
      payload['isComplete'] === false;
    const tender = isLess ? await tenderById(tx, String(payload['tenderId'])) : null;
    if (tender?.status === 'published') await this.planNextRound(tx, tender);
  }

  /** The best after those who were told, of each package of which nobody offers the whole; who was told on the way stays told. */
  private async nextRound(tx: Tx, tenderId: string): Promise<void> {
    const tender = await tenderById(tx, tenderId);
    const now = this.clock.now();
    if (tender?.status !== 'published' || (tender.deadline && tender.deadline <= now)) return;
    const uncovered = await this.uncovered(tx, tenderId);
    const due = uncovered.filter(({ goesOn }) => !goesOn);
    let count = 0;
    for (const [told, some] of Map.groupBy(due, ({ round }) => round)) {
      const packageIds = some.map(({ packageId }) => packageId);
      const first = MATCHING_LIMITS.kept * (told + 2);
      const packages = await openPackages(tx, tender, packageIds);
      await this.matching.matchPackages(tx, { packages, on: this.clock.today(), best: first });
      count += await this.invite(
        tx,
        tender,
        await uninvitedOf(tx, tenderId, { first, packageIds }),
        told + 1,
      );
    }
    if (count > 0) await this.tellThoseDue(tx, tender, now);
    // Where nobody is left to be told, nobody is looked for tomorrow.
    if (count > 0 || due.length < uncovered.length) await this.planNextRound(tx, tender);
  }

  /** What parts cover line by line is covered, too. */
  private async uncovered(tx: Tx, tenderId: string): Promise<readonly Uncovered[]> {
    const found = await uncoveredPackages(tx, tenderId, MATCHING_LIMITS.kept, this.clock.now());
    if (found.length === 0) return found;
    const coverage = await coverageOf(
      tx,
      found.map(({ packageId }) => packageId),
    );
    return found.filter(({ packageId }) => {
      const { covered = 0, lines = 0 } = coverage.get(packageId) ?? {};
      return lines === 0 || covered < lines;
    });
  }

  private async invite(
    tx: Tx,
    tender: Tender,
    uninvited: readonly Uninvited[],
    round: number = 0,
  ): Promise<number> {
    const now = this.clock.now();
    const ids = uninvited.map(({ enterpriseId }) => enterpriseId);
    const mailsLeft = mailsLeftIn(await mailsOfWeek(tx, ids, now));
    const owners = new Map(uninvited.map((one) => [`${one.packageId} ${one.enterpriseId}`, one]));
    const plan = planInvitations(uninvited, { now, deadline: tender.deadline }, mailsLeft);
    const rows = plan.map((one) => ({ ...owners.get(`${one.packageId} ${one.enterpriseId}`)!, ...one }));
    await keepInvitations(tx, tender.id, rows, { round, now });
    const later = new Set(plan.filter(({ at }) => at > now).map(({ at }) => at.toISOString()));
    for (const at of later) {
      await this.jobs.add(
        tx,
        DUE,
        { tenderId: tender.id, at },
        { key: `${tender.id} ${at}`, after: new Date(at) },
      );
    }
    return plan.length;
  }

  /** A batch is due: whoever of it still fits is told. */
  private async due(tx: Tx, tenderId: string, at: Date): Promise<void> {
    const tender = await tenderById(tx, tenderId);
    const isOpen = tender?.status === 'published';
    const count = await settleInvitations(tx, tenderId, isOpen ? 'due' : 'dropped', at);
    if (isOpen && count > 0) await this.tellThoseDue(tx, tender, at);
  }

  private async tellThoseDue(tx: Tx, tender: Tender, at: Date): Promise<void> {
    const eventId = await emit(tx, {
      type: 'invitation.due',
      organisationId: tender.organisationId,
      subjectId: tender.id,
      payload: { at: at.toISOString() },
      at: this.clock.now(),
    });
    await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
  }
}
