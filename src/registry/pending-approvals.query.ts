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
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name) ORDER BY d.received_at), '[]')
            FROM registry.approval_document d
           WHERE d.enterprise_id = a.enterprise_id AND d.kind = a.kind AND d.valid && a.valid) AS documents
    FROM registry.approval a
    JOIN LATERAL (SELECT name FROM registry.enterprise_version v
                   WHERE v.enterprise_id = a.enterprise_id AND upper_inf(v.recorded)
                   ORDER BY lower(v.valid) DESC NULLS LAST LIMIT 1) v ON true
   WHERE a.state = 'pending' AND upper_inf(a.recorded)`;

/** The longest waiting first. */
export function pendingApprovals(tx: Tx, limit: number): Promise<PendingApproval[]> {
  return rows<PendingApproval>(tx, `${SQL} ORDER BY lower(a.recorded), a.id LIMIT $1`, [limit]);
}

export function pendingApproval(tx: Tx, id: string): Promise<PendingApproval | null> {
  return maybeRow<PendingApproval>(tx, `${SQL} AND a.id = $1`, [id]);
}
