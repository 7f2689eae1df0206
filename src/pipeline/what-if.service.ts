import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, systemActor } from '../kernel/index.js';
import {
  compareCandidates,
  DecideService,
  evaluateEnterprise,
  hypotheses,
  questionFor,
  widened,
  type OpenPackage,
  type ProfileWish,
  type Team,
  type WhatIf,
} from '../matching/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { enterpriseOfOrganisation, loadGeography, RegistryService } from '../registry/index.js';
import { packageById, tenderById } from '../tenders/index.js';
import { openPackages } from './open-packages.js';
import { packagesOfYear } from './open-packages.query.js';

export interface Candidate {
  readonly enterpriseId: string;
  readonly name: string;
}

/** What a change of a package would change. */
export interface WhatIfAnswer {
  /** Packages it would become; 0 when the change makes no sense for it. */
  readonly packages: number;
  /** Of those, the ones that somebody can do alone. */
  readonly covered: number;
  readonly gained: readonly Candidate[];
  readonly lost: readonly Candidate[];
  readonly kept: number;
  /** Members of the smallest team of what nobody can do alone; null when there is none. */
  readonly smallestTeam: number | null;
}

export interface ProfileAnswer {
  /** Packages published in the last twelve months. */
  readonly published: number;
  readonly now: number;
  readonly widened: number;
}

/** More than this is not read while somebody waits. */
const PACKAGES_OF_A_YEAR = 2000;

/** The real matcher on what is not so: nothing is stored, nobody is told. */
@Injectable()
export class WhatIfService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly decisions: DecideService,
    private readonly registry: RegistryService,
  ) {}

  /** Candidates gained and lost by a change of one package. @throws Refusal not-found */
  async ofPackage(actor: Actor, packageId: string, wish: WhatIf): Promise<WhatIfAnswer> {
    return this.db.transaction(actor, async (tx) => {
      const item = await packageById(tx, packageId);
      const tender = item && (await tenderById(tx, item.tenderId));
      if (!tender || tender.organisationId !== actor.organisationId) throw new Refusal('not-found');
      const open = (await openPackages(tx, tender, [packageId]))[0]!;
      const changed = hypotheses(open.package, wish, loadGeography());
      const on = this.clock.today();
      const [before, ...after] = await this.decisions.decide(tx, {
        packages: [open, ...changed.map((one): OpenPackage => ({ ...open, package: one }))],
        on,
      });
      const { gained, lost, kept } = compareCandidates(
        before!.matches,
        after.map(({ matches }) => matches),
      );
      const names = new Map(
        [before!, ...after].flatMap(({ candidates }) =>
          [...candidates.values()].map(({ enterprise }) => [enterprise.id, enterprise.name] as const),
        ),
      );
      const named = (ids: readonly string[]): Candidate[] =>
        ids.map((enterpriseId) => ({ enterpriseId, name: names.get(enterpriseId) ?? enterpriseId }));
      return {
        packages: changed.length,
        covered: after.filter(({ matches }) => matches.some(({ verdict }) => verdict === 'match')).length,
        gained: changed.length === 0 ? [] : named(gained),
        lost: changed.length === 0 ? [] : named(lost),
        kept: changed.length === 0 ? 0 : kept.length,
        smallestTeam: smallest(after.flatMap(({ teams }) => teams)),
      };
    });
  }

  /**
   * How many packages of the last twelve months would have reached the actor's enterprise with more trades or a
   * wider zone: figures alone, since the packages are others' affairs. @throws Refusal profile-missing
   */
  async ofProfile(actor: Actor, wish: ProfileWish): Promise<ProfileAnswer> {
    const system: Actor = systemActor(actor.requestId);
    return this.db.transaction(system, async (tx) => {
      const owned = await enterpriseOfOrganisation(tx, actor.organisationId ?? '');
      const at = { on: this.clock.today(), knownAt: this.clock.now() };
      const [found] = owned ? await this.registry.asOf(tx, [owned.id], at) : [];
      if (!found) throw new Refusal('profile-missing');
      const [now, wider] = [found.enterprise, widened(found.enterprise, wish)];
      const packages = await this.ofLastYear(tx);
      const world = await this.decisions.world(tx, { on: at.on });
      const count = { now: 0, widened: 0 };
      for (const open of packages) {
        const question = questionFor(open, world);
        if (evaluateEnterprise(question, now).fit !== 'none') count.now += 1;
        if (evaluateEnterprise(question, wider).fit !== 'none') count.widened += 1;
      }
      return { published: packages.length, ...count };
    });
  }

  private async ofLastYear(tx: Tx): Promise<OpenPackage[]> {
    const packages: OpenPackage[] = [];
    const wanted = await packagesOfYear(tx, this.clock.now(), PACKAGES_OF_A_YEAR);
    for (const [tenderId, some] of Map.groupBy(wanted, (one) => one.tenderId)) {
      const tender = await tenderById(tx, tenderId);
      if (!tender) continue;
      const ids = some.map(({ packageId }) => packageId);
      packages.push(...(await openPackages(tx, tender, ids)).map(asIfNow(this.clock.today())));
    }
    return packages;
  }
}

/** The dates of past works say nothing about an enterprise's trades and places. */
function asIfNow(today: string): (open: OpenPackage) => OpenPackage {
  return (open) =>
    open.package.start !== null && open.package.start < today
      ? { ...open, package: { ...open.package, start: null, end: null } }
      : open;
}

function smallest(teams: readonly Team[]): number | null {
  const whole = teams.filter(({ coverage }) => coverage === 1).map(({ members }) => members.length);
  return whole.length === 0 ? null : Math.min(...whole);
}
