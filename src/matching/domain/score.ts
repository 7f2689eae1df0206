import type { Weights } from './weights.js';

/** What a score is made of, each 0 to 1, more is better. */
export interface ScoreParts {
  /** Closeness of the declared trade to the one asked: 1 for the same code. */
  readonly trade: number;
  /** @see nearnessOf */
  readonly distance: number;
  /** 1 inside the declared range, the share it can take when part, a half when neither value nor hours can be compared. */
  readonly capacity: number;
  /** Share of the ten criteria that are known to hold. */
  readonly certainty: number;
  /** Record, answers and turn of the enterprise in one number: the same for every package. */
  readonly merit: number;
}

/** Where an enterprise of which nothing is known stands. */
export const NEUTRAL_MERIT = 0.65;

/** 1 at the site, a half at `halfDistanceKm`, a half when the distance is not known. */
export function nearnessOf(distanceKm: number | null, { halfDistanceKm }: Weights): number {
  return distanceKm === null ? 0.5 : halfDistanceKm / (halfDistanceKm + distanceKm);
}

/** Weighted sum, 0 to 1. It never falls when a part rises: a bound of each part gives a bound of the whole. */
export function fitnessOf(parts: ScoreParts, weights: Weights): number {
  return (
    weights.trade * parts.trade +
    weights.distance * parts.distance +
    weights.capacity * parts.capacity +
    weights.certainty * parts.certainty +
    weights.merit * parts.merit
  );
}

/**
 * The score inside the band of its verdict, five decimals. A partial match is worth what it covers.
 * @param coverage share of the work, 0 to 1; read for a partial match only
 */
export function scoreOf(
  verdict: keyof Weights['bands'],
  parts: ScoreParts,
  coverage: number,
  weights: Weights,
): number {
  const [low, high] = weights.bands[verdict];
  const weight = verdict === 'partial' ? (1 + coverage) / 2 : 1;
  return Math.round((low + (high - low) * fitnessOf(parts, weights) * weight) * 100_000) / 100_000;
}
