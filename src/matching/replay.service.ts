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
  weightsOf,
} from './domain/index.js';
import { matchById, type StoredMatch } from './match.repository.js';

/** A stored verdict decided again from what it cites. */
export interface Replay {
  readonly match: StoredMatch;
  /** Parts of the verdict that come out otherwise; none when it is identical. */
  readonly differences: readonly string[];
}

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
    const weights = weightsOf(match.rulesVersion.slice(match.rulesVersion.lastIndexOf(' ') + 1));
    if (!asked || !standing || !weights) return { match, differences: ['not-kept'] };
    const { law, geography } = await this.decisions.world(tx, { on, knownAt });
    const ofPackage = lawOfPackage(law, asked.facts, asked.package.instrument, on);
    const question = questionOf(asked.package, ofPackage, geography, on, weights, match.organisationId);
    const [found] = await this.registry.asOf(tx, [match.enterpriseId], { on, knownAt });
    const evaluation = found && evaluateEnterprise(question, found.enterprise, standing);
    const [again] = evaluation ? rankEvaluations(question, [evaluation]) : [];
    if (!again || !found) return { match, differences: ['verdict'] };
    const versions = {
      packageVersion: match.packageVersion,
      enterpriseVersionId: found.versionId,
      rulesVersion: `${law.stamp} ${weights.version}`,
    };
    return { match, differences: differences(match, { ...again, ...versions }) };
  }
}
