import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { RegistryService } from '../registry/index.js';
import { DecideService } from './decide.service.js';
import { keepAsked } from './asked.repository.js';
import { evaluateEnterprise, NEWCOMER, rankEvaluations } from './domain/index.js';
import { currentMatchesOfEnterprise, lockPackages, rerank } from './match.repository.js';
import type { MatchingOutcome, MatchingRun } from './matching-run.js';
import { questionFor } from './matching-world.js';
import { standingsOf } from './standings.repository.js';
import { storeDecisions, toRow, type Decided } from './store-decisions.js';

/** Takes up what changes in the register, in the verdicts that stand. */
@Injectable()
export class RematchService {
  constructor(
    private readonly clock: Clock,
    private readonly registry: RegistryService,
    private readonly decisions: DecideService,
  ) {}

  /**
   * Puts one new or changed enterprise to open packages. Its offers must have been refreshed. Other
   * enterprises' verdicts stay; only ranks move.
   */
  async rematchEnterprise(tx: Tx, enterpriseId: string, run: MatchingRun): Promise<MatchingOutcome> {
    const ids = run.packages.map((open) => open.package.id);
    await lockPackages(tx, ids);
    const world = await this.decisions.world(tx, run);
    const [found] = await this.registry.asOf(tx, [enterpriseId], world);
    const standing = (await standingsOf(tx, [enterpriseId])).get(enterpriseId) ?? NEWCOMER;
    const stored = new Map(
      (await currentMatchesOfEnterprise(tx, enterpriseId, ids)).map((one) => [one.packageId, one]),
    );
    const digests = await keepAsked(tx, run.packages);
    const now = this.clock.now();
    const decided: Decided[] = run.packages.flatMap((open) => {
      const question = questionFor(open, world);
      const evaluation = found ? evaluateEnterprise(question, found.enterprise, standing) : null;
      const [match] = evaluation ? rankEvaluations(question, [evaluation]) : [];
      const before = stored.get(open.package.id);
      if (!match && !before) return [];
      const kept = { askedDigest: digests.get(open.package.id)!, standing, now };
      const [fail] = evaluation?.fails ?? [];
      return {
        stored: before ? [before] : [],
        fresh: match && found ? [toRow(open, match, found, world, kept)] : [],
        whyGone: new Map(fail ? [[enterpriseId, fail.because]] : []),
      };
    });
    const outcome = await storeDecisions(tx, decided, now);
    const { added, changed, withdrawn } = outcome;
    const moved = [...added, ...changed.map(({ after }) => after), ...withdrawn];
    await rerank(
      tx,
      moved.map(({ packageId }) => packageId),
    );
    return outcome;
  }

  /**
   * Puts an enterprise to packages that it has no verdict on and that are locked, and keeps those it fits: it stands after
   * the best of each, who were found when the package was matched. Nobody is told.
   */
  async listFor(tx: Tx, enterpriseId: string, run: MatchingRun): Promise<void> {
    const world = await this.decisions.world(tx, run);
    const [found] = await this.registry.asOf(tx, [enterpriseId], world);
    if (!found || run.packages.length === 0) return;
    const standing = (await standingsOf(tx, [enterpriseId])).get(enterpriseId) ?? NEWCOMER;
    const fits = run.packages.flatMap((open) => {
      const question = questionFor(open, world);
      const evaluation = evaluateEnterprise(question, found.enterprise, standing);
      if (evaluation.fit === 'none') return [];
      return rankEvaluations(question, [evaluation]).map((match) => ({ open, match }));
    });
    if (fits.length === 0) return;
    const digests = await keepAsked(
      tx,
      fits.map(({ open }) => open),
    );
    const now = this.clock.now();
    const decided = fits.map(({ open, match }): Decided => {
      const kept = { askedDigest: digests.get(open.package.id)!, standing, now };
      return { stored: [], fresh: [toRow(open, match, found, world, kept)], whyGone: new Map() };
    });
    await storeDecisions(tx, decided, now);
    await rerank(
      tx,
      fits.map(({ open }) => open.package.id),
    );
  }
}
