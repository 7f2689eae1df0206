import { maybeRow, rows, type Tx } from '../db/index.js';

export interface OutboxMailSummary {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly sentAt: Date;
}

export interface OutboxMail extends OutboxMailSummary {
  /** Whose mail it is. */
  readonly organisationId: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  readonly text: string;
  /** RFC 5322 text, as it would have left. */
  readonly source: string;
  readonly requestId: string;
}

const SUMMARY = `id, recipient, subject, sent_at AS "sentAt"`;

/** Mails of the built-in outbox that the actor may see, newest first. */
export function outboxMails(tx: Tx, page: { limit: number; offset: number }): Promise<OutboxMailSummary[]> {
  return rows<OutboxMailSummary>(
    tx,
    `SELECT ${SUMMARY} FROM platform.outbox_mail ORDER BY sent_at DESC, id LIMIT $1 OFFSET $2`,
    [page.limit, page.offset],
  );
}

/** One mail of the outbox, or null when it is not the actor's to see. */
export function outboxMail(tx: Tx, id: string): Promise<OutboxMail | null> {
  return maybeRow<OutboxMail>(
    tx,
    `SELECT ${SUMMARY}, organisation_id AS "organisationId", message_id AS "messageId", headers, html, body AS text, source, request_id AS "requestId"
       FROM platform.outbox_mail WHERE id = $1`,
    [id],
  );
}
