import { shownGroups, type UptakeGroup } from './breakdown.js';
import { isSmall } from './small-cells.js';
import { UPTAKE_FIGURES, uptakeFigures, type Figure, type UptakeCounts } from './uptake.js';

/** A region by its NUTS code, or a municipality as packages name it. */
export type Territory = string;

/** The finest NUTS region that holds a municipality; null where none is known. */
export type RegionOf = (municipality: string) => Territory | null;

/** Lengths of NUTS codes, the finest first: an arrondissement, a province, a region; all together. */
const LEVELS = [5, 4, 3] as const;
const WHOLE = '';

/** The regions that hold a municipality, the finest first. */
export function regionsOf(municipality: string | null, regionOf: RegionOf): Territory[] {
  const finest = municipality === null ? null : regionOf(municipality);
  return finest === null ? [] : LEVELS.map((length) => finest.slice(0, length));
}

/** The groups of the municipalities that lie in a territory. */
export function groupsIn<Group extends Pick<UptakeGroup, 'key'>>(
  municipalities: readonly Group[],
  territory: Territory,
  regionOf: RegionOf,
): Group[] {
  return municipalities.filter(
    ({ key }) => key === territory || regionsOf(key, regionOf).includes(territory),
  );
}

/**
 * The figures of a territory, in the order of the path; null for what is not shown. A municipality shows what its row of the
 * breakdown shows. A region stands beside a name too, so it hides what is small; and all that is shown of regions gives no hidden
 * row away: what is left of a region, or of the whole, after the regions and rows that are shown in it is never one row.
 * @param municipalities all groups of the breakdown by municipality
 */
export function territoryFigures(
  municipalities: readonly UptakeGroup[],
  territory: Territory,
  regionOf: RegionOf,
): (Figure | null)[] {
  const rows = shownGroups(municipalities);
  const row = rows.find(({ key }) => key === territory);
  if (row) return [...row.figures];
  const of = (region: Territory): Figure[] =>
    uptakeFigures(sumOf(groupsIn(municipalities, region, regionOf)));
  const regions = new Set(municipalities.flatMap(({ key }) => regionsOf(key, regionOf)));
  if (!regions.has(territory)) return of(territory);
  const figures = new Map([...regions].map((region) => [region, of(region)]));
  let shown: ReadonlySet<Territory> = regions;
  const column = (figure: Figure, at: number): Figure | null => {
    const hidden = rows.filter((one) => one.figures[at] === null).map(({ key }) => regionsOf(key, regionOf));
    const large = [...shown].filter((region) => !isSmall(figures.get(region)![at]!.denominator));
    shown = withoutTelling(hidden, large);
    return shown.has(territory) ? figure : null;
  };
  return of(territory).map(column);
}

/** Adds up what is counted of groups that share no package. */
export function sumOf(groups: readonly Pick<UptakeGroup, 'counts'>[]): UptakeCounts {
  const sum = (figure: keyof UptakeCounts): number =>
    groups.reduce((total, { counts }) => total + counts[figure], 0);
  return Object.fromEntries(UPTAKE_FIGURES.map((figure) => [figure, sum(figure)])) as UptakeCounts;
}

/**
 * Which regions may be shown in one column.
 * @param hidden the regions of each hidden row, the finest first
 * @param candidates those that are large enough by themselves
 */
function withoutTelling(
  hidden: readonly (readonly Territory[])[],
  candidates: readonly Territory[],
): Set<Territory> {
  const shown = new Set(candidates);
  // By region: the hidden rows that nothing shown inside of it takes up.
  const left = new Map<Territory, number>();
  const add = (region: Territory, count: number): unknown =>
    left.set(region, (left.get(region) ?? 0) + count);
  for (const [finest = WHOLE] of hidden) add(finest, 1);
  for (const length of LEVELS)
    for (const region of [...left.keys()].filter((one) => one.length === length)) {
      if (left.get(region) === 1) shown.delete(region);
      if (!shown.has(region)) add(length === LEVELS.at(-1) ? WHOLE : region.slice(0, -1), left.get(region)!);
    }
  if (left.get(WHOLE) !== 1) return shown;
  // One row is left beside all regions: those that take up the fewest show nothing, with what lies around them.
  const [fewest] = [...shown]
    .filter((region) => (left.get(region) ?? 0) > 1)
    .sort((a, b) => left.get(a)! - left.get(b)! || (a < b ? -1 : 1));
  return fewest === undefined
    ? new Set()
    : new Set([...shown].filter((region) => !fewest.startsWith(region)));
}
