import { rows, type Tx } from '../platform/db/index.js';
import { WEIGHTS, type Probe } from './domain/index.js';

export interface CandidateRow {
  readonly enterpriseId: string;
  /** Closeness of trade and distance as far as the projection tells: an order to cut by, not the score. */
  readonly closeness: number;
}

const EARTH_RADIUS_KM = 6371.0088;

/**
 * `OFFSET 0` keeps the node range inside the index condition; without it the planner makes it a join filter and
 * reads every offer of the zone. The plan is pinned by a test.
 */
export const CANDIDATES_SQL = `
WITH found AS MATERIALIZED (
  SELECT o.enterprise_id, o.closeness
  FROM unnest($1::int[], $2::int[], $3::int[]) AS p (low, high, depth)
  CROSS JOIN LATERAL (
    SELECT enterprise_id,
           $4::float8 * (1 - abs(p.depth - depth) / 7.0)
           + $5::float8 * CASE WHEN x IS NULL OR $12::float8 IS NULL THEN 0.5
             ELSE $6::float8 / ($6 + ${EARTH_RADIUS_KM} * sqrt((x - $12) ^ 2 + (y - $13::float8) ^ 2 + (z - $14::float8) ^ 2)) END
           AS closeness
    FROM matching.offer
    WHERE zone = ANY ($7::int[]) AND node >= p.low AND node <= p.high
      AND modes & $8::int <> 0
      AND ($9::text[] IS NULL OR kind = ANY ($9))
      AND ($10::boolean IS NULL OR country_wide = $10)
      AND ($11::float8 IS NULL OR (value_min <= $11 AND value_max >= $11))
      AND ($15::date IS NULL OR free_from <= $15)
      AND ($12 IS NULL OR reach2 = 'infinity' OR (x - $12) ^ 2 + (y - $13) ^ 2 + (z - $14) ^ 2 <= reach2)
      AND ($16::float8 IS NULL OR x IS NULL OR (x - $16) ^ 2 + (y - $17::float8) ^ 2 + (z - $18::float8) ^ 2 <= $19::float8)
    OFFSET 0
  ) o
)
SELECT enterprise_id AS "enterpriseId", max(closeness) AS closeness
FROM found GROUP BY enterprise_id ORDER BY closeness DESC, enterprise_id LIMIT $20`;

/** The values of a probe in the order of the statement. */
export function candidateParams(probe: Probe, limit: number | null): readonly unknown[] {
  const { nodes, site, within } = probe;
  return [
    nodes.map(({ low }) => low),
    nodes.map(({ high }) => high),
    nodes.map(({ depth }) => depth),
    WEIGHTS.trade,
    WEIGHTS.distance,
    WEIGHTS.halfDistanceKm,
    probe.zones,
    probe.modes,
    probe.kinds,
    probe.countryWide,
    probe.value,
    site?.x ?? null,
    site?.y ?? null,
    site?.z ?? null,
    probe.freeBy,
    within?.x ?? null,
    within?.y ?? null,
    within?.z ?? null,
    within?.reach2 ?? null,
    limit,
  ];
}

/**
 * Enterprises that may fit, closest first. May return too many, never too few (without a limit): the domain
 * decides, SQL only narrows.
 */
export function candidateEnterprises(
  tx: Tx,
  probe: Probe,
  limit: number | null = null,
): Promise<CandidateRow[]> {
  return rows<CandidateRow>(tx, CANDIDATES_SQL, candidateParams(probe, limit));
}
