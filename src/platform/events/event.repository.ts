import { rows, type Tx } from '../db/index.js';
import { newId } from '../ids.js';

/** Something that happened to a subject: dotted type, `tender.published`. */
export interface Event {
  readonly type: string;
  /** Whose affair it is. */
  readonly organisationId: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/**
 * Records an event in the transaction of the change it tells of, under the request of the acting one.
 * @returns the id of the event, which its notifications derive their identity from
 */
export async function emit(tx: Tx, event: Event): Promise<string> {
  const id = newId(event.at);
  await rows(
    tx,
    `INSERT INTO platform.event (id, type, organisation_id, subject_id, payload, request_id, occurred_at)
     VALUES ($1, $2, $3, $4, $5, coalesce(nullif(current_setting('maillon.request_id', true), ''), 'none'), $6)`,
    [id, event.type, event.organisationId, event.subjectId, JSON.stringify(event.payload), event.at],
  );
  return id;
}
