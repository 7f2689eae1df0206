import type { Day } from '../../kernel/index.js';

/** The figures a working group follows, in the order of the path from publication to confirmed award. */
export const UPTAKE_FIGURES = [
  'published',
  'placeable',
  'eligible',
  'notified',
  'answered',
  'interested',
  'retained',
  'awarded',
  'confirmed',
] as const;
export type UptakeFigure = (typeof UPTAKE_FIGURES)[number];

/** Of what the figures speak. */
export interface UptakePeriod {
  /** First day of publication, in Brussels. */
  readonly from: Day;
  /** First day after. */
  readonly until: Day;
  /** Figures as they were known at the end of this day; null for all that is known now. */
  readonly known: Day | null;
}

/** Number of work packages at each stage of the path; each is counted in the rows, never counted up. */
export type UptakeCounts = Readonly<Record<UptakeFigure, number>>;

/** Which stage a figure is a share of; `null` for a plain number. Its definition is the message `figure.<key>.definition`. */
const SHARE_OF: Readonly<Record<UptakeFigure, UptakeFigure | null>> = {
  published: null,
  placeable: 'published',
  eligible: 'placeable',
  notified: 'eligible',
  answered: 'notified',
  interested: 'notified',
  retained: 'interested',
  awarded: 'interested',
  confirmed: 'awarded',
};

export interface Figure {
  readonly key: UptakeFigure;
  readonly numerator: number;
  readonly denominator: number | null;
  /** 0 to 1, or null where there is no denominator or it is zero: no share of nothing. */
  readonly share: number | null;
}

/** Each figure with what it is a share of. */
export function uptakeFigures(counts: UptakeCounts): Figure[] {
  return UPTAKE_FIGURES.map((key) => {
    const of = SHARE_OF[key];
    const denominator = of === null ? null : counts[of];
    return {
      key,
      numerator: counts[key],
      denominator,
      share: denominator ? counts[key] / denominator : null,
    };
  });
}
