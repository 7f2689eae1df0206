import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/index.js';
import { RegistryService } from '../registry/index.js';
import { askedBy } from './asked.repository.js';
import { DecideService } from './decide.service.js';
import {
  differences,
  evaluateEnterprise,
  lawOfPackage,
  questionOf,
  rankEvaluations,
  WEIGHTS,
  weightsCited,
} from './domain/index.js';
import { matchById, type StoredMatch } from './match.repository.js';

/** A stored verdict decided again from what it cites. */
export interface Replay {
  readonly match: StoredMatch;
  /** Parts of the verdict that come out otherwise; none when it is identical. */
  readonly differences: readonly string[];
  /** Number of the method that it was decided by, and of the one of today; null when its version is not known. */
  readonly method: number | null;
  readonly today: number;
  /** It differs in the near miss that it tells, and is older than the count of methods: which of them told it so is not kept. */
  readonly isOfUncountedMethod: boolean;
}

/** Before it, near misses were told in several ways that have no number of their own. */
const FIRST_COUNTED = 2;

@Injectable()
export class ReplayService {
  constructor(
    private readonly registry: RegistryService,
    private readonly decisions: DecideService,
  ) {}

  /**
   * Decides a verdict of any time again, from the package, the register, the law, the weights and the standing
   * that it cites. What changed since changes nothing.
   * @returns null when there is no such verdict
   */
  async replay(tx: Tx, matchId: string): Promise<Replay | null> {
    const match = await matchById(tx, matchId);
    if (!match) return null;
    const { askedDigest, standing, decidedOn: on, lawKnownAt: knownAt } = match;
    const asked = askedDigest === null ? null : await askedBy(tx, match.packageId, askedDigest);
    const weights = weightsCited(match.rulesVersion);
    const replayed = (found: readonly string[]): Replay => ({
      match,
      differences: found,
      method: weights?.method ?? null,
      today: WEIGHTS.method,
      isOfUncountedMethod:
        found.length > 0 &&
        match.verdict === 'near-miss' &&
        weights !== undefined &&
        weights.method < FIRST_COUNTED &&
        found.every((part) => part === 'changes' || part === 'verdict'),
    });
    if (!asked || !standing || !weights) return replayed(['not-kept']);
    const { law, geography } = await this.decisions.world(tx, { on, knownAt });
    const ofPackage = lawOfPackage(law, asked.facts, asked.package.instrument, on);
    const question = questionOf(asked.package, ofPackage, geography, on, weights, match.organisationId);
    const [found] = await this.registry.asOf(tx, [match.enterpriseId], { on, knownAt });
    const evaluation = found && evaluateEnterprise(question, found.enterprise, standing);
    const [again] = evaluation ? rankEvaluations(question, [evaluation]) : [];
    if (!again || !found) return replayed(['verdict']);
    const versions = {
      packageVersion: match.packageVersion,
      enterpriseVersionId: found.versionId,
      rulesVersion: `${law.stamp} ${weights.version}`,
    };
    return replayed(differences(match, { ...again, ...versions }));
  }
}
