import { Refusal } from '../../kernel/index.js';
import {
  BREAKDOWNS,
  mayList,
  shownGroups,
  SMALLEST_SHOWN,
  UPTAKE_FIGURES,
  type BreakdownBy,
  type Figure,
  type Territory,
  type UptakeFigure,
  type UptakeGroup,
  type UptakePackage,
  type UptakePeriod,
} from '../../monitoring/index.js';
import type { Pages } from '../shared/paging.js';
import type { GroupLabel } from '../shared/group-labels.js';
import { workingGroupPaths, type AskedDays } from './paths.js';
import { daysOf } from './period.js';

export const PACKAGES_A_PAGE = 50;

/** Which packages are asked for: those of one group that reached a figure. */
export interface AskedPackages {
  readonly by: BreakdownBy;
  /** Null for the group of what names none. */
  readonly key: string | null;
  readonly figure: UptakeFigure;
}

export interface PackagesPage extends AskedDays {
  /** Null for a territory. */
  readonly by: BreakdownBy | null;
  /** Of the group or the territory; null for all packages. */
  readonly label: string | null;
  readonly figure: Figure;
  readonly packages: readonly UptakePackage[];
  readonly pages: Pages;
  readonly smallestShown: number;
  readonly backHref: string;
}

/** @returns null for all that were published @throws Refusal `not-found` for what is no breakdown or no figure */
export function readAskedPackages(query: Readonly<Record<string, unknown>>): AskedPackages | null {
  if (query['by'] === undefined && query['figure'] === undefined) return null;
  const by = BREAKDOWNS.find((known) => known === query['by']);
  const figure = UPTAKE_FIGURES.find((known) => known === query['figure']);
  if (!by || !figure) throw new Refusal('not-found');
  return { by, figure, key: typeof query['of'] === 'string' ? query['of'] : null };
}

/** The figure whose packages are asked for, when they may be listed. @throws Refusal `not-found` when not */
export function listedFigure(
  groups: readonly UptakeGroup[],
  { by, key, figure }: AskedPackages,
): { readonly figure: Figure; readonly name: string | null } {
  const group = shownGroups(groups).find((candidate) => candidate.key === key);
  if (!group || !mayList(by, group, figure)) throw new Refusal('not-found');
  return { figure: group.figures[UPTAKE_FIGURES.indexOf(figure)]!, name: group.name };
}

/** A page number of the list; what makes no sense is the first. */
export function readPage(asked: unknown, count: number): number {
  const number = Number(asked);
  const total = Math.ceil(count / PACKAGES_A_PAGE);
  return Number.isInteger(number) && number >= 1 && number <= total ? number : 1;
}

export function packagesPage(
  period: UptakePeriod,
  asked: AskedPackages,
  found: { readonly figure: Figure; readonly name: string | null },
  packages: readonly UptakePackage[],
  current: number,
  label: GroupLabel,
): PackagesPage {
  const days = daysOf(period);
  const hrefOf = (page: number): string =>
    workingGroupPaths.packages(asked.by, asked.key, asked.figure, days, page);
  return {
    ...days,
    by: asked.by,
    label: label(asked.by, { key: asked.key, name: found.name }),
    figure: found.figure,
    packages,
    pages: pagesOf(found.figure.numerator, current, hrefOf),
    smallestShown: SMALLEST_SHOWN,
    backHref: workingGroupPaths.figures(days),
  };
}

/** How many packages were published in municipalities; in all for null. @throws Refusal `not-found` for too few to list */
export function publishedIn(
  groups: readonly UptakeGroup[],
  municipalities: readonly string[] | null,
): number {
  const count = groups
    .filter(({ key }) => municipalities === null || (key !== null && municipalities.includes(key)))
    .reduce((sum, { counts }) => sum + counts.published, 0);
  if (count < SMALLEST_SHOWN) throw new Refusal('not-found');
  return count;
}

/** All packages that were published, in a territory or anywhere. */
export function publishedPage(
  period: UptakePeriod,
  territory: Territory | null,
  count: number,
  packages: readonly UptakePackage[],
  current: number,
  label: GroupLabel,
): PackagesPage {
  const days = daysOf(period, territory);
  return {
    ...days,
    by: null,
    label: territory === null ? null : label('municipality', { key: territory, name: null }),
    figure: { key: 'published', numerator: count, denominator: null, share: null },
    packages,
    pages: pagesOf(count, current, (page) => workingGroupPaths.published(days, page)),
    smallestShown: SMALLEST_SHOWN,
    backHref: workingGroupPaths.figures(days),
  };
}

function pagesOf(count: number, current: number, hrefOf: (page: number) => string): Pages {
  const total = Math.ceil(count / PACKAGES_A_PAGE);
  return { current, total, href: Array.from({ length: total }, (_, index) => hrefOf(index + 1)) };
}
