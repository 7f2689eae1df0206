import type { Engagement, TrackRecord } from '../matching/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/** What an enterprise did, and what it has taken on. */
export interface Past {
  readonly enterpriseId: string;
  readonly record: TrackRecord;
  readonly engagements: readonly Engagement[];
}

/**
 * What enterprises did with the packages they were told of. An invitation counts once its answer day has passed;
 * any answer counts, a no as well. Enterprises that were never told of anything are left out: they are new.
 * @param rotationDays how far back an invitation counts against the turn
 */
export async function trackRecords(tx: Tx, now: Date, rotationDays: number): Promise<Past[]> {
  const found = await rows<Omit<TrackRecord, 'ended' | 'done'> & Pick<Past, 'enterpriseId' | 'engagements'>>(
    tx,
    `WITH told AS (
       SELECT n.organisation_id, package_id, n.tender_id, min(n.created_at) AS at
       FROM notifications.notification n CROSS JOIN LATERAL unnest(n.package_ids) AS package_id
       WHERE n.template IN ('tender-published', 'match-new') AND n.state IN ('handed', 'delivered')
       GROUP BY 1, 2, 3
     ), counted AS (
       SELECT e.id AS enterprise_id, told.at, t.status = 'published' AND t.deadline <= $1::timestamptz AS is_over,
              EXISTS (SELECT FROM answers.answer a WHERE a.package_id = told.package_id AND a.enterprise_id = e.id) AS is_answered
       FROM told JOIN registry.enterprise e ON e.organisation_id = told.organisation_id
                 JOIN tenders.tender t ON t.id = told.tender_id
     )
     SELECT enterprise_id AS "enterpriseId", count(*) FILTER (WHERE is_over)::int AS invited,
            count(*) FILTER (WHERE is_over AND is_answered)::int AS answered,
            coalesce(array_agg((at AT TIME ZONE 'Europe/Brussels')::date::text ORDER BY at)
              FILTER (WHERE at > $1::timestamptz - make_interval(days => $2)), '{}') AS "invitedOn",
            coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('packageId', p.id, 'start', p.starts_on, 'end', p.ends_on,
                                                                   'hours', p.hours_max, 'contractor', p.organisation_id))
                      FROM answers.answer a
                      JOIN tenders.work_package p ON p.id = a.package_id
                      WHERE a.enterprise_id = counted.enterprise_id
                        AND (EXISTS (SELECT FROM obligations.ledger_entry l
                                      WHERE l.answer_id = a.id AND l.stage = 'committed' AND upper_inf(l.recorded))
                             OR EXISTS (SELECT FROM answers.decision d
                                         WHERE d.answer_id = a.id AND d.state = 'confirmed' AND upper_inf(d.recorded)))), '[]') AS engagements
     FROM counted GROUP BY enterprise_id ORDER BY enterprise_id`,
    [now, rotationDays],
  );
  return found.map(({ enterpriseId, engagements, ...record }) => ({
    enterpriseId,
    engagements,
    record: { ended: 0, done: 0, ...record },
  }));
}
