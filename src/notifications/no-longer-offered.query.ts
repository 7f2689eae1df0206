import {
  readCriteria,
  type Because,
  type Criterion,
  type WrittenCriterion,
} from '../matching/domain/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/** A package that an enterprise was told of, and that does not fit it any more. */
export interface NoLongerOffered {
  readonly packageId: string;
  /** As it was told then. */
  readonly tender: string;
  readonly contractor: string;
  readonly at: Date;
  /** What fails now, where it nearly fits still; else the first thing that failed, or null where nothing was kept. */
  readonly criterion: Criterion | null;
  readonly because: Because | null;
}

/**
 * What went from the list of an enterprise by itself since a moment, the latest first: told, not answered, neither
 * withdrawn nor awarded (those stay on the list as closed). `$1` is its organisation.
 */
export async function noLongerOffered(
  tx: Tx,
  organisationId: string,
  since: Date,
  limit: number,
): Promise<NoLongerOffered[]> {
  const found = await rows<
    Omit<NoLongerOffered, 'criterion'> & { criteria: readonly (WrittenCriterion | Criterion)[] | null }
  >(
    tx,
    `WITH last AS (
       SELECT DISTINCT ON (package_id) package_id, tender_id, enterprise_id, upper(recorded) AS at
       FROM matching.match
       WHERE enterprise_organisation_id = $1 AND verdict IN ('match', 'partial') AND closed_reason IN ('changed', 'no-longer-fits')
       ORDER BY package_id, upper(recorded) DESC
     )
     SELECT last.package_id AS "packageId", told.params->>'tender' AS tender, told.params->>'contractor' AS contractor,
            last.at, now.criteria, now.because
     FROM last
     JOIN LATERAL (SELECT n.params FROM notifications.notification n
                    WHERE n.tender_id = last.tender_id AND n.organisation_id = $1 AND n.package_ids @> ARRAY[last.package_id]
                      AND n.template IN ('tender-published', 'match-new') AND n.state IN ('handed', 'delivered')
                    ORDER BY n.created_at DESC LIMIT 1) told ON true
     -- It may have nearly fitted for a while before it went.
     CROSS JOIN LATERAL (SELECT CASE WHEN upper_inf(m.recorded) THEN m.criteria END AS criteria,
                                m.closed_because AS because
                           FROM matching.match m
                          WHERE m.package_id = last.package_id AND m.enterprise_id = last.enterprise_id
                          ORDER BY upper_inf(m.recorded) DESC, upper(m.recorded) DESC LIMIT 1) now
     WHERE last.at > $2
       AND NOT EXISTS (SELECT FROM matching.match m
                        WHERE m.package_id = last.package_id AND m.enterprise_id = last.enterprise_id
                          AND m.verdict IN ('match', 'partial') AND (upper_inf(m.recorded) OR upper(m.recorded) > last.at))
       AND NOT EXISTS (SELECT FROM answers.answer a WHERE a.package_id = last.package_id AND a.organisation_id = $1
                        AND upper_inf(a.recorded))
     ORDER BY last.at DESC, last.package_id LIMIT $3`,
    [organisationId, since, limit],
  );
  return found.map(({ criteria, ...one }) => ({
    ...one,
    criterion: readCriteria(criteria ?? []).find(({ result }) => result === 'fail') ?? null,
  }));
}
