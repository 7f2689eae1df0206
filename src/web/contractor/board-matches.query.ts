import { MATCHING_LIMITS } from '../../matching/index.js';
import { rows, type Tx } from '../../platform/db/index.js';
import type { BoardMatch } from './board.page.js';

/**
 * Whom a board names: the best, whoever else was invited, and whoever answered. Those who only have the package on their list,
 * of whom there may be thousands, are counted. `$2` is how many are the best.
 */
const IS_NAMED = `
  (m.rank <= $2 OR EXISTS (SELECT FROM matching.invitation i WHERE i.package_id = m.package_id AND i.enterprise_id = m.enterprise_id)
   OR EXISTS (SELECT FROM answers.answer a
               WHERE a.package_id = m.package_id AND a.enterprise_id = m.enterprise_id AND upper_inf(a.recorded)))`;

/**
 * The standing verdicts on packages, with the name of each enterprise, how far its mail came and
 * when it first opened the package. Row security shows a contractor its own.
 */
const BOARD_MATCHES_SQL = `
  SELECT m.package_id AS "packageId", m.enterprise_id AS "enterpriseId", o.name AS enterprise, m.verdict, m.rank,
         CASE WHEN NOT tenders.may_hear(m.tender_id, m.enterprise_organisation_id) THEN 'uninvited'
              WHEN bool_or(n.state IN ('handed', 'delivered')) THEN 'delivered'
              WHEN bool_or(n.state IN ('pending', 'claimed', 'in_doubt', 'quarantined', 'held')) THEN 'pending'
              WHEN bool_or(n.state = 'failed') THEN 'failed'
              WHEN bool_or(n.state = 'suppressed') THEN 'suppressed'
              WHEN NOT EXISTS (SELECT FROM matching.invitation i WHERE i.package_id = m.package_id
                               AND i.enterprise_id = m.enterprise_id) THEN 'list' END AS told,
         (SELECT min(read.at) FROM platform.audit_entry read
           WHERE read.subject_id = m.package_id AND read.action = 'work-package.read'
             AND read.details->>'by' = m.enterprise_organisation_id::text) AS "viewedAt"
  FROM matching.match m
  JOIN accounts.organisation o ON o.id = m.enterprise_organisation_id
  LEFT JOIN notifications.notification n
    ON n.tender_id = m.tender_id AND n.organisation_id = m.enterprise_organisation_id AND n.channel = 'mail'
   AND n.template IN ('tender-published', 'match-new') AND m.package_id = ANY (n.package_ids)
  WHERE m.package_id = ANY ($1::uuid[]) AND upper_inf(m.recorded) AND ${IS_NAMED}
  GROUP BY m.id, o.name
  ORDER BY m.package_id, m.rank, m.enterprise_id`;

export function boardMatches(tx: Tx, packageIds: readonly string[]): Promise<BoardMatch[]> {
  return rows<BoardMatch>(tx, BOARD_MATCHES_SQL, [packageIds, MATCHING_LIMITS.kept]);
}

/** How many more fit each package, and have it on their list alone. */
export async function boardListed(
  tx: Tx,
  packageIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ packageId: string; count: number }>(
    tx,
    `SELECT m.package_id AS "packageId", count(*)::int AS count FROM matching.match m
     WHERE m.package_id = ANY ($1::uuid[]) AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial') AND NOT ${IS_NAMED}
     GROUP BY m.package_id`,
    [packageIds, MATCHING_LIMITS.kept],
  );
  return new Map(found.map(({ packageId, count }) => [packageId, count]));
}
