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

/** Reasons of a stage that may be shown, most frequent first; `reason` null: all that are too few, together. */
export interface ShownLosses {
  readonly stage: LossStage;
  readonly lost: number;
  readonly reasons: readonly { readonly reason: string | null; readonly count: number }[];
}

/** What the contractors themselves made known, so that a list of it tells nothing that was hidden. */
const LISTED: readonly string[] = ['not-placeable', 'not-judged', 'not-offered'];

/**
 * Every stage with what was lost there. A reason of fewer than five packages goes into one with its like: the reasons of a
 * stage add up, and what is left over names none.
 */
export function shownLosses(losses: readonly Loss[]): ShownLosses[] {
  return LOSS_STAGES.map((stage) => {
    const here = losses.filter((loss) => loss.stage === stage).toSorted((a, b) => b.count - a.count);
    const shown = here.filter(({ count }) => count >= SMALLEST_SHOWN);
    const sum = (list: readonly Loss[]): number => list.reduce((total, { count }) => total + count, 0);
    const rest = sum(here) - sum(shown);
    return {
      stage,
      lost: sum(here),
      reasons: [
        ...shown.map(({ reason, count }) => ({ reason, count })),
        ...(rest > 0 ? [{ reason: null, count: rest }] : []),
      ],
    };
  });
}

/** How many packages of a reason may be listed; null when none may. */
export function listedLoss(losses: readonly Loss[], reason: string): Loss | null {
  const found = losses.find((loss) => loss.reason === reason && loss.count >= SMALLEST_SHOWN);
  return found && LISTED.includes(reason) ? found : null;
}
