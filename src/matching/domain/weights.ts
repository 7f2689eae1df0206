import { TRADE_GROUPS_2026_3, type TradeGroup } from './trade-groups.js';

/**
 * How the score of a match is made: data alone, shown on the public page that explains the ranking. Nothing
 * personal or protected enters. A change is a new version under a new name, and old ones stay: every match names
 * the version it was ranked by and is replayed with it.
 */
export interface Weights {
  readonly version: string;
  /**
   * What criteria and near misses say of the same facts. A change of it is a new number, under a new version, and what the
   * old one said stays in the code, so that what was decided by it is decided again the same.
   */
  readonly method: 1 | 2 | 3;
  /** The five weights add up to 1. */
  readonly trade: number;
  readonly distance: number;
  readonly capacity: number;
  readonly certainty: number;
  readonly merit: number;
  /** Trades that stand for one another, and how close that is, 0 to 1: less than the same code, more than a far ancestor. */
  readonly tradeGroups: readonly TradeGroup[];
  readonly groupCloseness: number;
  /** Kilometres at which nearness is a half. */
  readonly halfDistanceKm: number;
  /** A whole match always stands above a partial one, and that above a near miss. */
  readonly bands: Readonly<Record<'match' | 'partial' | 'near-miss', readonly [number, number]>>;
  /** How the one number of an enterprise is made; its three weights add up to 1. */
  readonly meritOf: MeritWeights;
}

export interface MeritWeights {
  readonly record: number;
  readonly answers: number;
  readonly rotation: number;
  /** Ended jobs, and invitations, that everybody starts with: a newcomer stands in the middle, not at the end. */
  readonly priorJobs: number;
  readonly priorInvitations: number;
  /** Days that an invitation counts against the next one, and how many of them halve the turn. */
  readonly rotationDays: number;
  readonly halfInvitations: number;
}

const BANDS: Weights['bands'] = { match: [0.5, 1], partial: [0.2, 0.5], 'near-miss': [0, 0.2] };

const MERIT: MeritWeights = {
  record: 0.35,
  answers: 0.35,
  rotation: 0.3,
  priorJobs: 2,
  priorInvitations: 4,
  rotationDays: 90,
  halfInvitations: 10,
};

const VERSIONS: readonly Weights[] = [
  {
    version: '2026-1',
    method: 1,
    trade: 0.35,
    distance: 0.25,
    capacity: 0.2,
    certainty: 0.2,
    merit: 0,
    tradeGroups: [],
    groupCloseness: 0,
    halfDistanceKm: 25,
    bands: BANDS,
    meritOf: MERIT,
  },
  {
    version: '2026-2',
    method: 1,
    trade: 0.3,
    distance: 0.25,
    capacity: 0.15,
    certainty: 0.15,
    merit: 0.15,
    tradeGroups: [],
    groupCloseness: 0,
    halfDistanceKm: 25,
    bands: BANDS,
    meritOf: MERIT,
  },
  {
    version: '2026-3',
    method: 1,
    trade: 0.3,
    distance: 0.25,
    capacity: 0.15,
    certainty: 0.15,
    merit: 0.15,
    tradeGroups: TRADE_GROUPS_2026_3,
    groupCloseness: 0.4,
    halfDistanceKm: 25,
    bands: BANDS,
    meritOf: MERIT,
  },
  {
    version: '2026-4',
    method: 2,
    trade: 0.3,
    distance: 0.25,
    capacity: 0.15,
    certainty: 0.15,
    merit: 0.15,
    tradeGroups: TRADE_GROUPS_2026_3,
    groupCloseness: 0.4,
    halfDistanceKm: 25,
    bands: BANDS,
    meritOf: MERIT,
  },
  {
    version: '2026-5',
    method: 3,
    trade: 0.3,
    distance: 0.25,
    capacity: 0.15,
    certainty: 0.15,
    merit: 0.15,
    tradeGroups: TRADE_GROUPS_2026_3,
    groupCloseness: 0.4,
    halfDistanceKm: 25,
    bands: BANDS,
    meritOf: MERIT,
  },
];

/** The version that is ranked by today. */
export const WEIGHTS: Weights = VERSIONS.at(-1)!;

/** How many versions there have been. */
export const WEIGHTS_NUMBER = VERSIONS.length;

/** Of the version that a stored verdict names. @param rulesVersion stamp of the law, then version of the weights @returns undefined for one that never was */
export function weightsCited(rulesVersion: string): Weights | undefined {
  return weightsOf(rulesVersion.slice(rulesVersion.lastIndexOf(' ') + 1));
}

/** Whether criteria and near misses may say something else of the same facts today. @see weightsCited */
export function isOfFormerMethod(rulesVersion: string): boolean {
  return weightsCited(rulesVersion)?.method !== WEIGHTS.method;
}

/** @returns undefined for a version that never was */
export function weightsOf(version: string): Weights | undefined {
  return VERSIONS.find((one) => one.version === version);
}
