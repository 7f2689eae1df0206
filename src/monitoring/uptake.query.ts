import type { Day } from '../kernel/index.js';
import { prepared, rows, type Tx } from '../platform/db/index.js';
import {
  UPTAKE_FIGURES,
  type BreakdownBy,
  type Uptake,
  type UptakeCounts,
  type UptakeFigure,
  type UptakeGroup,
  type UptakePeriod,
} from './domain/index.js';
import { countedOnce } from './kept-counts.js';
import { packagesOfPage, stagedNow, type Staged } from './staged.query.js';

/** A package behind a figure, with what was published of it. */
export interface UptakePackage {
  readonly tender: string;
  readonly ref: string;
  readonly title: string;
  /** Municipality of the works, as the tender names it. */
  readonly municipality: string | null;
  readonly publishedOn: Day;
}

/** Packages that came to a stage and no further; `key` null where they name none. */
interface StageRow {
  readonly key: string | null;
  readonly name: string | null;
  readonly stage: number;
  readonly count: number;
}
interface SplitRow extends Omit<StageRow, 'key' | 'name'> {
  readonly by: 'contractor' | 'municipality' | null;
  readonly contractor: string | null;
  readonly municipality: string | null;
  readonly trade: string | null;
  readonly basis: string | null;
  readonly origin: string | null;
  readonly judged: number;
  readonly sought: number;
}

/** Trades, bases and origins are few: counted together, they are told apart afterwards. */
const splitSql = ({ packages }: Staged): string => `
  WITH ${packages}, grouped AS (
    SELECT CASE grouping(contractor, municipality) WHEN 1 THEN 'contractor' WHEN 2 THEN 'municipality' END AS by,
           contractor, municipality, trade, basis, origin, stage, count(*)::int AS count,
           count(*) FILTER (WHERE judged)::int AS judged, count(*) FILTER (WHERE offered AND placeable)::int AS sought
    FROM staged GROUP BY GROUPING SETS ((contractor, stage), (municipality, stage), (trade, basis, origin, stage))
  )
  SELECT * FROM grouped`;

const kindsSql = ({ packages, kinds }: Staged): string => `
  WITH ${packages}, ${kinds}
  SELECT kind AS key, NULL AS name, stage, count(*)::int AS count FROM by_kind GROUP BY kind, stage`;

/** The figures of a period, whole and broken down; counted in the rows, never counted up. */
export async function uptake(tx: Tx, period: UptakePeriod): Promise<Uptake> {
  const staged = await stagedNow(tx, period);
  const { split, byKind } = await countedOnce(tx, staged, async () => ({
    split: await ask<SplitRow>(tx, staged, 'split', splitSql(staged)),
    byKind: await ask<StageRow>(tx, staged, 'kinds', kindsSql(staged)),
  }));
  const names = await contractorNames(tx, split);
  // What came into a package and left it again counts under no figure.
  const kinds = groupsOf(byKind).filter(({ counts }) => counts.eligible > 0);
  const of = (by: Exclude<BreakdownBy, 'kind'>): UptakeGroup[] => {
    const here = by === 'contractor' || by === 'municipality' ? by : null;
    return groupsOf(
      split
        .filter((row) => row.by === here)
        .map((row) => ({ ...row, key: row[by], name: names.get(row.contractor ?? '') ?? null })),
    );
  };
  const total = countsOf(split.filter(({ by }) => by === null));
  // What could have been placed, could have been by any kind.
  const { published, placeable } = total;
  return {
    total,
    checked: split
      .filter(({ by }) => by === 'municipality')
      .map(({ municipality, judged, sought }) => ({ key: municipality, judged, sought })),
    groups: {
      contractor: of('contractor'),
      trade: of('trade'),
      municipality: of('municipality'),
      kind: kinds.map((group) => ({ ...group, counts: { ...group.counts, published, placeable } })),
      basis: of('basis'),
      origin: of('origin'),
    },
  };
}

/** The groups of one breakdown alone. */
export async function uptakeBy(
  tx: Tx,
  period: UptakePeriod,
  by: BreakdownBy,
): Promise<readonly UptakeGroup[]> {
  return (await uptake(tx, period)).groups[by];
}

/** Kept planned as long as nothing is marked: how to find what is marked depends on how much it is. */
function ask<Row>(tx: Tx, { isAllKept, isPast, params }: Staged, name: string, sql: string): Promise<Row[]> {
  return isAllKept
    ? prepared(tx, `uptake-${name}-${isPast ? 'past' : 'now'}`, sql, params)
    : rows(tx, sql, params);
}

async function contractorNames(tx: Tx, split: readonly SplitRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(split.flatMap(({ contractor }) => contractor ?? []));
  const found = await rows<{ id: string; name: string }>(
    tx,
    'SELECT id, name FROM accounts.organisation WHERE id = ANY ($1::uuid[])',
    [[...ids]],
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** Which packages: those of one group of a breakdown, or of some municipalities, null for all. */
export type PackagesOf = { readonly figure: UptakeFigure } & (
  | { readonly by: BreakdownBy; readonly key: string | null }
  | { readonly municipalities: readonly string[] | null }
);

/** The packages counted under a figure, newest publication first. */
export async function uptakePackages(
  tx: Tx,
  period: UptakePeriod,
  of: PackagesOf,
  page: { readonly size: number; readonly number: number },
): Promise<UptakePackage[]> {
  const { packages, kinds, params } = await stagedNow(tx, period);
  const isKind = 'by' in of && of.by === 'kind';
  const which =
    'by' in of
      ? `s.${of.by}::text IS NOT DISTINCT FROM $5`
      : '($5::text[] IS NULL OR s.municipality = ANY ($5))';
  const sql = `
    WITH ${packages}${isKind ? `, ${kinds}` : ''}
    ${packagesOfPage(`${isKind ? 'by_kind' : 'staged'} s WHERE ${which} AND s.stage >= $6`, '$7', '$8')}`;
  const { size, number } = page;
  const stage = UPTAKE_FIGURES.indexOf(of.figure);
  return rows(tx, sql, [
    ...params,
    'by' in of ? of.key : of.municipalities,
    stage,
    size,
    (number - 1) * size,
  ]);
}

function groupsOf(found: readonly StageRow[]): UptakeGroup[] {
  const byKey = Map.groupBy(found, ({ key }) => key);
  return [...byKey].map(([key, group]) => ({ key, name: group[0]!.name, counts: countsOf(group) }));
}

/** Each figure counts the packages that came to its stage or further. */
function countsOf(found: readonly Pick<StageRow, 'stage' | 'count'>[]): UptakeCounts {
  const reached = (figure: number): number =>
    found.reduce((sum, { stage, count }) => (stage >= figure ? sum + count : sum), 0);
  return Object.fromEntries(
    UPTAKE_FIGURES.map((figure, at) => [figure, reached(at)]),
  ) as unknown as UptakeCounts;
}
