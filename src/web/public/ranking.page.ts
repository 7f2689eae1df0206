import {
  INVITATION_RULES,
  MATCHING_LIMITS,
  TEAM_LIMITS,
  WEIGHTS,
  type Weights,
} from '../../matching/index.js';

interface Part {
  readonly key: string;
  /** 0 to 1. */
  readonly share: number;
}

export interface RankingPage {
  readonly weights: Weights;
  readonly parts: readonly Part[];
  readonly merits: readonly Part[];
  /** What the turn can weigh at most. */
  readonly most: number;
  readonly rules: typeof INVITATION_RULES;
  /** Enterprises that one package is put before. */
  readonly kept: number;
  readonly teams: typeof TEAM_LIMITS;
}

/** The weights that are ranked by, as data: the page cannot say another thing than the code does. */
export function rankingPage(): RankingPage {
  const { trade, distance, capacity, certainty, merit, meritOf } = WEIGHTS;
  const { record, answers, rotation } = meritOf;
  const list = (weights: Readonly<Record<string, number>>): Part[] =>
    Object.entries(weights).map(([key, share]) => ({ key, share }));
  return {
    weights: WEIGHTS,
    parts: list({ trade, distance, capacity, certainty, merit }),
    merits: list({ record, answers, rotation }),
    most: merit * rotation,
    rules: INVITATION_RULES,
    kept: MATCHING_LIMITS.kept,
    teams: TEAM_LIMITS,
  };
}
