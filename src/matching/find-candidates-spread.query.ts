import { rows, type Tx } from '../platform/db/index.js';
import { boundSql, levelsSql, passesSql } from './bound-sql.js';
import type { Probe, Weights } from './domain/index.js';
import { ASKED, candidateParams, OFFERED, type Candidate } from './find-candidates.query.js';

/** Whether the postings are spread over several machines. */
export async function arePostingsSpread(tx: Tx): Promise<boolean> {
  const [citus] = await rows(tx, `SELECT FROM pg_extension WHERE extname = 'citus'`);
  if (!citus) return false;
  const [spread] = await rows(
    tx,
    `SELECT FROM pg_dist_partition WHERE logicalrelid = 'matching.posting'::regclass AND partmethod = 'h'`,
  );
  return spread !== undefined;
}

/**
 * The same question as `candidatesSql`, for postings that are spread: each machine answers for its enterprises, and the
 * best of all are merged. One branch per range of trades, since a planner of many machines refuses the correlated
 * subquery with `OFFSET`; in a branch the range is in the index condition by itself.
 * @param ranges how many the probe has
 */
export function spreadCandidatesSql(weights: Weights, ranges: number): string {
  const branches = Array.from({ length: ranges }, (_, i) => {
    const [low, high, depth, closeness] = ['$1::int[]', '$2::int[]', '$3::int[]', '$27::float8[]'].map(
      (list) => `(${list})[${i + 1}]`,
    );
    const asked = { ...ASKED, closeness: `coalesce(${closeness}, ${levelsSql(depth!, 'depth')})` };
    return `SELECT enterprise_id, ${boundSql(asked, OFFERED, weights)} AS bound FROM matching.posting
      WHERE zone = ANY ($4::int[]) AND node >= ${low} AND node <= ${high} AND ${passesSql(asked, OFFERED)}`;
  });
  return `SELECT o.enterprise_id AS "enterpriseId", max(o.bound) AS bound FROM (${branches.join(' UNION ALL ')}) o
    GROUP BY o.enterprise_id ORDER BY bound DESC, o.enterprise_id LIMIT $14::int`;
}

/** @see findCandidates */
export function findSpreadCandidates(tx: Tx, probe: Probe, limit: number | null): Promise<Candidate[]> {
  const text = spreadCandidatesSql(probe.weights, probe.nodes.length);
  return rows<Candidate>(tx, text, [...candidateParams(probe, limit)]);
}
