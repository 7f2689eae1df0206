import type { MatchingOutcome } from './matching-run.js';
import type { StoredMatch } from './match.repository.js';

/** Pairs that fit now and did not before, by tender: what somebody has to be told. */
export function newsOf({ added, changed }: MatchingOutcome): ReadonlyMap<string, readonly StoredMatch[]> {
  const fits = ({ verdict }: StoredMatch): boolean => verdict !== 'near-miss';
  const turned = changed.filter(({ before, after }) => !fits(before) && fits(after));
  return Map.groupBy(
    [...added.filter(fits), ...turned.map(({ after }) => after)],
    ({ tenderId }) => tenderId,
  );
}
