import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { DecideService } from './decide.service.js';
import {
  closeMatches,
  currentMatch,
  currentMatches,
  lockPackage,
  type StoredMatch,
} from './match.repository.js';
import type { MatchingOutcome, MatchingRun } from './matching-run.js';
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
    const world = await this.decisions.world(tx, run);
    const outcomes: MatchingOutcome[] = [];
    for (const open of [...run.packages].sort((a, b) => (a.package.id < b.package.id ? -1 : 1))) {
      await lockPackage(tx, open.package.id);
      const now = this.clock.now();
      const { matches, candidates } = await this.decisions.decideOne(tx, open, world);
      const stored = await currentMatches(tx, [open.package.id]);
      const fresh = matches.map((match) =>
        toRow(open, match, candidates.get(match.enterpriseId)!, world, now),
      );
      outcomes.push(await storeDecisions(tx, stored, fresh, now));
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
}
