import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/index.js';
import { LegalBasisService, type ClauseFacts } from '../legal-basis/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import {
  loadGeography,
  RegistryService,
  type Geography,
  type RegisteredEnterprise,
} from '../registry/index.js';
import { candidateEnterprises } from './candidate-enterprises.query.js';
import {
  compareDecisions,
  composeTeams,
  evaluateEnterprise,
  lawOfPackage,
  legalView,
  nearProbeOf,
  probeOf,
  questionOf,
  rankEvaluations,
  smallestChanges,
  WEIGHTS,
  type Criterion,
  type Evaluation,
  type LegalView,
  type Match,
  type MatchQuestion,
  type MatchVerdict,
  type PackageToMatch,
  type SmallestChange,
  type Team,
} from './domain/index.js';
import {
  closeMatches,
  currentMatch,
  currentMatches,
  currentMatchesOfEnterprise,
  insertMatches,
  lockPackage,
  updateRanks,
  type NewMatch,
  type StoredMatch,
} from './match.repository.js';
import { replaceOffers } from './offer.repository.js';

/** A package with whose it is and what its clause was decided on. */
export interface OpenPackage {
  readonly package: PackageToMatch;
  readonly tenderId: string;
  /** The contractor. */
  readonly organisationId: string;
  readonly version: number;
  readonly facts: ClauseFacts | null;
}

export interface MatchingRun {
  readonly packages: readonly OpenPackage[];
  /** The day to decide on. */
  readonly on: Day;
  /** Replays with what was known then; now without one. */
  readonly knownAt?: Date | null;
}

export interface MatchingOutcome {
  /** Pairs that had no standing verdict. */
  readonly added: readonly StoredMatch[];
  /** Pairs whose verdict or reasons are other than before. */
  readonly changed: readonly { readonly before: StoredMatch; readonly after: StoredMatch }[];
  readonly withdrawn: readonly StoredMatch[];
  readonly unchanged: number;
}

/** One pair, matched or not, criterion by criterion. */
export interface Explanation {
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly verdict: MatchVerdict | 'none';
  readonly criteria: readonly Criterion[];
  readonly changes: readonly SmallestChange[];
  readonly distanceKm: number | null;
  readonly basis: string;
  readonly lawAsOf: Day;
}

/** What was decided on one package, before anything is stored. */
export interface PackageDecision {
  readonly open: OpenPackage;
  readonly matches: readonly Match[];
  readonly teams: readonly Team[];
  readonly candidates: ReadonlyMap<string, RegisteredEnterprise>;
}

/**
 * Bounds of one decision. The first is far above what one basin holds; past it the closest by trade and distance
 * are read. Of what fits, `kept` are stored.
 */
export const MATCHING_LIMITS = { candidates: 2000, nearCandidates: 60, kept: 200 } as const;

interface World {
  readonly law: LegalView;
  readonly geography: Geography;
  readonly on: Day;
  readonly knownAt: Date;
}

/** Use cases of matching: load, decide, store, each in the caller's transaction. */
@Injectable()
export class MatchingService {
  constructor(
    private readonly clock: Clock,
    private readonly registry: RegistryService,
    private readonly law: LegalBasisService,
  ) {}

  /**
   * Rewrites what enterprises are looked up by, as they stand on a day. To be called after every change of the
   * register; only the system may. @returns number of rows written
   */
  async refreshOffers(tx: Tx, enterpriseIds: readonly string[], on: Day): Promise<number> {
    const found = await this.registry.asOf(tx, enterpriseIds, { on, knownAt: this.clock.now() });
    const enterprises = found.map(({ enterprise }) => enterprise);
    return replaceOffers(tx, enterpriseIds, enterprises, loadGeography());
  }

  /** Decides on packages without storing anything: the read-back, a what-if, the command line. */
  async decide(tx: Tx, run: MatchingRun): Promise<readonly PackageDecision[]> {
    const world = await this.world(tx, run);
    const decisions: PackageDecision[] = [];
    for (const open of run.packages) decisions.push(await this.decideOne(tx, open, world));
    return decisions;
  }

  /**
   * Decides on packages and makes the decisions stand: new verdicts are added, those that say something else
   * replace the old, those that no longer hold are withdrawn, identical ones are left alone. Doing it again
   * writes nothing.
   */
  async matchPackages(tx: Tx, run: MatchingRun): Promise<MatchingOutcome> {
    const world = await this.world(tx, run);
    const outcomes: MatchingOutcome[] = [];
    for (const open of [...run.packages].sort((a, b) => (a.package.id < b.package.id ? -1 : 1))) {
      await lockPackage(tx, open.package.id);
      const { matches, candidates } = await this.decideOne(tx, open, world);
      const stored = await currentMatches(tx, [open.package.id]);
      const fresh = matches.map((match) =>
        this.toRow(open, match, candidates.get(match.enterpriseId)!, world),
      );
      outcomes.push(await this.store(tx, stored, fresh));
    }
    return merge(outcomes);
  }

  /**
   * Puts one new or changed enterprise to every open package. Its offers must have been refreshed. Other
   * enterprises' verdicts stay; only ranks move.
   */
  async rematchEnterprise(tx: Tx, enterpriseId: string, run: MatchingRun): Promise<MatchingOutcome> {
    const world = await this.world(tx, run);
    const [found] = await this.registry.asOf(tx, [enterpriseId], world);
    const stored = new Map(
      (await currentMatchesOfEnterprise(tx, enterpriseId)).map((one) => [one.packageId, one]),
    );
    const outcomes: MatchingOutcome[] = [];
    for (const open of [...run.packages].sort((a, b) => (a.package.id < b.package.id ? -1 : 1))) {
      const question = questionFor(open, world);
      const evaluation = found ? evaluateEnterprise(question, found.enterprise) : null;
      const [match] = evaluation ? rankEvaluations(question, [evaluation]) : [];
      const before = stored.get(open.package.id);
      if (!match && !before) continue;
      await lockPackage(tx, open.package.id);
      const fresh = match && found ? [this.toRow(open, match, found, world)] : [];
      const outcome = await this.store(tx, before ? [before] : [], fresh);
      if (outcome.unchanged === 0) await rerank(tx, open.package.id);
      outcomes.push(outcome);
    }
    return merge(outcomes);
  }

  /** Ends every verdict on packages that are no longer open. @returns those that stood */
  async closePackages(tx: Tx, packageIds: readonly string[]): Promise<readonly StoredMatch[]> {
    const stored = await currentMatches(tx, packageIds);
    const closed = stored.map(({ id }) => ({ id, reason: 'package-closed' as const }));
    await closeMatches(tx, closed, this.clock.now());
    return stored;
  }

  /** The standing verdicts on a package, best first; row security shows each party its own. */
  matchesOf(tx: Tx, packageId: string): Promise<StoredMatch[]> {
    return currentMatches(tx, [packageId]);
  }

  /** The standing verdict on one pair. */
  matchOf(tx: Tx, packageId: string, enterpriseId: string): Promise<StoredMatch | null> {
    return currentMatch(tx, packageId, enterpriseId);
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
    return explanationOf(question, evaluateEnterprise(question, found.enterprise));
  }

  /** Teams for a package that nobody covers alone. */
  async teamsFor(tx: Tx, open: OpenPackage, at: Omit<MatchingRun, 'packages'>): Promise<readonly Team[]> {
    const [decision] = await this.decide(tx, { ...at, packages: [open] });
    return decision?.teams ?? [];
  }

  private async world(tx: Tx, { on, knownAt = null }: Omit<MatchingRun, 'packages'>): Promise<World> {
    const law = legalView(await this.law.rulesAsOf(tx, { knownAt }));
    return { law, geography: loadGeography(), on, knownAt: knownAt ?? this.clock.now() };
  }

  private async decideOne(tx: Tx, open: OpenPackage, world: World): Promise<PackageDecision> {
    const question = questionFor(open, world);
    const narrowed = await candidateEnterprises(tx, probeOf(question), MATCHING_LIMITS.candidates);
    const near = await candidateEnterprises(tx, nearProbeOf(question), MATCHING_LIMITS.nearCandidates);
    const ids = [...new Set([...narrowed, ...near].map(({ enterpriseId }) => enterpriseId))];
    const found = ids.length === 0 ? [] : await this.registry.asOf(tx, ids, world);
    const evaluations = found.map(({ enterprise }) => evaluateEnterprise(question, enterprise));
    return {
      open,
      matches: rankEvaluations(question, evaluations).slice(0, MATCHING_LIMITS.kept),
      teams: composeTeams(question, evaluations),
      candidates: new Map(found.map((one) => [one.enterprise.id, one])),
    };
  }

  private toRow(open: OpenPackage, match: Match, found: RegisteredEnterprise, world: World): NewMatch {
    return {
      id: newId(this.clock.now()),
      organisationId: open.organisationId,
      enterpriseOrganisationId: found.organisationId,
      tenderId: open.tenderId,
      packageId: open.package.id,
      enterpriseId: match.enterpriseId,
      verdict: match.verdict,
      score: match.score,
      rank: match.rank,
      criteria: match.criteria,
      changes: match.changes,
      distanceKm: match.distanceKm,
      basis: match.basis,
      decidedOn: world.on,
      packageVersion: open.version,
      enterpriseVersionId: found.versionId,
      lawKnownAt: world.knownAt,
      rulesVersion: `${world.law.stamp} ${WEIGHTS.version}`,
    };
  }

  private async store(
    tx: Tx,
    stored: readonly StoredMatch[],
    fresh: readonly NewMatch[],
  ): Promise<MatchingOutcome> {
    const now = this.clock.now();
    const { added, changed, withdrawn, unchanged } = compareDecisions(stored, fresh);
    await closeMatches(
      tx,
      [
        ...changed.map(({ before }) => ({ id: before.id, reason: 'changed' as const })),
        ...withdrawn.map(({ id, verdict }) => ({ id, reason: reasonToClose(verdict) })),
      ],
      now,
    );
    const since = stored.reduce((at, one) => (one.since >= at ? new Date(one.since.getTime() + 1) : at), now);
    await insertMatches(tx, [...added, ...changed.map(({ after }) => after)], since);
    await updateRanks(
      tx,
      unchanged.map(({ stored: old, fresh: next }) => ({ id: old.id, rank: next.rank })),
    );
    return {
      added: added.map((match) => ({ ...match, since })),
      changed: changed.map(({ before, after }) => ({ before, after: { ...after, since } })),
      withdrawn,
      unchanged: unchanged.length,
    };
  }
}

/** What every enterprise is asked about a package, in one state of the world. */
export function questionFor(
  open: OpenPackage,
  world: Pick<World, 'law' | 'geography' | 'on'>,
): MatchQuestion {
  const law = lawOfPackage(world.law, open.facts, open.package.instrument, world.on);
  return questionOf(open.package, law, world.geography, world.on);
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
    basis: question.law.basis,
    lawAsOf: question.law.lawAsOf,
  };
}

/** Only so many near misses are kept: one that goes may have been pushed out by nearer ones. */
function reasonToClose(verdict: MatchVerdict): 'outranked' | 'no-longer-fits' {
  return verdict === 'near-miss' ? 'outranked' : 'no-longer-fits';
}

async function rerank(tx: Tx, packageId: string): Promise<void> {
  const standing = await currentMatches(tx, [packageId]);
  const ordered = standing.sort((a, b) => b.score - a.score || (a.enterpriseId < b.enterpriseId ? -1 : 1));
  await updateRanks(
    tx,
    ordered.map(({ id }, i) => ({ id, rank: i + 1 })),
  );
}

function merge(outcomes: readonly MatchingOutcome[]): MatchingOutcome {
  return {
    added: outcomes.flatMap(({ added }) => added),
    changed: outcomes.flatMap(({ changed }) => changed),
    withdrawn: outcomes.flatMap(({ withdrawn }) => withdrawn),
    unchanged: outcomes.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}
