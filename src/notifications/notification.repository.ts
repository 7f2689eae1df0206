import { affected, rows, type Tx } from '../platform/db/index.js';
import { failPoint } from '../platform/fail-points/index.js';
import { deterministicId } from '../platform/ids.js';
import { notificationKey, type Channel, type PlannedNotification } from './domain/index.js';

/** The id of a notification: the same event, recipient and channel always give the same one. */
export function notificationId(eventId: string, recipientId: string, channel: Channel): string {
  return deterministicId('notification', eventId, recipientId, channel);
}

/**
 * Until the transaction ends, nobody else plans what is told about this subject, be it a name of its own. Two events about one tender, planned
 * at once, would each see that nobody was told yet, and tell everybody twice.
 */
export async function oneAtATime(tx: Tx, subjectId: string): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('notifications.subject ' || $1, 0))`, [
    subjectId,
  ]);
}

/** Keys (`notificationKey`) of what is recorded about an event. */
export async function plannedKeys(tx: Tx, eventId: string): Promise<Set<string>> {
  const found = await rows<{ recipientId: string; channel: Channel }>(
    tx,
    `SELECT recipient_id AS "recipientId", channel FROM notifications.notification WHERE event_id = $1`,
    [eventId],
  );
  return new Set(found.map((row) => notificationKey(eventId, row.recipientId, row.channel)));
}

const CHUNK = 100;

/**
 * Records a plan. What another worker recorded in the meantime is left as it is.
 * @param domain of the Message-IDs
 * @returns how many rows are new
 */
export async function insertPlanned(
  tx: Tx,
  planned: readonly PlannedNotification[],
  { requestId, domain, now }: { requestId: string; domain: string; now: Date },
): Promise<number> {
  let inserted = 0;
  for (let at = 0; at < planned.length; at += CHUNK) {
    const chunk = planned.slice(at, at + CHUNK).map((row) => {
      const id = notificationId(row.eventId, row.recipientId, row.channel);
      return { ...row, id, messageId: `<${id}@${domain}>` };
    });
    inserted += await affected(tx, INSERT_SQL, [JSON.stringify(chunk), requestId, now]);
    await failPoint('plan.midway');
  }
  return inserted;
}

const INSERT_SQL = `
  INSERT INTO notifications.notification
    (id, organisation_id, recipient_id, event_id, event_organisation_id, channel, template, params, tender_id, package_ids,
     language, state, reason, next_attempt_at, message_id, request_id, created_at, finished_at)
  SELECT n.id, n."organisationId", n."recipientId", n."eventId", n."eventOrganisationId", n.channel, n.template, n.params,
         n."tenderId", ARRAY(SELECT jsonb_array_elements_text(n."packageIds")::uuid), n.language, n.state, n.reason,
         n."nextAttemptAt", n."messageId", $2, $3::timestamptz, CASE WHEN n.state = 'suppressed' THEN $3::timestamptz END
    FROM jsonb_to_recordset($1::jsonb) AS n(
         id uuid, "organisationId" uuid, "recipientId" uuid, "eventId" uuid, "eventOrganisationId" uuid, channel text,
         template text, params jsonb, "tenderId" uuid, "packageIds" jsonb, language text, state text, reason text,
         "nextAttemptAt" timestamptz, "messageId" text)
  ON CONFLICT (event_id, recipient_id, channel) DO NOTHING`;

/** News that waits about a tender is overtaken by its withdrawal. @returns how many rows */
export function supersedeWaiting(tx: Tx, tenderId: string, now: Date): Promise<number> {
  return affected(
    tx,
    `UPDATE notifications.notification SET state = 'superseded', reason = 'tender-withdrawn', finished_at = $2
      WHERE tender_id = $1 AND template <> 'tender-withdrawn' AND state IN ('pending', 'quarantined', 'held')`,
    [tenderId, now],
  );
}
