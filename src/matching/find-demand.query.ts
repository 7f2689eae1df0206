import type { Day } from '../kernel/index.js';
import { prepared, type Tx } from '../platform/db/index.js';
import { boundSql, levelsSql, list, passesSql, real, type AskedSql, type OfferedSql } from './bound-sql.js';
import { CRITERIA, dayNumber, WEIGHTS, type Reach, type Weights } from './domain/index.js';

/** Those of the best bound, or so many in the order of their identities after one. */
export type DemandPage = { readonly best: number } | { readonly after: string; readonly count: number };

/** Before every identity. */
export const FIRST_IDENTITY = '00000000-0000-0000-0000-000000000000';

/** The parameters after those of `GIVEN`. */
const [TODAY, COUNT, AFTER] = [16, 17, 18];

function askedSql({ capacity, certainty }: Weights): AskedSql {
  const perUnknown = certainty / CRITERIA.length;
  const either = (stated: number, not: number): string =>
    `(CASE WHEN no_size THEN ${real(not)} ELSE ${real(stated)} END)`;
  return {
    modes: 'modes',
    mask: 'mask',
    flags: 'demand.flags',
    proofs: 'demand.proofs',
    freeBy: `greatest(free_by, $${TODAY}::smallint)`,
    atLeast: 'at_least',
    atMost: 'at_most',
    hoursPerWeek: 'demand.hours_per_week',
    site: ['demand.x', 'demand.y', 'demand.z'],
    slackKm: 'slack_km',
    isPoint: 'is_point',
    within: ['within_x', 'within_y', 'within_z'],
    withinReach2: 'within_reach2',
    capacity: either(capacity, capacity / 2),
    certainty: either(certainty, certainty - perUnknown),
    noSize: either(perUnknown, 0),
    closeness: `greatest(closeness, ${levelsSql('demand.depth', 'r.depth')})`,
    who: null,
  };
}

const OFFERED: OfferedSql = {
  flags: 'r.flags',
  proofs: 'r.proofs',
  valueMin: 'r.value_min',
  valueMax: 'r.value_max',
  hoursPerWeek: 'r.hours_per_week',
  freeFrom: 'r.free_from',
  merit: 'r.merit',
  at: ['r.x', 'r.y', 'r.z'],
  reach2: 'r.reach2',
};

const GIVEN: readonly (readonly [column: string, type: string, of: (offered: Reach['offered']) => number])[] =
  [
    ['flags', 'smallint', (posting) => posting.flags],
    ['proofs', 'int', (posting) => posting.proofs],
    ['value_min', 'float8', (posting) => posting.valueMin],
    ['value_max', 'float8', (posting) => posting.valueMax],
    ['hours_per_week', 'float8', (posting) => posting.hoursPerWeek],
    ['free_from', 'smallint', (posting) => posting.freeFrom],
    ['merit', 'float8', (posting) => posting.merit],
    ['x', 'float8', (posting) => posting.x],
    ['y', 'float8', (posting) => posting.y],
    ['z', 'float8', (posting) => posting.z],
    ['reach2', 'float8', (posting) => posting.reach2],
  ];

/** OFFSET 0 keeps the node range inside the index condition, as in the other direction. */
export function demandSql(order: 'best' | 'identity', weights: Weights): string {
  const asked = askedSql(weights);
  const [bound, first] =
    order === 'best' ? [boundSql(asked, OFFERED, weights), 'max(d.bound) DESC, '] : [real(0), ''];
  const onlyAfter = order === 'best' ? '' : `AND package_id > $${AFTER}::uuid`;
  return `
SELECT d.package_id AS id
FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], ${GIVEN.map(([, type], i) => `$${i + 5}::${type}[]`).join(', ')})
  AS r (zones, low, high, depth, ${GIVEN.map(([column]) => column).join(', ')})
CROSS JOIN LATERAL (
  SELECT package_id, ${bound} AS bound FROM matching.demand
  WHERE zone = ANY (r.zones::int[]) AND node >= r.low AND node <= r.high ${onlyAfter}
    AND ${passesSql(asked, OFFERED)}
  OFFSET 0) d
GROUP BY d.package_id ORDER BY ${first}d.package_id LIMIT $${COUNT}::int`;
}

const TEXTS = { best: demandSql('best', WEIGHTS), identity: demandSql('identity', WEIGHTS) } as const;

/** The values of a look-up in the order of the statement. */
export function demandParams(reach: readonly Reach[], on: Day, page: DemandPage): readonly unknown[] {
  const probes = reach.flatMap(({ zones, nodes, offered }) =>
    nodes.map((node) => ({ zones: `{${zones.join(',')}}`, offered, ...node })),
  );
  return [
    probes.map(({ zones }) => zones),
    list(probes.map(({ low }) => low)),
    list(probes.map(({ high }) => high)),
    list(probes.map(({ depth }) => depth)),
    ...GIVEN.map(([, , of]) => list(probes.map(({ offered }) => of(offered)))),
    dayNumber(on),
    ...('after' in page ? [page.count, page.after] : [page.best]),
  ];
}

/**
 * Packages that an enterprise may have to do with: those that ask, where one of its activities serves, for what it does.
 * All pages together may name too many, closed ones among them, never too few.
 */
export async function findDemand(
  tx: Tx,
  reach: readonly Reach[],
  on: Day,
  page: DemandPage,
): Promise<string[]> {
  const order = 'after' in page ? 'identity' : 'best';
  const found = await prepared<{ id: string }>(
    tx,
    `matching.find-demand.${order}`,
    TEXTS[order],
    demandParams(reach, on, page),
  );
  return found.map(({ id }) => id);
}
