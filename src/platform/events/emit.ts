import type { Actor } from '../../kernel/index.js';
import type { Tx } from '../db/index.js';
import { newId } from '../ids.js';

/** Something that happened to a subject of an organisation. */
export interface DomainEvent {
  /** Dotted, in the past: `tender.published`. */
  readonly type: string;
  readonly organisationId: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Writes the event in the transaction of the change it tells of. @returns its id */
export async function emit(tx: Tx, actor: Actor, event: DomainEvent, now: Date): Promise<string> {
  const id = newId(now);
  await tx.query(
    `INSERT INTO platform.event (id, type, organisation_id, subject_id, payload, request_id, occurred_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      event.type,
      event.organisationId,
      event.subjectId,
      JSON.stringify(event.payload),
      actor.requestId,
      now,
    ],
  );
  return id;
}
