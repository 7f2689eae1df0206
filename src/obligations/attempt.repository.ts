import { rows, type Tx } from '../platform/db/index.js';
import type { Attempt, AttemptGiven } from './domain/index.js';

/** Lines entered by hand, the oldest first. */
export function attemptsOf(tx: Tx, obligationId: string): Promise<Attempt[]> {
  return rows<Attempt>(
    tx,
    `SELECT a.id, a.route, a.tried_by AS "triedBy", a.contacted, a.tried_on::text AS "triedOn", a.outcome, a.reason,
            a.document, a.corrects, a.recorded_at AS "recordedAt",
            EXISTS (SELECT FROM obligations.attempt c WHERE c.corrects = a.id) AS "isCorrected"
     FROM obligations.attempt a WHERE a.obligation_id = $1 ORDER BY a.tried_on, a.recorded_at, a.id`,
    [obligationId],
  );
}

export async function insertAttempt(
  tx: Tx,
  line: AttemptGiven & {
    readonly id: string;
    readonly organisationId: string;
    readonly obligationId: string;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO obligations.attempt (id, organisation_id, obligation_id, route, tried_by, contacted, tried_on, outcome,
                                      reason, document, corrects, recorded_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      line.id,
      line.organisationId,
      line.obligationId,
      line.route,
      line.triedBy,
      line.contacted,
      line.triedOn,
      line.outcome,
      line.reason,
      line.document,
      line.corrects,
      line.by,
      line.at,
    ],
  );
}
