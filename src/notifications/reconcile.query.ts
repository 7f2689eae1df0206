import { rows, type Tx } from '../platform/db/index.js';

/** A difference between what should have been planned and the ledger. */
export interface Discrepancy {
  readonly kind: 'missing' | 'without-cause' | 'stuck';
  readonly eventId: string;
  readonly recipientId: string;
  readonly channel: string;
}

/**
 * Recomputes whom published tenders concern, and compares with the ledger.
 * `missing`: a person of an enterprise that is invited who was never planned for, by any event of the tender, though the
 * tender's publication was planned long enough ago. `without-cause`: a notification of an event that never happened.
 * `stuck`: due since more than an hour and untouched.
 */
const DISCREPANCIES_SQL = `
  WITH published AS (
    SELECT DISTINCT ON (e.subject_id) e.id AS event_id, e.subject_id AS tender_id
      FROM platform.event e JOIN tenders.tender t ON t.id = e.subject_id AND t.status = 'published'
     WHERE e.type = 'tender.published' AND e.occurred_at < $1::timestamptz - interval '10 minutes'
     ORDER BY e.subject_id, e.occurred_at DESC
  ), concerned AS (
    SELECT DISTINCT u.event_id, u.tender_id, person.id AS recipient_id
      FROM published u
      JOIN matching.match m ON m.tender_id = u.tender_id AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
      JOIN tenders.work_package p ON p.id = m.package_id AND p.offered
      JOIN accounts.person person ON person.organisation_id = m.enterprise_organisation_id AND person.disabled_at IS NULL
     WHERE tenders.may_hear(m.tender_id, m.enterprise_organisation_id)
       AND EXISTS (SELECT FROM matching.invitation i WHERE i.package_id = m.package_id
                   AND i.enterprise_id = m.enterprise_id AND i.state <> 'planned')
       AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = m.package_id)
  )
  SELECT 'missing' AS kind, c.event_id AS "eventId", c.recipient_id AS "recipientId", channel
    FROM concerned c CROSS JOIN unnest(ARRAY['in-app', 'mail']) AS channel
   WHERE NOT EXISTS (SELECT FROM notifications.notification n
                      WHERE n.tender_id = c.tender_id AND n.recipient_id = c.recipient_id AND n.channel = channel
                        AND n.template IN ('tender-published', 'match-new'))
  UNION ALL
  SELECT 'without-cause', n.event_id, n.recipient_id, n.channel FROM notifications.notification n
   WHERE NOT EXISTS (SELECT FROM platform.event e WHERE e.id = n.event_id)
  UNION ALL
  SELECT 'stuck', n.event_id, n.recipient_id, n.channel FROM notifications.notification n
   WHERE (n.state IN ('pending', 'in_doubt') OR n.state = 'held' AND n.digest_id IS NULL) AND n.next_attempt_at < $1::timestamptz - interval '1 hour'
   ORDER BY 1, 2, 3, 4`;

export function discrepancies(tx: Tx, now: Date): Promise<Discrepancy[]> {
  return rows<Discrepancy>(tx, DISCREPANCIES_SQL, [now]);
}
