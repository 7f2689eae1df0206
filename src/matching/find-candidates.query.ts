import { prepared, type Tx } from '../platform/db/index.js';
import {
  BOUND_MARGIN,
  EARTH_RADIUS_KM,
  SHUT_OUT,
  TRADE_LEVELS,
  type Probe,
  type Weights,
} from './domain/index.js';

/** An enterprise that may fit. */
export interface Candidate {
  readonly enterpriseId: string;
  /** Its score is not above this. */
  readonly bound: number;
}

/** PostgreSQL would read a number without a point as an integer. */
const real = (value: number): string => `${value}::float8`;
const span = ([low, high]: readonly [number, number]): string => real(high - low);

/** The squared chord between the row and a point, whose coordinates are three values of the statement in a row. */
const chord2 = (x: number): string =>
  `((x - $${x}::float8) * (x - $${x}) + (y - $${x + 1}::float8) * (y - $${x + 1}) + (z - $${x + 2}::float8) * (z - $${x + 2}))`;

const SHARE = 'least(1::float8, value_max / $12::float8)';

/** `boundOf` of the domain, operation by operation. */
function boundSql({ trade, distance, halfDistanceKm, capacity, merit, bands }: Weights): string {
  const nearness = `CASE WHEN $15::float8 IS NULL OR flags & 128 <> 0 THEN 0.5::float8
    ELSE ${real(halfDistanceKm)} / (${real(halfDistanceKm)} + greatest(0::float8, ${real(EARTH_RADIUS_KM)} * sqrt(${chord2(15)}) - $18::float8)) END`;
  const fitness = `(${real(trade)} * coalesce(p.closeness, 1::float8 - abs(p.depth - depth)::float8 / ${real(TRADE_LEVELS)})
    + ${real(distance)} * (${nearness})
    + CASE WHEN flags & 64 <> 0 THEN ${real(capacity / 2)} ELSE $20::float8 * ${SHARE} END
    + ($21::float8 - CASE WHEN flags & 64 <> 0 THEN $22::float8 ELSE 0::float8 END + ($10::float8[])[who + 1])
    + ${real(merit)} * merit)`;
  return `CASE WHEN value_max >= $12::float8
    THEN ${real(bands.match[0])} + ${span(bands.match)} * ${fitness} + ${real(BOUND_MARGIN)}
    ELSE ${real(bands.partial[0])} + ${span(bands.partial)} * ${fitness} * (1::float8 + ${SHARE}) / 2::float8 + ${real(BOUND_MARGIN)} END`;
}

/**
 * `OFFSET 0` keeps the node range inside the index condition; without it the planner makes it a join filter and
 * reads every posting of the zone. The plan is pinned by a test. Filters: `passes` of the domain, cheapest first.
 */
export function candidatesSql(weights: Weights): string {
  return `
SELECT o.enterprise_id AS "enterpriseId", max(o.bound) AS bound
FROM unnest($1::int[], $2::int[], $3::int[], $27::float8[]) AS p (low, high, depth, closeness)
CROSS JOIN LATERAL (
  SELECT enterprise_id, ${boundSql(weights)} AS bound
  FROM matching.posting
  WHERE zone = ANY ($4::int[]) AND node >= p.low AND node <= p.high
    AND flags & $5::smallint <> 0 AND flags & $6::smallint = $7::smallint AND proofs & $8::int = $8
    AND free_from <= $9::smallint AND value_min <= $11::float8
    AND (value_max >= $12::float8 OR flags & 32 <> 0) AND hours_per_week >= $13::float8
    AND ($10::float8[])[who + 1] > ${SHUT_OUT}
    AND (NOT $19::boolean OR reach2 = 'Infinity' OR ${chord2(15)} <= reach2)
    AND ($23::float8 IS NULL OR flags & 128 <> 0 OR ${chord2(23)} <= $26::float8)
  OFFSET 0
) o
GROUP BY o.enterprise_id ORDER BY bound DESC, o.enterprise_id LIMIT $14::int`;
}

const texts = new Map<string, string>();

function candidatesText(weights: Weights): string {
  const found = texts.get(weights.version);
  if (found !== undefined) return found;
  const text = candidatesSql(weights);
  texts.set(weights.version, text);
  return text;
}

/** Numbers as PostgreSQL reads an array. The driver would quote each, which takes longer than the look-up itself. */
function list(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/** The values of a probe in the order of the statement. */
export function candidateParams(probe: Probe, limit: number | null): readonly unknown[] {
  const { nodes, site, within } = probe;
  return [
    list(nodes.map(({ low }) => low)),
    list(nodes.map(({ high }) => high)),
    list(nodes.map(({ depth }) => depth)),
    list(probe.zones),
    probe.modes,
    probe.mask,
    probe.flags,
    probe.proofs,
    probe.freeBy,
    list(probe.who),
    probe.atLeast,
    probe.atMost,
    probe.hoursPerWeek,
    limit,
    site?.x ?? null,
    site?.y ?? null,
    site?.z ?? null,
    probe.slackKm,
    probe.isPoint,
    probe.capacity,
    probe.certainty,
    probe.noSize,
    within?.x ?? null,
    within?.y ?? null,
    within?.z ?? null,
    within?.reach2 ?? null,
    list(nodes.map(({ closeness }) => closeness)),
  ];
}

/**
 * Enterprises that may fit, the highest bound of a score first, then by identity. May return too many, never too few:
 * the domain decides, SQL only narrows.
 * @param limit null: all of them
 */
export function findCandidates(tx: Tx, probe: Probe, limit: number | null): Promise<Candidate[]> {
  const { weights } = probe;
  const name = `matching.find-candidates.${weights.version}`;
  return prepared<Candidate>(tx, name, candidatesText(weights), candidateParams(probe, limit));
}
