import type { Day } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';

/** An approval somebody stated and nobody checked yet. Both days are inside. */
export interface PendingApproval {
  readonly id: string;
  readonly enterpriseId: string;
  readonly enterprise: string;
  readonly kind: string;
  readonly reference: string | null;
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly statedAt: Date;
  /** What was shown for it. */
  readonly documents: readonly { readonly id: string; readonly name: string }[];
}

const SQL = `
  SELECT a.id, a.enterprise_id AS "enterpriseId", v.name AS enterprise, a.kind, a.reference,
         lower(a.valid)::text AS "validFrom", (upper(a.valid) - 1)::text AS "validUntil", lower(a.recorded) AS "statedAt",
         coalesce(d.documents, '[]') AS documents
    FROM registry.approval a
    JOIN LATERAL (SELECT (array_agg(name ORDER BY lower(valid) DESC NULLS LAST))[1] AS name
                    FROM registry.enterprise_version
                   WHERE enterprise_id = a.enterprise_id AND upper_inf(recorded)
                   GROUP BY enterprise_id) v ON true
    LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY received_at) AS documents
                         FROM registry.approval_document
                        WHERE enterprise_id = a.enterprise_id AND kind = a.kind AND valid && a.valid
                        GROUP BY enterprise_id) d ON true
   WHERE a.state = 'pending' AND upper_inf(a.recorded)`;

/** The longest waiting first. */
export function pendingApprovals(tx: Tx, limit: number): Promise<PendingApproval[]> {
  return rows<PendingApproval>(tx, `${SQL} ORDER BY lower(a.recorded), a.id LIMIT $1`, [limit]);
}

export function pendingApproval(tx: Tx, id: string): Promise<PendingApproval | null> {
  return maybeRow<PendingApproval>(tx, `${SQL} AND a.id = $1`, [id]);
}
