import { SMALLEST_SHOWN } from './small-cells.js';
import type { UptakeFigure } from './uptake.js';

/** Where a package can be lost, in the order of the path: it reached what came before, and not this. */
export const LOSS_STAGES = [
  'placeable',
  'eligible',
  'notified',
  'answered',
  'interested',
  'awarded',
  'confirmed',
] as const satisfies readonly UptakeFigure[];
export type LossStage = (typeof LOSS_STAGES)[number];

/** Packages lost at one stage for one reason; `answer:` and `decision:` go before the reasons people chose. */
export interface Loss {
  readonly stage: LossStage;
  readonly reason: string;
  readonly count: number;
}

/** Reasons of a stage that may be shown, most frequent first; `reason` null: all the others, together. */
export interface ShownLosses {
  readonly stage: LossStage;
  readonly lost: number;
  readonly reasons: readonly { readonly reason: string | null; readonly count: number }[];
}

/** What the contractors themselves made known, so that a list of it tells nothing that was hidden; with the number of the last stage reached. */
const LISTED: Readonly<Record<string, number>> = { 'not-placeable': 0, 'not-judged': 0, 'not-offered': 1 };

/**
 * Every stage with what was lost there. A reason of fewer than five packages goes into one with its like, so that the reasons
 * of a stage add up. Some stages know two reasons only: one left over alone would be known by elimination, so the next
 * smallest goes with it.
 */
export function shownLosses(losses: readonly Loss[]): ShownLosses[] {
  return LOSS_STAGES.map((stage) => {
    const here = losses.filter((loss) => loss.stage === stage).toSorted((a, b) => b.count - a.count);
    const named = namedOf(here);
    const rest = sum(here.slice(named.length));
    return {
      stage,
      lost: sum(here),
      reasons: [
        ...named.map(({ reason, count }) => ({ reason, count })),
        ...(rest > 0 ? [{ reason: null, count: rest }] : []),
      ],
    };
  });
}

/** The reasons of a stage that may be named. @param here most frequent first */
function namedOf(here: readonly Loss[]): readonly Loss[] {
  const named = here.filter(({ count }) => count >= SMALLEST_SHOWN);
  const tellsOne = (rest: readonly Loss[]): boolean => rest.length === 1 || sum(rest) < SMALLEST_SHOWN;
  while (named.length > 0 && named.length < here.length && tellsOne(here.slice(named.length))) named.pop();
  return named;
}

function sum(list: readonly Loss[]): number {
  return list.reduce((total, { count }) => total + count, 0);
}

/** The last stage that packages lost for a listed reason came to; null for a reason that is not listed. */
export function stageReached(reason: string): number | null {
  return LISTED[reason] ?? null;
}

/** A reason whose packages may be listed: one that is shown by its name; null when it may not. */
export function listedLoss(losses: readonly Loss[], reason: string): Loss | null {
  if (stageReached(reason) === null) return null;
  const isShown = shownLosses(losses).some(({ reasons }) => reasons.some((shown) => shown.reason === reason));
  return (isShown && losses.find((loss) => loss.reason === reason)) || null;
}
