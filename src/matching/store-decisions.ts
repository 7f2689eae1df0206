import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { RegisteredEnterprise } from '../registry/index.js';
import {
  compareDecisions,
  type Because,
  type Match,
  type MatchVerdict,
  type Standing,
} from './domain/index.js';
import {
  closeMatches,
  insertMatches,
  updateRanks,
  type NewMatch,
  type StoredMatch,
} from './match.repository.js';
import type { MatchingOutcome, OpenPackage } from './matching-run.js';
import { rulesVersionOf, type World } from './matching-world.js';

/** A decision as it is kept, with the versions it rests on. */
export function toRow(
  open: OpenPackage,
  match: Match,
  found: RegisteredEnterprise,
  world: World,
  kept: { readonly askedDigest: string; readonly standing: Standing; readonly now: Date },
): NewMatch {
  return {
    id: newId(kept.now),
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
    rulesVersion: rulesVersionOf(world),
    askedDigest: kept.askedDigest,
    standing: kept.standing,
  };
}

/** What stands on a package, or on one pair, and what was decided afresh. */
export interface Decided {
  readonly stored: readonly StoredMatch[];
  readonly fresh: readonly NewMatch[];
  /** Of enterprises that no longer fit: the criterion that fails now. */
  readonly whyGone: ReadonlyMap<string, Because>;
}

/** Makes decisions stand, all in one go: adds, replaces, withdraws; leaves alone what is the same. */
export async function storeDecisions(
  tx: Tx,
  decided: readonly Decided[],
  now: Date,
): Promise<MatchingOutcome> {
  const compared = decided.map(({ stored, fresh }) => compareDecisions(stored, fresh));
  const added = compared.flatMap((one) => one.added);
  const changed = compared.flatMap((one) => one.changed);
  const withdrawn = compared.flatMap((one) => one.withdrawn);
  const gone = compared.flatMap((one, i) =>
    one.withdrawn.map(({ id, verdict, enterpriseId }) => ({
      id,
      reason: reasonToClose(verdict),
      because: decided[i]!.whyGone.get(enterpriseId) ?? null,
    })),
  );
  const unchanged = compared.flatMap((one) => one.unchanged);
  await closeMatches(
    tx,
    [...changed.map(({ before }) => ({ id: before.id, reason: 'changed' as const })), ...gone],
    now,
  );
  const since = decided
    .flatMap(({ stored }) => stored)
    .reduce((at, one) => (one.since >= at ? new Date(one.since.getTime() + 1) : at), now);
  await insertMatches(tx, [...added, ...changed.map(({ after }) => after)], since);
  await updateRanks(
    tx,
    unchanged
      .filter(({ stored, fresh }) => stored.rank !== fresh.rank)
      .map(({ stored, fresh }) => ({ id: stored.id, rank: fresh.rank })),
  );
  return {
    added: added.map((match) => ({ ...match, since })),
    changed: changed.map(({ before, after }) => ({ before, after: { ...after, since } })),
    withdrawn,
    unchanged: unchanged.length,
  };
}

/** Only so many near misses are kept: one that goes may have been pushed out by nearer ones. */
function reasonToClose(verdict: MatchVerdict): 'outranked' | 'no-longer-fits' {
  return verdict === 'near-miss' ? 'outranked' : 'no-longer-fits';
}

export function merge(outcomes: readonly MatchingOutcome[]): MatchingOutcome {
  return {
    added: outcomes.flatMap(({ added }) => added),
    changed: outcomes.flatMap(({ changed }) => changed),
    withdrawn: outcomes.flatMap(({ withdrawn }) => withdrawn),
    unchanged: outcomes.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}
