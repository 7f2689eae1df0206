import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { RegistryService } from '../registry/index.js';
import { DecideService } from './decide.service.js';
import { keepAsked } from './asked.repository.js';
import { evaluateEnterprise, NEWCOMER, rankEvaluations } from './domain/index.js';
import {
  currentMatches,
  currentMatchesOfEnterprise,
  lockPackages,
  updateRanks,
  type NewMatch,
} from './match.repository.js';
import type { MatchingOutcome, MatchingRun } from './matching-run.js';
import { questionFor } from './matching-world.js';
import { standingsOf } from './standings.repository.js';
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
    await lockPackages(
      tx,
      run.packages.map((open) => open.package.id),
    );
    const world = await this.decisions.world(tx, run);
    const [found] = await this.registry.asOf(tx, [enterpriseId], world);
    const standing = (await standingsOf(tx, [enterpriseId])).get(enterpriseId) ?? NEWCOMER;
    const stored = new Map(
      (await currentMatchesOfEnterprise(tx, enterpriseId)).map((one) => [one.packageId, one]),
    );
    const outcomes: MatchingOutcome[] = [];
    for (const open of run.packages) {
      const question = questionFor(open, world);
      const evaluation = found ? evaluateEnterprise(question, found.enterprise, standing) : null;
      const [match] = evaluation ? rankEvaluations(question, [evaluation]) : [];
      const before = stored.get(open.package.id);
      if (!match && !before) continue;
      const now = this.clock.now();
      const fresh: NewMatch[] = [];
      if (match && found) {
        const askedDigest = (await keepAsked(tx, [open])).get(open.package.id)!;
        fresh.push(toRow(open, match, found, world, { askedDigest, standing, now }));
      }
      const [fail] = evaluation?.fails ?? [];
      const whyGone = new Map(fail ? [[enterpriseId, fail.because]] : []);
      const outcome = await storeDecisions(tx, [{ stored: before ? [before] : [], fresh, whyGone }], now);
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
