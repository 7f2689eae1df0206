import { rows, type Tx } from '../db/index.js';

/** An event that nobody passed on yet. */
export interface UnrelayedEvent {
  readonly id: string;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Takes events, oldest first, and marks them as passed on. Events that another worker holds are left to it; what
 * is not committed yet is seen later, in whatever order it commits.
 */
export function takeUnrelayed(tx: Tx, limit: number, now: Date): Promise<UnrelayedEvent[]> {
  return rows<UnrelayedEvent>(
    tx,
    `WITH taken AS (
       SELECT id FROM platform.event WHERE relayed_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
     UPDATE platform.event e SET relayed_at = $2 FROM taken WHERE e.id = taken.id
     RETURNING e.id, e.type, e.subject_id AS "subjectId", e.payload`,
    [limit, now],
  );
}
