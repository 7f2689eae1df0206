import { affected, type Tx } from '../db/index.js';
import type { ComposedMail, Mail } from './mail.js';

/** Keeps a mail as it would leave. The same mail twice is kept once. */
export async function storeMail(tx: Tx, mail: Mail, composed: ComposedMail, sentAt: Date): Promise<void> {
  await affected(
    tx,
    `INSERT INTO platform.outbox_mail
       (id, organisation_id, message_id, recipient, subject, headers, html, body, source, request_id, sent_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
    [
      mail.id,
      mail.organisationId,
      mail.messageId,
      mail.to.address,
      mail.subject,
      JSON.stringify(composed.headers),
      mail.html,
      mail.text,
      composed.source,
      mail.requestId,
      sentAt,
    ],
  );
}
