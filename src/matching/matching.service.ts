import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { DecideService } from './decide.service.js';
import {
  closeMatches,
  currentMatch,
  currentMatches,
  lockFreePackages,
  lockPackages,
  type StoredMatch,
} from './match.repository.js';
import { keepAsked } from './asked.repository.js';
import type { KeptRun, KnownEnterprise, MatchingOutcome, OpenPackage } from './matching-run.js';
import type { World } from './matching-world.js';
import type { BestSearch } from './search-best.js';
import { merge, storeDecisions, toRow, type Decided } from './store-decisions.js';

/** Packages that are decided on together: they share what is loaded, and are written in one go. */
const AT_ONCE = 100;

/** Enterprises that are kept loaded from one lot of packages to the next: some ten megabytes. */
const MOST_KNOWN = 5000;

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
  async matchPackages(tx: Tx, run: KeptRun): Promise<MatchingOutcome> {
    await lockPackages(
      tx,
      run.packages.map((open) => open.package.id),
    );
    const world = await this.decisions.world(tx, run);
    const chunks = Array.from({ length: Math.ceil(run.packages.length / AT_ONCE) }, (_, i) =>
      run.packages.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    );
    let register = new Map<string, KnownEnterprise>();
    const begin = async (chunk?: readonly OpenPackage[]): Promise<BestSearch | null> => {
      if (register.size > MOST_KNOWN) register = new Map();
      return chunk ? this.decisions.beginBest(tx, chunk, world, register, run.best) : null;
    };
    const outcomes: MatchingOutcome[] = [];
    let begun = await begin(chunks[0]);
    let [next] = await Promise.all([begin(chunks[1]), begun?.evaluate()]);
    for (const [i, packages] of chunks.entries()) {
      const now = this.clock.now();
      const decided = await this.decideSome(tx, packages, begun!, world);
      // While PostgreSQL writes these and finds those after the next, we think about the next.
      const write = async (): Promise<BestSearch | null> => {
        outcomes.push(await storeDecisions(tx, decided, now));
        return begin(chunks[i + 2]);
      };
      const [later] = await Promise.all([write(), next?.evaluate()]);
      [begun, next] = [next, later];
    }
    return merge(outcomes);
  }

  /** To be called before packages are read that an enterprise will be put to. */
  lock(tx: Tx, packageIds: readonly string[]): Promise<void> {
    return lockPackages(tx, packageIds);
  }

  /** The same for somebody who cannot wait. @returns those that nobody else decides on now */
  lockFree(tx: Tx, packageIds: readonly string[]): Promise<string[]> {
    return lockFreePackages(tx, packageIds);
  }

  private async decideSome(
    tx: Tx,
    packages: readonly OpenPackage[],
    begun: BestSearch,
    world: World,
  ): Promise<Decided[]> {
    const now = this.clock.now();
    const ids = packages.map((open) => open.package.id);
    const standing = Map.groupBy(await currentMatches(tx, ids), ({ packageId }) => packageId);
    const stays = new Map(
      packages.map(({ package: { id }, invited = [] }) => {
        const told = (standing.get(id) ?? []).filter(isFit).map((one) => one.enterpriseId);
        return [id, new Set([...told, ...invited])];
      }),
    );
    const decisions = await this.decisions.decideBest(tx, begun, world, stays);
    const digests = await keepAsked(tx, packages);
    const decided: Decided[] = [];
    for (const { open, matches, candidates } of decisions) {
      const stored = standing.get(open.package.id) ?? [];
      const askedDigest = digests.get(open.package.id)!;
      const fresh = matches.map((match) => {
        const found = candidates.get(match.enterpriseId)!;
        return toRow(open, match, found, world, { askedDigest, standing: found.standing, now });
      });
      const fitting = new Set(fresh.map(({ enterpriseId }) => enterpriseId));
      const gone = stored.map(({ enterpriseId }) => enterpriseId).filter((id) => !fitting.has(id));
      decided.push({ stored, fresh, whyGone: await this.decisions.whyNot(tx, open, gone, world) });
    }
    return decided;
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

function isFit({ verdict }: StoredMatch): boolean {
  return verdict !== 'near-miss';
}
