import { rows, type Tx } from '../platform/db/index.js';

/**
 * The shape of query that a market place with joins uses, written with care: one row per enterprise and per activity,
 * lists of trades and areas in tables of their own, distance worked out per row in a bounding box, the same filters
 * and the same score. It answers the same enterprises; what it lacks is the projection.
 */
export const PEER_TABLES_SQL = `
CREATE TEMP TABLE peer_activity AS
  SELECT DISTINCT ON (enterprise_id, activity) enterprise_id, activity, flags, who, proofs, value_min, value_max,
         hours_per_week, free_from, merit, x, y, z,
         CASE WHEN x <> 0 THEN degrees(asin(z)) END AS lat, CASE WHEN x <> 0 THEN degrees(atan2(y, x)) END AS lon
  FROM matching.posting ORDER BY enterprise_id, activity;
CREATE TEMP TABLE peer_trade AS SELECT DISTINCT enterprise_id, activity, node, depth FROM matching.posting;
CREATE TEMP TABLE peer_zone AS
  SELECT DISTINCT enterprise_id, activity, CASE WHEN zone >= 1000000000 THEN NULL ELSE zone END AS zone, reach2
  FROM matching.posting;
CREATE INDEX ON peer_activity (enterprise_id, activity);
CREATE INDEX ON peer_activity (lat, lon);
CREATE INDEX ON peer_trade (node);
CREATE INDEX ON peer_trade (enterprise_id, activity);
CREATE INDEX ON peer_zone (enterprise_id, activity);
CREATE INDEX ON peer_zone (zone);
ANALYZE peer_activity; ANALYZE peer_trade; ANALYZE peer_zone;`;

/** Built from the statement of the projection, so that filters and score are the same to the letter. */
export function peerSql(statement: string): string {
  const bound = /SELECT enterprise_id, ([\s\S]*?) AS bound\n/.exec(statement)![1]!;
  const filters = /node <= p\.high\n\s*AND ([\s\S]*?)\s+OFFSET 0/.exec(statement)![1]!;
  return `
SELECT f.enterprise_id AS "enterpriseId", max(f.bound) AS bound FROM (
  SELECT a.enterprise_id, ${bound} AS bound
  FROM unnest($1::int[], $2::int[], $3::int[], $27::float8[]) AS p (low, high, pd, closeness)
  CROSS JOIN LATERAL (SELECT * FROM peer_trade WHERE node BETWEEN p.low AND p.high OFFSET 0) t
  JOIN peer_activity a USING (enterprise_id, activity)
  JOIN LATERAL (SELECT z.* FROM peer_zone z WHERE z.enterprise_id = a.enterprise_id AND z.activity = a.activity
                AND (z.zone = ANY ($4::int[]) OR z.zone IS NULL)) s ON true
  WHERE ${filters}
) f GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $14::int`
    .replaceAll('p.depth - depth', 'p.pd - t.depth')
    .replaceAll('reach2', 's.reach2');
}

export function peerCandidates(tx: Tx, sql: string, params: readonly unknown[]): Promise<unknown[]> {
  return rows(tx, sql, params);
}
