import { Injectable } from '@nestjs/common';
import { LegalBasisService } from '../legal-basis/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { loadGeography, partnersInPause, RegistryService } from '../registry/index.js';
import { CandidateSource, SqlCandidates } from './candidate-source.js';
import {
  composeTeams,
  evaluateEnterprise,
  INVITATION_RULES,
  legalView,
  NEWCOMER,
  nearProbeOf,
  probeOf,
  rankEvaluations,
  smallestChanges,
  type Because,
  type Evaluation,
  type MatchQuestion,
  type Team,
} from './domain/index.js';
import type {
  Explanation,
  MatchingRun,
  OpenPackage,
  PackageDecision,
  KnownEnterprise,
} from './matching-run.js';
import { questionFor, type World } from './matching-world.js';
import { BestSearch, type Search } from './search-best.js';
import { standingsOf } from './standings.repository.js';

/**
 * Bounds of one decision: as many of the best as are kept, as many as a person weighing an hypothesis or a team looks
 * at, as many as are counted, how few fits are few enough to look for near misses among the nearest, and how many that pause
 * are looked at as partners.
 */
export const MATCHING_LIMITS = {
  kept: INVITATION_RULES.round,
  weighed: 200,
  counted: 1000,
  nearCandidates: 60,
  partnersInPause: 500,
  few: 10,
} as const;

/** What is decided, nothing stored. */
@Injectable()
export class DecideService {
  constructor(
    private readonly clock: Clock,
    private readonly registry: RegistryService,
    private readonly law: LegalBasisService,
    private readonly source: CandidateSource = new SqlCandidates(),
  ) {}

  /** Decides on packages with their near misses and teams: the read-back, a what-if, the command line. */
  async decide(tx: Tx, run: MatchingRun): Promise<readonly PackageDecision[]> {
    const world = await this.world(tx, run);
    const begun = await this.search(tx, run.packages, world, MATCHING_LIMITS.weighed).begin();
    const searches = await begun.finish();
    const near: string[][] = [];
    for (const search of searches) near.push(await this.nearest(tx, search));
    const partners = await partnersInPause(tx, world.on, MATCHING_LIMITS.partnersInPause);
    await this.learn(tx, [...near.flat(), ...partners], world, begun.register);
    const decisions: PackageDecision[] = [];
    for (const [at, search] of searches.entries()) {
      const missed = await this.evaluate(tx, search, near[at]!, world, begun.register);
      const inPause = await this.evaluate(tx, search, partners, world, begun.register);
      const evaluations = [...search.evaluations, ...missed, ...inPause];
      const { weighed } = MATCHING_LIMITS;
      decisions.push({
        ...decisionOf(search, rankEvaluations(search.question, evaluations).slice(0, weighed)),
        teams: composeTeams(search.question, evaluations),
        evaluations,
      });
    }
    return decisions;
  }

  /** Looks for the best of packages, for `decideBest`. @param register @see BestSearch @param wanted of each, as many as are kept unless told */
  beginBest(
    tx: Tx,
    packages: readonly OpenPackage[],
    world: World,
    register: Map<string, KnownEnterprise>,
    wanted: number = MATCHING_LIMITS.kept,
  ): Promise<BestSearch> {
    return this.search(tx, packages, world, wanted, register).begin();
  }

  /**
   * The best of each package, with near misses where there are few, and teams there when they are asked for.
   * @param stays by package: who has been told already, or is invited by name. They are not pushed out by better ones while they fit.
   */
  async decideBest(
    tx: Tx,
    begun: BestSearch,
    world: World,
    stays: ReadonlyMap<string, ReadonlySet<string>>,
    { teams = false }: { readonly teams?: boolean } = {},
  ): Promise<readonly PackageDecision[]> {
    const { few, partnersInPause: most } = MATCHING_LIMITS;
    const partners = teams ? await partnersInPause(tx, world.on, most) : [];
    const decisions: PackageDecision[] = [];
    for (const search of await begun.finish()) {
      const staying = stays.get(search.open.package.id) ?? new Set<string>();
      const stayed = await this.evaluate(tx, search, [...staying], world, begun.register);
      const known = [...search.evaluations, ...stayed].filter(({ fit }) => fit !== 'none');
      const isScarce = known.length < few;
      const near = isScarce
        ? await this.evaluate(tx, search, await this.nearest(tx, search), world, begun.register)
        : [];
      const all = [...new Set(isScarce ? [...search.evaluations, ...known, ...near] : known)];
      const ranked = rankEvaluations(search.question, all);
      decisions.push({
        ...decisionOf(
          search,
          ranked.filter(({ enterpriseId }, i) => i < begun.wanted || staying.has(enterpriseId)),
        ),
        // So few that fit were all found: nobody else could join, but who pauses and says so.
        teams:
          teams && isScarce
            ? composeTeams(search.question, [
                ...all,
                ...(await this.evaluate(tx, search, partners, world, begun.register)),
              ])
            : [],
      });
    }
    return decisions;
  }

  /** Who may fit a package, as the look-up has it: too many perhaps, never too few; no more than are counted. */
  async mayFit(tx: Tx, open: OpenPackage, world: World): Promise<string[]> {
    const found = await this.source.find(tx, probeOf(questionFor(open, world)), MATCHING_LIMITS.counted);
    return found.map(({ enterpriseId }) => enterpriseId);
  }

  /** Every criterion of one pair, matched or not, decided afresh. @returns null when the enterprise did not exist */
  async explain(
    tx: Tx,
    open: OpenPackage,
    enterpriseId: string,
    at: Omit<MatchingRun, 'packages'>,
  ): Promise<Explanation | null> {
    const world = await this.world(tx, at);
    const [found] = await this.registry.asOf(tx, [enterpriseId], world);
    if (!found) return null;
    const question = questionFor(open, world);
    const standing = (await standingsOf(tx, [enterpriseId])).get(enterpriseId);
    return explanationOf(question, evaluateEnterprise(question, found.enterprise, standing));
  }

  /** Why enterprises do not fit a package any more: the first criterion that fails. */
  async whyNot(
    tx: Tx,
    open: OpenPackage,
    enterpriseIds: readonly string[],
    world: World,
  ): Promise<ReadonlyMap<string, Because>> {
    if (enterpriseIds.length === 0) return new Map();
    const question = questionFor(open, world);
    const found = await this.load(tx, enterpriseIds, world);
    return new Map(
      found.flatMap(({ enterprise, standing }) => {
        const [fail] = evaluateEnterprise(question, enterprise, standing).fails;
        return fail ? [[enterprise.id, fail.because] as const] : [];
      }),
    );
  }

  /**
   * Teams for a package that nobody covers alone.
   * @param mayJoin who is weighed at all, by its enterprise
   */
  async teamsFor(
    tx: Tx,
    open: OpenPackage,
    at: Omit<MatchingRun, 'packages'>,
    mayJoin: (enterpriseId: string) => boolean = () => true,
  ): Promise<readonly Team[]> {
    const [decision] = await this.decide(tx, { ...at, packages: [open] });
    if (!decision) return [];
    const weighed = decision.evaluations.filter(({ enterprise }) => mayJoin(enterprise.id));
    if (weighed.length === decision.evaluations.length) return decision.teams;
    return composeTeams(questionFor(open, await this.world(tx, at)), weighed);
  }

  /** The law and the map of a run. */
  async world(tx: Tx, { on, knownAt = null }: Omit<MatchingRun, 'packages'>): Promise<World> {
    const law = legalView(await this.law.rulesAsOf(tx, { knownAt }));
    return { law, geography: loadGeography(), on, knownAt: knownAt ?? this.clock.now() };
  }

  private search(
    tx: Tx,
    packages: readonly OpenPackage[],
    world: World,
    wanted: number,
    register?: Map<string, KnownEnterprise>,
  ): BestSearch {
    return new BestSearch(
      packages.map((open) => ({ open, question: questionFor(open, world) })),
      wanted,
      {
        find: (probe, limit) => this.source.find(tx, probe, limit),
        load: (ids) => this.load(tx, ids, world),
      },
      register,
    );
  }

  /** Those around who may nearly fit. */
  private async nearest(tx: Tx, { question }: Search): Promise<string[]> {
    const near = await this.source.find(tx, nearProbeOf(question), MATCHING_LIMITS.nearCandidates);
    return near.map(({ enterpriseId }) => enterpriseId);
  }

  /** Puts the package to enterprises that the search did not come upon. */
  private async evaluate(
    tx: Tx,
    { question, enterprises }: Search,
    ids: readonly string[],
    world: World,
    register: Map<string, KnownEnterprise>,
  ): Promise<Evaluation[]> {
    const unseen = ids.filter((id) => !enterprises.has(id));
    await this.learn(tx, unseen, world, register);
    const found = unseen.flatMap((id) => register.get(id) ?? []);
    for (const one of found) enterprises.set(one.enterprise.id, one);
    return found.map(({ enterprise, standing }) => evaluateEnterprise(question, enterprise, standing));
  }

  /** Loads those that the register lacks. */
  private async learn(
    tx: Tx,
    ids: readonly string[],
    world: World,
    register: Map<string, KnownEnterprise>,
  ): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !register.has(id));
    for (const one of unknown.length === 0 ? [] : await this.load(tx, unknown, world))
      register.set(one.enterprise.id, one);
  }

  private async load(tx: Tx, ids: readonly string[], world: World): Promise<KnownEnterprise[]> {
    const found = await this.registry.asOf(tx, ids, world);
    const standings = await standingsOf(tx, ids);
    return found.map((one) => ({ ...one, standing: standings.get(one.enterprise.id) ?? NEWCOMER }));
  }
}

function decisionOf(search: Search, matches: PackageDecision['matches']): PackageDecision {
  const { open, enterprises: candidates, evaluations } = search;
  return { open, matches, teams: [], candidates, evaluations };
}

export function explanationOf(question: MatchQuestion, evaluation: Evaluation): Explanation {
  const changes = evaluation.fit === 'none' ? smallestChanges(question, evaluation) : [];
  return {
    packageId: question.package.id,
    enterpriseId: evaluation.enterprise.id,
    verdict: evaluation.fit === 'none' ? (changes.length > 0 ? 'near-miss' : 'none') : evaluation.fit,
    criteria: evaluation.criteria,
    changes,
    distanceKm: evaluation.distanceKm === null ? null : Math.round(evaluation.distanceKm * 10) / 10,
    parts: evaluation.parts,
    basis: question.law.basis,
    lawAsOf: question.law.lawAsOf,
  };
}
