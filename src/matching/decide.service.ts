import { Injectable } from '@nestjs/common';
import { LegalBasisService } from '../legal-basis/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { loadGeography, RegistryService } from '../registry/index.js';
import { candidateEnterprises } from './candidate-enterprises.query.js';
import {
  composeTeams,
  evaluateEnterprise,
  legalView,
  nearProbeOf,
  probeOf,
  rankEvaluations,
  smallestChanges,
  type Because,
  type Evaluation,
  type MatchQuestion,
  type Team,
} from './domain/index.js';
import type { Explanation, MatchingRun, OpenPackage, PackageDecision } from './matching-run.js';
import { questionFor, type World } from './matching-world.js';
import { standingsOf } from './standings.repository.js';

/**
 * Bounds of one decision. The first is far above what one basin holds; past it the closest by trade and distance
 * are read. Of what fits, `kept` are stored.
 */
export const MATCHING_LIMITS = { candidates: 2000, nearCandidates: 60, kept: 200 } as const;

/** What is decided, nothing stored. */
@Injectable()
export class DecideService {
  constructor(
    private readonly clock: Clock,
    private readonly registry: RegistryService,
    private readonly law: LegalBasisService,
  ) {}

  /** Decides on packages without storing anything: the read-back, a what-if, the command line. */
  async decide(tx: Tx, run: MatchingRun): Promise<readonly PackageDecision[]> {
    const world = await this.world(tx, run);
    const decisions: PackageDecision[] = [];
    for (const open of run.packages) decisions.push(await this.decideOne(tx, open, world));
    return decisions;
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
    const found = await this.registry.asOf(tx, enterpriseIds, world);
    return new Map(
      found.flatMap(({ enterprise }) => {
        const [fail] = evaluateEnterprise(question, enterprise).fails;
        return fail ? [[enterprise.id, fail.because] as const] : [];
      }),
    );
  }

  /** Teams for a package that nobody covers alone. */
  async teamsFor(tx: Tx, open: OpenPackage, at: Omit<MatchingRun, 'packages'>): Promise<readonly Team[]> {
    const [decision] = await this.decide(tx, { ...at, packages: [open] });
    return decision?.teams ?? [];
  }

  /** The law and the map of a run. */
  async world(tx: Tx, { on, knownAt = null }: Omit<MatchingRun, 'packages'>): Promise<World> {
    const law = legalView(await this.law.rulesAsOf(tx, { knownAt }));
    return { law, geography: loadGeography(), on, knownAt: knownAt ?? this.clock.now() };
  }

  /** One package, in a world loaded once. */
  async decideOne(tx: Tx, open: OpenPackage, world: World): Promise<PackageDecision> {
    const question = questionFor(open, world);
    const narrowed = await candidateEnterprises(tx, probeOf(question), MATCHING_LIMITS.candidates);
    const near = await candidateEnterprises(tx, nearProbeOf(question), MATCHING_LIMITS.nearCandidates);
    const ids = [...new Set([...narrowed, ...near].map(({ enterpriseId }) => enterpriseId))];
    const found = ids.length === 0 ? [] : await this.registry.asOf(tx, ids, world);
    const standings = await standingsOf(tx, ids);
    const evaluations = found.map(({ enterprise }) =>
      evaluateEnterprise(question, enterprise, standings.get(enterprise.id)),
    );
    return {
      open,
      matches: rankEvaluations(question, evaluations).slice(0, MATCHING_LIMITS.kept),
      teams: composeTeams(question, evaluations),
      candidates: new Map(found.map((one) => [one.enterprise.id, one])),
      standings,
      evaluations,
    };
  }
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
