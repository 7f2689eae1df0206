import { rows, type Tx } from '../../platform/db/index.js';
import type { BoardMatch } from './board.page.js';

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
              WHEN bool_or(n.state = 'suppressed') THEN 'suppressed' END AS told,
         (SELECT min(read.at) FROM platform.audit_entry read
           WHERE read.subject_id = m.package_id AND read.action = 'work-package.read'
             AND read.details->>'by' = m.enterprise_organisation_id::text) AS "viewedAt"
  FROM matching.match m
  JOIN accounts.organisation o ON o.id = m.enterprise_organisation_id
  LEFT JOIN notifications.notification n
    ON n.tender_id = m.tender_id AND n.organisation_id = m.enterprise_organisation_id AND n.channel = 'mail'
   AND n.template IN ('tender-published', 'match-new') AND m.package_id = ANY (n.package_ids)
  WHERE m.package_id = ANY ($1::uuid[]) AND upper_inf(m.recorded)
  GROUP BY m.id, o.name
  ORDER BY m.package_id, m.rank, m.enterprise_id`;

export function boardMatches(tx: Tx, packageIds: readonly string[]): Promise<BoardMatch[]> {
  return rows<BoardMatch>(tx, BOARD_MATCHES_SQL, [packageIds]);
}
