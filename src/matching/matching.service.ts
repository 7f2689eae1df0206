import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { DecideService } from './decide.service.js';
import {
  closeMatches,
  currentMatch,
  currentMatches,
  lockPackages,
  type StoredMatch,
} from './match.repository.js';
import { keepAsked } from './asked.repository.js';
import { NEWCOMER } from './domain/index.js';
import type { MatchingOutcome, MatchingRun, OpenPackage } from './matching-run.js';
import type { World } from './matching-world.js';
import { merge, storeDecisions, toRow } from './store-decisions.js';

/** Matches of packages: decided, made to stand, read; each in the caller's transaction. */
@Injectable()
export class MatchingService {
  constructor(
    private readonly clock: Clock,
    private readonly decisions: DecideService,
  ) {}

  /**
   * Decides on packages and makes the decisions stand: new verdicts are added, those that say something else
   * replace the old, those that no longer hold are withdrawn, identical ones are left alone. Doing it again
   * writes nothing.
   */
  async matchPackages(tx: Tx, run: MatchingRun): Promise<MatchingOutcome> {
    await lockPackages(
      tx,
      run.packages.map((open) => open.package.id),
    );
    const world = await this.decisions.world(tx, run);
    const outcomes: MatchingOutcome[] = [];
    for (const open of run.packages) outcomes.push(await this.matchOne(tx, open, world));
    return merge(outcomes);
  }

  /** To be called before packages are read that an enterprise will be put to. */
  lock(tx: Tx, packageIds: readonly string[]): Promise<void> {
    return lockPackages(tx, packageIds);
  }

  private async matchOne(tx: Tx, open: OpenPackage, world: World): Promise<MatchingOutcome> {
    const now = this.clock.now();
    const { matches, candidates, standings } = await this.decisions.decideOne(tx, open, world);
    const stored = await currentMatches(tx, [open.package.id]);
    const askedDigest = await keepAsked(tx, open);
    const fresh = matches.map((match) => {
      const standing = standings.get(match.enterpriseId) ?? NEWCOMER;
      return toRow(open, match, candidates.get(match.enterpriseId)!, world, { askedDigest, standing, now });
    });
    const fitting = new Set(fresh.map(({ enterpriseId }) => enterpriseId));
    const gone = stored.map(({ enterpriseId }) => enterpriseId).filter((id) => !fitting.has(id));
    return storeDecisions(tx, stored, fresh, now, await this.decisions.whyNot(tx, open, gone, world));
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
}
