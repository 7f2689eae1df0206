import type { Day } from '../kernel/index.js';
import { prepared, rows, type Tx } from '../platform/db/index.js';
import {
  UPTAKE_FIGURES,
  type BreakdownBy,
  type Uptake,
  type UptakeCounts,
  type UptakeFigure,
  type UptakeGroup,
} from './domain/index.js';
import { BY_KIND, REACHED, STAGED } from './staged.query.js';

/** Of what the figures speak. */
export interface UptakePeriod {
  /** First day of publication, in Brussels. */
  readonly from: Day;
  /** First day after. */
  readonly until: Day;
  /** Figures as they were known at the end of this day; null for all that is known now. */
  readonly known: Day | null;
}

/** A package behind a figure, with what was published of it. */
export interface UptakePackage {
  readonly tender: string;
  readonly ref: string;
  readonly title: string;
  /** Municipality of the works, as the tender names it. */
  readonly municipality: string | null;
  readonly publishedOn: Day;
}

type Partition = Exclude<BreakdownBy, 'kind'>;
type GroupRow = UptakeCounts & {
  readonly by: Partition | null;
  readonly key: string | null;
  readonly name: string | null;
};

const COUNTS = UPTAKE_FIGURES.map(
  (figure) => `count(*) FILTER (WHERE ${REACHED[figure]})::int AS ${figure}`,
).join(', ');

const PARTITIONS_SQL = `
  WITH ${STAGED}, grouped AS (
    SELECT CASE grouping(contractor, trade, municipality, basis, origin)
             WHEN 15 THEN 'contractor' WHEN 23 THEN 'trade' WHEN 27 THEN 'municipality' WHEN 29 THEN 'basis' WHEN 30 THEN 'origin'
           END AS by,
           coalesce(contractor::text, trade, municipality, basis, origin) AS key, contractor, ${COUNTS}
    FROM staged
    GROUP BY GROUPING SETS ((), (contractor), (trade), (municipality), (basis), (origin))
  )
  SELECT g.*, o.name FROM grouped g LEFT JOIN accounts.organisation o ON o.id = g.contractor`;

const KINDS_SQL = `WITH ${STAGED}, ${BY_KIND} SELECT kind AS key, ${COUNTS} FROM by_kind GROUP BY kind`;

/** The figures of a period, whole and broken down; counted in the rows, never counted up. */
export async function uptake(tx: Tx, period: UptakePeriod): Promise<Uptake> {
  const params = [period.from, period.until, period.known];
  const partitions = await prepared<GroupRow>(tx, 'uptake-partitions', PARTITIONS_SQL, params);
  const kinds = await prepared<Omit<GroupRow, 'by' | 'name'>>(tx, 'uptake-kinds', KINDS_SQL, params);
  const total = countsOf(partitions.find(({ by }) => by === null)!);
  const of = (by: Partition): UptakeGroup[] => partitions.filter((row) => row.by === by).map(groupOf);
  // What could have been placed, could have been by any kind.
  const { published, placeable } = total;
  return {
    total,
    groups: {
      contractor: of('contractor'),
      trade: of('trade'),
      municipality: of('municipality'),
      kind: kinds.map((row) => groupOf({ ...row, name: null, published, placeable })),
      basis: of('basis'),
      origin: of('origin'),
    },
  };
}

/**
 * The packages counted under a figure of one group, newest publication first.
 * @param group `key` null: those that name none
 */
export function uptakePackages(
  tx: Tx,
  period: UptakePeriod,
  group: { readonly by: BreakdownBy; readonly key: string | null; readonly figure: UptakeFigure },
  page: { readonly size: number; readonly number: number },
): Promise<UptakePackage[]> {
  const from = group.by === 'kind' ? 'by_kind' : 'staged';
  const sql = `
    WITH ${STAGED}${group.by === 'kind' ? `, ${BY_KIND}` : ''}
    SELECT t.title AS tender, p.ref, p.title, t.place->>'municipality' AS municipality,
           (t.published_at AT TIME ZONE 'Europe/Brussels')::date::text AS "publishedOn"
    FROM ${from} s JOIN tenders.work_package p ON p.id = s.id JOIN tenders.tender t ON t.id = p.tender_id
    WHERE s.${group.by}::text IS NOT DISTINCT FROM $4 AND ${REACHED[group.figure]}
    ORDER BY t.published_at DESC, t.id, p.ordinal LIMIT $5 OFFSET $6`;
  const { size, number } = page;
  return rows(tx, sql, [period.from, period.until, period.known, group.key, size, (number - 1) * size]);
}

function groupOf({ key, name, ...counts }: Omit<GroupRow, 'by'>): UptakeGroup {
  return { key, name, counts: countsOf(counts) };
}

/** Only the counts of a row that holds more. */
function countsOf(row: UptakeCounts): UptakeCounts {
  return Object.fromEntries(UPTAKE_FIGURES.map((figure) => [figure, row[figure]])) as UptakeCounts;
}
