import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/** The last day of a checked approval that no other follows. */
export interface ApprovalEnd {
  readonly enterpriseId: string;
  readonly kind: string;
  readonly from: Day | null;
  readonly lastDay: Day;
  /** Higher each time that something else was recorded of it. */
  readonly moved: number;
  readonly recordedAt: Date;
}

/** Of the enterprise of an organisation, those that end on a day or after it. */
export function approvalEnds(tx: Tx, organisationId: string, day: Day): Promise<ApprovalEnd[]> {
  return rows<ApprovalEnd>(
    tx,
    `SELECT a.enterprise_id AS "enterpriseId", a.kind, lower(a.valid)::text AS "from", (upper(a.valid) - 1)::text AS "lastDay",
            lower(a.recorded) AS "recordedAt",
            (SELECT count(*)::int FROM registry.approval before
              WHERE before.enterprise_id = a.enterprise_id AND before.kind = a.kind AND NOT upper_inf(before.recorded)
                AND lower(before.valid) IS NOT DISTINCT FROM lower(a.valid)) AS moved
       FROM registry.approval a
      WHERE a.organisation_id = $1 AND a.state = 'verified' AND upper_inf(a.recorded) AND upper(a.valid) - 1 >= $2::date
        AND NOT EXISTS (SELECT FROM registry.approval later
                         WHERE later.enterprise_id = a.enterprise_id AND later.kind = a.kind AND later.state = 'verified'
                           AND upper_inf(later.recorded) AND (upper_inf(later.valid) OR upper(later.valid) > upper(a.valid)))
      ORDER BY upper(a.valid), a.kind`,
    [organisationId, day],
  );
}
