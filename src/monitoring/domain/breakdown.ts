import { hideSmallCells, SMALLEST_SHOWN } from './small-cells.js';
import {
  UPTAKE_FIGURES,
  uptakeFigures,
  type Figure,
  type UptakeCounts,
  type UptakeFigure,
} from './uptake.js';

/** What the figures are broken down by. */
export const BREAKDOWNS = ['contractor', 'trade', 'municipality', 'kind', 'basis', 'origin'] as const;
export type BreakdownBy = (typeof BREAKDOWNS)[number];

/** Packages of one contractor, one trade ...; `key` is its id or code, null for packages that name none. */
export interface UptakeGroup {
  readonly key: string | null;
  /** Of a contractor; other keys are codes with words in every language. */
  readonly name: string | null;
  readonly counts: UptakeCounts;
}

export interface ShownGroup extends Omit<UptakeGroup, 'counts'> {
  /** In the order of the path; null for a small cell, which is not shown. */
  readonly figures: readonly (Figure | null)[];
}

/** How well packages of one municipality are known. */
export interface Checked {
  /** Of the municipality; null for packages that name none. */
  readonly key: string | null;
  /** Packages of which a person confirmed whether they can be placed. */
  readonly judged: number;
  /** Packages that can be placed and were proposed, so that enterprises were looked for. */
  readonly sought: number;
}

/** Everything the figures say of a period. */
export interface Uptake {
  readonly total: UptakeCounts;
  readonly checked: readonly Checked[];
  readonly groups: Readonly<Record<BreakdownBy, readonly UptakeGroup[]>>;
}

/** What may be shown of a breakdown, wherever it is shown: on the page, in a file, to a program. */
export function shownGroups(groups: readonly UptakeGroup[]): ShownGroup[] {
  const figures = hideSmallCells(groups.map(({ counts }) => uptakeFigures(counts)));
  return groups.map(({ key, name }, row) => ({ key, name, figures: figures[row]! }));
}

/**
 * Whether the packages behind a figure may be listed: not those of a hidden cell, nor so few that the list would tell of
 * single cases; and only what the contractors themselves made known, since two lists of what came after, laid side by side,
 * would tell what a hidden cell hides.
 */
export function mayList(by: BreakdownBy, group: ShownGroup, figure: UptakeFigure): boolean {
  const shown = group.figures[UPTAKE_FIGURES.indexOf(figure)];
  // Kinds of enterprise are told apart only from the match on.
  if (by === 'kind' || (figure !== 'published' && figure !== 'placeable')) return false;
  return shown !== null && shown !== undefined && shown.numerator >= SMALLEST_SHOWN;
}
