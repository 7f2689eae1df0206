import { rows, type Tx } from '../platform/db/index.js';

export const PUBLIC_CHANGES = ['published', 'amended', 'extended', 'withdrawn', 'awarded'] as const;
export type PublicChangeKind = (typeof PUBLIC_CHANGES)[number];

/** Something that happened to a tender that anybody may read, and what was public of it then. */
export interface PublicChange {
  /** Higher than those of all changes that could be read before. */
  readonly seq: number;
  readonly id: string;
  readonly kind: PublicChangeKind;
  readonly tenderId: string;
  readonly title: string;
  readonly contractor: string;
  readonly municipality: string | null;
  readonly deadline: Date;
  readonly at: Date;
}

const CHANGE = `seq::int AS seq, event_id AS id, kind, tender_id AS "tenderId", title, contractor, municipality, deadline, at`;

/**
 * Numbers what an event tells of, when its tender is open to everybody; a second time does nothing. Whoever numbers waits
 * until the one before has committed, so that no number ever comes to light behind one that was read. As the system.
 */
export async function keepPublicChange(
  tx: Tx,
  {
    eventId,
    tenderId,
    kind,
  }: { readonly eventId: string; readonly tenderId: string; readonly kind: PublicChangeKind },
): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('tenders.public_change', 0))`);
  await rows(
    tx,
    `INSERT INTO tenders.public_change (seq, event_id, organisation_id, tender_id, kind, title, contractor, municipality, deadline, at)
     SELECT (SELECT coalesce(max(seq), 0) + 1 FROM tenders.public_change), e.id, t.organisation_id, t.id, $3, t.title, o.name,
            t.place->>'municipality', t.deadline, e.occurred_at
       FROM platform.event e
       JOIN tenders.tender t ON t.id = $2
       JOIN tenders.audience a ON a.tender_id = t.id AND a.kind = 'public'
       JOIN accounts.organisation o ON o.id = t.organisation_id
      WHERE e.id = $1
     ON CONFLICT (event_id) DO NOTHING`,
    [eventId, tenderId, kind],
  );
}

/** @param after continue after this number, 0 from the beginning on */
export function publicChangesAfter(tx: Tx, after: number, limit: number): Promise<PublicChange[]> {
  return rows<PublicChange>(
    tx,
    `SELECT ${CHANGE} FROM tenders.public_change WHERE seq > $1 ORDER BY seq LIMIT $2`,
    [after, limit],
  );
}

/** The latest first. */
export function latestPublicChanges(tx: Tx, limit: number): Promise<PublicChange[]> {
  return rows<PublicChange>(tx, `SELECT ${CHANGE} FROM tenders.public_change ORDER BY seq DESC LIMIT $1`, [
    limit,
  ]);
}
