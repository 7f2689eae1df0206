/**
 * How the score of a match is made. All of it is data, shown on the page that explains the ranking; nothing
 * personal or protected enters. A change is a new version, kept on every match that was decided under it.
 */
export const WEIGHTS = {
  version: '2026-1',
  /** Nearness of the declared trade to the one asked: 1 for the same code. */
  trade: 0.35,
  /** Nearness of the enterprise: 1 at the site, a half at `halfDistanceKm`, a half when it is not known. */
  distance: 0.25,
  halfDistanceKm: 25,
  /** How well the size fits: 1 inside the declared range, the share it can take when part, a half when not known. */
  capacity: 0.2,
  /** Share of the ten criteria that are known to hold. */
  certainty: 0.2,
  /** A whole match always stands above a partial one, and that above a near miss. */
  bands: { match: [0.5, 1], partial: [0.2, 0.5], 'near-miss': [0, 0.2] },
} as const;
