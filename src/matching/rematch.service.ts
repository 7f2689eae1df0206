import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { RegistryService } from '../registry/index.js';
import { DecideService } from './decide.service.js';
import { evaluateEnterprise, rankEvaluations } from './domain/index.js';
import { currentMatches, currentMatchesOfEnterprise, lockPackage, updateRanks } from './match.repository.js';
import type { MatchingOutcome, MatchingRun } from './matching-run.js';
import { questionFor } from './matching-world.js';
import { merge, storeDecisions, toRow } from './store-decisions.js';

/** Takes up what changes in the register, in the verdicts that stand. */
@Injectable()
export class RematchService {
  constructor(
    private readonly clock: Clock,
    private readonly registry: RegistryService,
    private readonly decisions: DecideService,
  ) {}

  /**
   * Puts one new or changed enterprise to every open package. Its offers must have been refreshed. Other
   * enterprises' verdicts stay; only ranks move.
   */
  async rematchEnterprise(tx: Tx, enterpriseId: string, run: MatchingRun): Promise<MatchingOutcome> {
    const world = await this.decisions.world(tx, run);
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
      const now = this.clock.now();
      const fresh = match && found ? [toRow(open, match, found, world, now)] : [];
      const outcome = await storeDecisions(tx, before ? [before] : [], fresh, now);
      if (outcome.unchanged === 0) await rerank(tx, open.package.id);
      outcomes.push(outcome);
    }
    return merge(outcomes);
  }
}

async function rerank(tx: Tx, packageId: string): Promise<void> {
  const standing = await currentMatches(tx, [packageId]);
  const ordered = standing.sort((a, b) => b.score - a.score || (a.enterpriseId < b.enterpriseId ? -1 : 1));
  await updateRanks(
    tx,
    ordered.map(({ id }, i) => ({ id, rank: i + 1 })),
  );
}
