import {
  BOUND_MARGIN,
  EARTH_RADIUS_KM,
  FLAGS,
  SHUT_OUT,
  TRADE_LEVELS,
  type Weights,
} from './domain/index.js';

type Axes = readonly [x: string, y: string, z: string];

/** Where a statement finds what a package asks (`Conditions` and `Probe` of the domain), each an expression. */
export interface AskedSql {
  readonly modes: string;
  readonly mask: string;
  readonly flags: string;
  readonly proofs: string;
  readonly freeBy: string;
  readonly atLeast: string;
  readonly atMost: string;
  readonly hoursPerWeek: string;
  readonly site: Axes;
  readonly slackKm: string;
  readonly isPoint: string;
  readonly within: Axes;
  readonly withinReach2: string;
  readonly capacity: string;
  readonly certainty: string;
  readonly noSize: string;
  /** How close the trade is; of what is asked and what is offered. */
  readonly closeness: string;
  /** What kind and approvals take from the score; null where the law is not asked. */
  readonly who: string | null;
}

/** Where a statement finds what is offered (`Posting`). */
export interface OfferedSql {
  readonly flags: string;
  readonly proofs: string;
  readonly valueMin: string;
  readonly valueMax: string;
  readonly hoursPerWeek: string;
  readonly freeFrom: string;
  readonly merit: string;
  readonly at: Axes;
  readonly reach2: string;
}

/** PostgreSQL would read a number without a point as an integer. */
export const real = (value: number): string => `${value}::float8`;
const span = ([low, high]: readonly [number, number]): string => real(high - low);

/** The squared chord between two points. */
function chord2(a: Axes, b: Axes): string {
  return `(${a.map((axis, i) => `(${axis} - ${b[i]}) * (${axis} - ${b[i]})`).join(' + ')})`;
}

/** `passes` of the domain, cheapest first. */
export function passesSql(asked: AskedSql, offered: OfferedSql): string {
  const { flags, reach2, at } = offered;
  return `${flags} & ${asked.modes} <> 0 AND ${flags} & ${asked.mask} = ${asked.flags}
    AND ${offered.proofs} & ${asked.proofs} = ${asked.proofs}
    AND ${offered.freeFrom} <= ${asked.freeBy} AND ${offered.valueMin} <= ${asked.atLeast}
    AND (${offered.valueMax} >= ${asked.atMost} OR ${flags} & ${FLAGS.takesPart} <> 0)
    AND ${offered.hoursPerWeek} >= ${asked.hoursPerWeek}
    ${asked.who === null ? '' : `AND ${asked.who} > ${SHUT_OUT}`}
    AND (NOT ${asked.isPoint} OR ${reach2} = 'Infinity' OR ${chord2(at, asked.site)} <= ${reach2})
    AND (${asked.withinReach2} IS NULL OR ${flags} & ${FLAGS.notLocated} <> 0
         OR ${chord2(at, asked.within)} <= ${asked.withinReach2})`;
}

/** `boundOf` of the domain, operation by operation. */
export function boundSql(asked: AskedSql, offered: OfferedSql, weights: Weights): string {
  const { trade, distance, halfDistanceKm, capacity, merit, bands } = weights;
  const { flags, valueMax } = offered;
  // Whoever can do less than is asked is asked more than nothing: there is no division by zero.
  const share = `CASE WHEN ${valueMax} >= ${asked.atMost} THEN 1::float8 ELSE ${valueMax} / ${asked.atMost} END`;
  const half = real(halfDistanceKm);
  const away = `${real(EARTH_RADIUS_KM)} * sqrt(${chord2(offered.at, asked.site)}) - ${asked.slackKm}`;
  const nearness = `CASE WHEN ${asked.site[0]} IS NULL OR ${flags} & ${FLAGS.notLocated} <> 0 THEN 0.5::float8
    ELSE ${half} / (${half} + greatest(0::float8, ${away})) END`;
  const fitness = `(${real(trade)} * ${asked.closeness}
    + ${real(distance)} * (${nearness})
    + CASE WHEN ${flags} & ${FLAGS.noSize} <> 0 THEN ${real(capacity / 2)} ELSE ${asked.capacity} * (${share}) END
    + (${asked.certainty} - CASE WHEN ${flags} & ${FLAGS.noSize} <> 0 THEN ${asked.noSize} ELSE 0::float8 END
       + ${asked.who ?? real(0)})
    + ${real(merit)} * ${offered.merit})`;
  return `CASE WHEN ${valueMax} >= ${asked.atMost}
    THEN ${real(bands.match[0])} + ${span(bands.match)} * ${fitness} + ${real(BOUND_MARGIN)}
    ELSE ${real(bands.partial[0])} + ${span(bands.partial)} * ${fitness} * (1::float8 + (${share})) / 2::float8
         + ${real(BOUND_MARGIN)} END`;
}

/** How close two trades are by their levels. */
export function levelsSql(asked: string, offered: string): string {
  return `1::float8 - abs(${asked} - ${offered})::float8 / ${real(TRADE_LEVELS)}`;
}

/** Values without quotes, as PostgreSQL reads an array. The driver would quote each, which takes longer than the look-up itself. */
export function list(values: readonly (number | string | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}
