import { Injectable } from '@nestjs/common';
import {
  DecideService,
  forecastOf,
  MATCHING_LIMITS,
  nextRoundAt,
  planInvitations,
  recommendedDeadline,
  type Forecast,
  type Invitation,
  type Match,
  type OpenPackage,
  type PackageDecision,
} from '../matching/index.js';
import type { Cpv, Day } from '../kernel/index.js';
import { whenTold } from '../notifications/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { enterpriseNames } from '../registry/index.js';
import { hears, type Tender } from '../tenders/index.js';
import { mailsLeftIn, mailsOfWeek, type MailsOfWeek } from './mails-of-week.query.js';
import { openPackages } from './open-packages.js';
import { onePackageOfEachTrade } from './open-packages.query.js';

/** More packages than this are not decided while somebody waits for a page. */
export const FORECAST_PACKAGES = 50;

/** Of so many it is counted who may fit. */
const COUNTED_PACKAGES = 10;

export interface InvitationForecast extends Omit<Forecast, 'unmailed'> {
  /** Enterprises whose week is full: a mail with several offers tells them, on each of these days. */
  readonly together: readonly { readonly at: Date; readonly enterprises: number }[];
  /** Enterprises that read the offer on the list alone: they want no mail, or the next would come too late. */
  readonly onListOnly: number;
  /** Whom the first round leaves out; null where it leaves out nobody. */
  readonly beyond: Beyond | null;
  /** The first deadline that leaves everybody the time to answer. */
  readonly recommended: Day;
  /** The best of each package, most packages first: whom a contractor may invite by name. */
  readonly candidates: readonly Candidate[];
  /** Of some package more may fit than were weighed. */
  readonly isCut: boolean;
  /** Who could do each package, as things stand. */
  readonly reach: ReadonlyMap<string, Reach>;
}

/** Of some package more fit than are told in a round: all of them see it on their list. */
export interface Beyond {
  /** Enterprises that may fit one of the packages, those told among them; null: that is not counted. */
  readonly atMost: number | null;
  /** When the next round begins if nobody offers the whole by then; null: nobody would have the time to answer. */
  readonly next: Date | null;
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

/** What a contractor reads before publishing: who would be told, when, and whom it may invite by name. Nothing is kept. */
@Injectable()
export class InvitationForecasts {
  constructor(
    private readonly clock: Clock,
    private readonly decisions: DecideService,
  ) {}

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
    const ids = hearing.map(({ enterpriseId }) => enterpriseId);
    const week = await mailsOfWeek(tx, ids, this.clock.now());
    const plan = planInvitations(hearing, { now: this.clock.now(), deadline }, mailsLeftIn(week));
    const { unmailed, ...forecasted } = forecastOf(plan);
    return {
      ...forecasted,
      ...unmailedIn(unmailed, week, deadline),
      beyond: await this.beyond(tx, tender, decided, { plan, deadline }),
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

  /**
   * Who could do packages, offered or not, as things stand. Runs as system.
   * @param trades of each package what is held for true today, confirmed or not
   */
  async reach(
    tx: Tx,
    tender: Tender,
    trades: ReadonlyMap<string, readonly Cpv[]>,
  ): Promise<ReadonlyMap<string, Reach>> {
    const packages = await openPackages(tx, tender, [...trades.keys()], FORECAST_PACKAGES);
    const asked = packages.map((open) => ({
      ...open,
      package: { ...open.package, trades: trades.get(open.package.id) ?? [] },
    }));
    return this.reachOf(tx, asked);
  }

  /** The same of packages that need not be stored. Runs as system. */
  async reachOf(tx: Tx, asked: readonly OpenPackage[]): Promise<ReadonlyMap<string, Reach>> {
    const decided = await this.weigh(tx, asked, MATCHING_LIMITS.kept);
    return new Map(decided.map((one) => [one.open.package.id, reachOf(one, MATCHING_LIMITS.kept)]));
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

  /** Of packages of which as many fit as a round takes, there may be others; those invited by name are all that hear. */
  private async beyond(
    tx: Tx,
    { visibility }: Tender,
    decided: readonly PackageDecision[],
    { plan, deadline }: { readonly plan: readonly Invitation[]; readonly deadline: Date | null },
  ): Promise<Beyond | null> {
    const full = decided.filter(({ matches }) => fitting(matches).length >= MATCHING_LIMITS.kept);
    if (visibility === 'invited' || full.length === 0) return null;
    const world = await this.decisions.world(tx, { on: this.clock.today() });
    const all = new Set(decided.flatMap(({ matches }) => fitting(matches).map((one) => one.enterpriseId)));
    let [isBeyond, isCounted] = [false, full.length <= COUNTED_PACKAGES];
    for (const { open } of full.slice(0, COUNTED_PACKAGES)) {
      const found = await this.decisions.mayFit(tx, open, world);
      for (const enterpriseId of found) all.add(enterpriseId);
      isBeyond ||= found.length > MATCHING_LIMITS.kept;
      isCounted &&= found.length < MATCHING_LIMITS.counted;
    }
    if (!isBeyond && isCounted) return null;
    const heard = Math.max(this.clock.now().getTime(), ...plan.map(({ at }) => at.getTime()));
    return { atMost: isCounted ? all.size : null, next: nextRoundAt(new Date(heard), deadline) };
  }
}

/** As planning a notification decides it, for somebody who did not choose a rhythm. */
function unmailedIn(
  unmailed: Forecast['unmailed'],
  week: MailsOfWeek,
  deadline: Date | null,
): Pick<InvitationForecast, 'together' | 'onListOnly'> {
  const mondays = unmailed.flatMap(({ enterpriseId, at: now }) => {
    if (week.get(enterpriseId)?.wish === 0) return [];
    const when = whenTold('at-once', { now, deadline, weekIsFull: true });
    return when.how === 'together' ? [when.at.getTime()] : [];
  });
  return {
    together: [...Map.groupBy(mondays, (at) => at)]
      .toSorted(([a], [b]) => a - b)
      .map(([at, some]) => ({ at: new Date(at), enterprises: some.length })),
    onListOnly: unmailed.length - mondays.length,
  };
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
