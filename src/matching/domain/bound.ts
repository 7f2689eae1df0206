import type { NodeRange, Probe } from './probe.js';
import { FLAGS, type Posting } from './project-postings.js';
import { SHUT_OUT } from './admission.js';
import { EARTH_RADIUS_KM } from './zone-codes.js';

/** More than rounding to five decimals and to four-byte numbers can add to a score. */
export const BOUND_MARGIN = 2e-5;
export const TRADE_LEVELS = 7;

/** Whether the row may stand for a match; zone and trade have been looked at already. */
export function passes(probe: Probe, row: Posting): boolean {
  const { site, within } = probe;
  return (
    (row.flags & probe.modes) !== 0 &&
    (row.flags & probe.mask) === probe.flags &&
    (row.proofs & probe.proofs) === probe.proofs &&
    row.valueMin <= probe.atLeast &&
    (row.valueMax >= probe.atMost || (row.flags & FLAGS.takesPart) !== 0) &&
    row.hoursPerWeek >= probe.hoursPerWeek &&
    row.freeFrom <= probe.freeBy &&
    probe.who[row.who]! > SHUT_OUT &&
    (!probe.isPoint || row.reach2 === Infinity || chord2(row, site!) <= row.reach2) &&
    (within === null || (row.flags & FLAGS.notLocated) !== 0 || chord2(row, within) <= within.reach2)
  );
}

function chord2(row: Posting, at: { readonly x: number; readonly y: number; readonly z: number }): number {
  const [x, y, z] = [row.x - at.x, row.y - at.y, row.z - at.z];
  return x * x + y * y + z * z;
}

/**
 * A score that the enterprise of this row does not exceed: closeness of trade, distance, size and merit as they are,
 * every criterion that is not in the row held to be met. The statement of `find-candidates.query.ts` says the same,
 * operation by operation, so that both give the same number.
 */
export function boundOf(probe: Probe, range: NodeRange, row: Posting): number {
  const { trade, distance, halfDistanceKm, capacity, merit, bands } = probe.weights;
  const nearness =
    probe.site === null || (row.flags & FLAGS.notLocated) !== 0
      ? 0.5
      : halfDistanceKm /
        (halfDistanceKm + Math.max(0, EARTH_RADIUS_KM * Math.sqrt(chord2(row, probe.site)) - probe.slackKm));
  const share = row.valueMax >= probe.atMost ? 1 : row.valueMax / probe.atMost;
  const statesNoSize = (row.flags & FLAGS.noSize) !== 0;
  const fitness =
    trade * (range.closeness ?? 1 - Math.abs(range.depth - row.depth) / TRADE_LEVELS) +
    distance * nearness +
    (statesNoSize ? capacity / 2 : probe.capacity * share) +
    (probe.certainty - (statesNoSize ? probe.noSize : 0) + probe.who[row.who]!) +
    merit * row.merit;
  return row.valueMax >= probe.atMost
    ? bands.match[0] + (bands.match[1] - bands.match[0]) * fitness + BOUND_MARGIN
    : bands.partial[0] + ((bands.partial[1] - bands.partial[0]) * fitness * (1 + share)) / 2 + BOUND_MARGIN;
}
