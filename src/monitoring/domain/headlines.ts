import type { Checked, Uptake } from './breakdown.js';
import type { ClauseProgress } from './clause-progress.js';
import { isSmall } from './small-cells.js';
import { groupsIn, territoryFigures, type RegionOf, type Territory } from './territory.js';
import { UPTAKE_FIGURES, uptakeFigures, type Figure, type UptakeFigure } from './uptake.js';

/** What a working group reads first, in this order. */
export const HEADLINES = ['published', 'placeable', 'eligible', 'awarded', 'hours', 'winners'] as const;
export type HeadlineKey = (typeof HEADLINES)[number];

/** Enterprises by what came of their answers. */
export interface Winners {
  /** That wanted to do all or a part of a package, or looked for a team. */
  readonly wanted: number;
  /** To which a package was awarded, in whole or in part; of those, whose award they confirmed. */
  readonly won: number;
  readonly confirmed: number;
}

export interface Ratio {
  readonly part: number;
  readonly whole: number;
}

/** One figure. Packages; for `hours` hours of training, for `winners` enterprises. */
export interface Headline {
  readonly key: HeadlineKey;
  /** Null where it would tell of single cases. */
  readonly value: { readonly numerator: number; readonly denominator: number | null } | null;
  /** How well it is known: of `whole`, so much is; null where there is nothing to know. */
  readonly coverage: Ratio | null;
}

/** What the figures of a period are worked out from. */
export interface Told {
  readonly uptake: Uptake;
  /** Of the territory. */
  readonly winners: Winners;
  /** Debts name no place: they are those of the whole. */
  readonly clauses: ClauseProgress;
}

/** The path and the six headlines of a territory; of the whole for null. */
export function headlinesOf(
  { uptake, winners, clauses }: Told,
  territory: Territory | null,
  regionOf: RegionOf,
): { readonly figures: readonly (Figure | null)[]; readonly headlines: readonly Headline[] } {
  const { municipality } = uptake.groups;
  const figures =
    territory === null ? uptakeFigures(uptake.total) : territoryFigures(municipality, territory, regionOf);
  const countOf = (key: UptakeFigure): number | null =>
    figures[UPTAKE_FIGURES.indexOf(key)]?.numerator ?? null;
  const checked = territory === null ? uptake.checked : groupsIn(uptake.checked, territory, regionOf);
  const sum = (of: (one: Checked) => number): number => checked.reduce((total, one) => total + of(one), 0);
  const unplaced = uptake.groups.municipality.find(({ key }) => key === null)?.counts.published ?? 0;
  const published = countOf('published')!;
  const placeable = countOf('placeable');
  const eligible = countOf('eligible');
  const awarded = countOf('awarded');
  const areFew = territory !== null && (awarded === null || isSmall(winners.wanted));
  const share = (numerator: number | null, denominator: number | null): Headline['value'] =>
    numerator === null || denominator === null ? null : { numerator, denominator };
  const { training, hoursDue } = clauses;
  const told: Record<HeadlineKey, Omit<Headline, 'key'>> = {
    published: {
      value: { numerator: published, denominator: null },
      coverage: territory === null ? ratio(published - unplaced, published) : null,
    },
    placeable: {
      value: share(placeable, published),
      coverage: ratio(
        sum(({ judged }) => judged),
        published,
      ),
    },
    eligible: {
      value: share(eligible, placeable),
      coverage: ratio(
        sum(({ sought }) => sought),
        placeable,
      ),
    },
    awarded: { value: share(awarded, placeable), coverage: ratio(countOf('confirmed'), awarded) },
    hours: {
      value: share(Number(training.performed), Number(hoursDue)),
      coverage: ratio(Number(training.proven), Number(training.performed)),
    },
    winners: {
      value: areFew ? null : share(winners.won, winners.wanted),
      coverage: ratio(winners.confirmed, winners.won),
    },
  };
  const headlines = HEADLINES.map((key): Headline => {
    const { value, coverage } = told[key];
    return { key, value, coverage: value === null ? null : coverage };
  });
  return { figures, headlines };
}

function ratio(part: number | null, whole: number | null): Ratio | null {
  return part === null || !whole ? null : { part, whole };
}
