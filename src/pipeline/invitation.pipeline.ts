import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  DecideService,
  forecastOf,
  INVITATION_RULES,
  keepInvitations,
  MATCHING_LIMITS,
  planInvitations,
  recommendedDeadline,
  settleInvitations,
  uninvitedOf,
  type Forecast,
  type MailsLeft,
  type Match,
  type OpenPackage,
  type PackageDecision,
} from '../matching/index.js';
import type { Day } from '../kernel/index.js';
import { PLAN_JOB } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { Jobs } from '../platform/queue/index.js';
import { enterpriseNames } from '../registry/index.js';
import { hears, tenderById, type Tender } from '../tenders/index.js';
import { mailsOfWeek } from './mails-of-week.query.js';
import { openPackages } from './open-packages.js';
import { onePackageOfEachTrade } from './open-packages.query.js';

const DUE = 'invitations.due';

/** More packages than this are not decided while somebody waits for a page. */
export const FORECAST_PACKAGES = 50;

export interface InvitationForecast extends Forecast {
  /** The first deadline that leaves everybody the time to answer. */
  readonly recommended: Day;
  /** The best of each package, most packages first: whom a contractor may invite by name. */
  readonly candidates: readonly Candidate[];
  /** Of some package more may fit than were weighed. */
  readonly isCut: boolean;
  /** Who could do each package, as things stand. */
  readonly reach: ReadonlyMap<string, Reach>;
}

export interface Candidate {
  readonly enterpriseId: string;
  readonly name: string;
  /** Packages that it fits; 0 where not all were weighed. */
  readonly packages: number;
}

/** How many enterprises could do a package: the whole, a part; where these are few, who nearly could, and whether a team could. */
export interface Reach {
  /** More may fit: these are the best. */
  readonly isCut: boolean;
  readonly whole: number;
  readonly part: number;
  readonly nearly: number;
  readonly team: boolean;
}

/** Who is invited when: planned as soon as the matches stand, kept, and carried out batch by batch. */
@Injectable()
export class InvitationPipeline implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly decisions: DecideService,
  ) {}

  onModuleInit(): void {
    this.jobs.work<{ tenderId: string; at: string }>(DUE, (tx, { tenderId, at }) =>
      this.due(tx, tenderId, new Date(at)),
    );
  }

  /** Plans the invitations of a tender that are not planned yet; those of the first batch are due at once. */
  async plan(tx: Tx, tender: Tender): Promise<void> {
    const now = this.clock.now();
    const uninvited = await uninvitedOf(tx, tender.id);
    const mailsLeft = await this.mailsLeft(
      tx,
      uninvited.map(({ enterpriseId }) => enterpriseId),
    );
    const owners = new Map(uninvited.map((one) => [`${one.packageId} ${one.enterpriseId}`, one]));
    const plan = planInvitations(uninvited, { now, deadline: tender.deadline }, mailsLeft);
    const rows = plan.map((one) => ({ ...owners.get(`${one.packageId} ${one.enterpriseId}`)!, ...one }));
    await keepInvitations(tx, tender.id, rows, now);
    const later = new Set(plan.filter(({ at }) => at > now).map(({ at }) => at.toISOString()));
    for (const at of later) {
      await this.jobs.add(
        tx,
        DUE,
        { tenderId: tender.id, at },
        { key: `${tender.id} ${at}`, after: new Date(at) },
      );
    }
  }

  /**
   * What publishing would do now, on a draft, or adding these packages to what is published; null when it is too large to be asked in passing.
   * Runs as system.
   * @param wanted of each package: as many as publishing keeps, more for somebody who looks for one by its name
   */
  async forecast(
    tx: Tx,
    tender: Tender,
    deadline: Date | null,
    { only = null, wanted = MATCHING_LIMITS.kept }: { only?: readonly string[] | null; wanted?: number } = {},
  ): Promise<InvitationForecast | null> {
    const packages = await openPackages(tx, tender, only, FORECAST_PACKAGES + 1);
    if (packages.length > FORECAST_PACKAGES) return null;
    const decided = await this.weigh(tx, packages, wanted);
    const matches = decided.flatMap((decision) => fitting(decision.matches));
    const told = decided.flatMap(({ open: { invited = [] }, matches: found }) =>
      fitting(found).filter(
        ({ enterpriseId }, at) => at < MATCHING_LIMITS.kept || invited.includes(enterpriseId),
      ),
    );
    const hearing = told.filter(({ enterpriseId }) => hears(tender, enterpriseId));
    const mailsLeft = await this.mailsLeft(
      tx,
      hearing.map(({ enterpriseId }) => enterpriseId),
    );
    const plan = planInvitations(hearing, { now: this.clock.now(), deadline }, mailsLeft);
    return {
      ...forecastOf(plan),
      recommended: recommendedDeadline(hearing, this.clock.today()),
      candidates: await candidatesOf(tx, matches),
      isCut: decided.some((decision) => fitting(decision.matches).length >= wanted),
      reach: new Map(decided.map((decision) => [decision.open.package.id, reachOf(decision, wanted)])),
    };
  }

  /** Whom a contractor may invite by name to a tender of which no forecast is made: who fits one package of each trade. Runs as system. */
  async candidates(tx: Tx, tender: Tender): Promise<readonly Candidate[]> {
    const some = await onePackageOfEachTrade(tx, tender.id, FORECAST_PACKAGES);
    const decided = await this.weigh(tx, await openPackages(tx, tender, some), MATCHING_LIMITS.kept);
    const found = await candidatesOf(
      tx,
      decided.flatMap((decision) => fitting(decision.matches)),
    );
    return found.map((one) => ({ ...one, packages: 0 }));
  }

  /** As publishing decides; teams where few would come alone. */
  private async weigh(
    tx: Tx,
    packages: readonly OpenPackage[],
    wanted: number,
  ): Promise<readonly PackageDecision[]> {
    const sound = packages.filter(
      ({ package: asked }) => asked.trades.length > 0 && asked.place.sites.length > 0,
    );
    const world = await this.decisions.world(tx, { on: this.clock.today() });
    const begun = await this.decisions.beginBest(tx, sound, world, new Map(), wanted);
    return this.decisions.decideBest(tx, begun, world, new Map(), { teams: true });
  }

  /** A batch is due: whoever of it still fits is told. */
  private async due(tx: Tx, tenderId: string, at: Date): Promise<void> {
    const tender = await tenderById(tx, tenderId);
    const isOpen = tender?.status === 'published';
    const count = await settleInvitations(tx, tenderId, isOpen ? 'due' : 'dropped', at);
    if (!isOpen || count === 0) return;
    const eventId = await emit(tx, {
      type: 'invitation.due',
      organisationId: tender.organisationId,
      subjectId: tenderId,
      payload: { at: at.toISOString() },
      at: this.clock.now(),
    });
    await this.jobs.add(tx, PLAN_JOB, { eventId }, { key: eventId });
  }

  private async mailsLeft(tx: Tx, enterpriseIds: readonly string[]): Promise<MailsLeft> {
    const week = await mailsOfWeek(tx, enterpriseIds, this.clock.now());
    return (id) => {
      const { had = 0, wish = null } = week.get(id) ?? {};
      return Math.max(0, (wish ?? INVITATION_RULES.weeklyMails) - had);
    };
  }
}

const fitting = (matches: readonly Match[]): Match[] =>
  matches.filter(({ verdict }) => verdict !== 'near-miss');

async function candidatesOf(
  tx: Tx,
  matches: readonly Pick<Match, 'enterpriseId'>[],
): Promise<readonly Candidate[]> {
  const packages = Map.groupBy(matches, ({ enterpriseId }) => enterpriseId);
  const names = await enterpriseNames(tx, [...packages.keys()]);
  return [...packages]
    .map(([enterpriseId, fits]) => ({
      enterpriseId,
      name: names.get(enterpriseId) ?? '',
      packages: fits.length,
    }))
    .toSorted((a, b) => b.packages - a.packages || a.name.localeCompare(b.name));
}

function reachOf({ matches, teams }: PackageDecision, wanted: number): Reach {
  const count = (verdict: Match['verdict']): number =>
    matches.filter((match) => match.verdict === verdict).length;
  return {
    isCut: fitting(matches).length >= wanted,
    whole: count('match'),
    part: count('partial'),
    nearly: count('near-miss'),
    team: teams.some(({ gaps }) => gaps.length === 0),
  };
}
