import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/** When somebody last asked the authority about an approval, and entered what it said. */
export interface ApprovalCheck {
  readonly kind: string;
  readonly validFrom: Day | null;
  readonly checkedAt: Date;
}

/** Of an enterprise, the approvals that somebody checked. */
export function approvalChecks(tx: Tx, enterpriseId: string): Promise<ApprovalCheck[]> {
  return rows<ApprovalCheck>(
    tx,
    `SELECT kind, lower(valid)::text AS "validFrom", lower(recorded) AS "checkedAt" FROM registry.approval
      WHERE enterprise_id = $1 AND upper_inf(recorded) AND state <> 'pending'`,
    [enterpriseId],
  );
}
