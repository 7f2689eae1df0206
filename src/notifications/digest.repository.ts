import type { Language } from '../kernel/index.js';
import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { HELD_BEFORE } from './domain/index.js';

/** Organisations with offers that wait for a mail that is due, the longest first. */
export async function organisationsToCollectFor(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT organisation_id AS id FROM notifications.notification
      WHERE state = 'held' AND digest_id IS NULL AND next_attempt_at <= $1
      GROUP BY organisation_id ORDER BY min(next_attempt_at), organisation_id LIMIT $2`,
    [now, limit],
  );
  return found.map(({ id }) => id);
}

/** What waits for one person, with all its packages. */
export interface Collected {
  readonly personId: string;
  readonly language: Language;
  readonly heldIds: readonly string[];
  readonly packageIds: readonly string[];
}

/** Locks what is due for the people of an organisation, also for one who is gone: the mail then ends as it must. */
export async function collectDue(tx: Tx, organisationId: string, now: Date): Promise<Collected[]> {
  return rows<Collected>(
    tx,
    `WITH due AS (SELECT id, recipient_id, language, package_ids FROM notifications.notification
                   WHERE organisation_id = $1 AND state = 'held' AND digest_id IS NULL AND next_attempt_at <= $2
                   ORDER BY id FOR UPDATE)
     SELECT due.recipient_id AS "personId", coalesce(person.language, min(due.language)) AS language, array_agg(DISTINCT due.id) AS "heldIds",
            array_agg(DISTINCT about.id) AS "packageIds"
       FROM due CROSS JOIN LATERAL unnest(due.package_ids) AS about (id)
       LEFT JOIN accounts.person person ON person.id = due.recipient_id
      GROUP BY due.recipient_id, person.language ORDER BY due.recipient_id`,
    [organisationId, now],
  );
}

/**
 * That a notification `n` counts as a mail about offers that an enterprise has had, or is about to have. An offer that waits for
 * others is none, also while a restore keeps it back; what may have left before the restore is one.
 */
export const COUNTS_AS_OFFER_MAIL = `n.channel = 'mail' AND n.digest_id IS NULL
  AND n.template IN ('tender-published', 'match-new', 'offers-digest', 'team-called')
  AND n.state NOT IN ('suppressed', 'cancelled', 'superseded', 'held') AND n.reason IS DISTINCT FROM '${HELD_BEFORE}'`;

/** Whether an enterprise has had as many mails about offers in seven days as it wants. @param usual when it said nothing */
export async function weekIsFull(
  tx: Tx,
  organisationId: string,
  { usual, now }: { usual: number; now: Date },
): Promise<boolean> {
  const row = await maybeRow<{ isFull: boolean }>(
    tx,
    `SELECT count(DISTINCT n.event_id) >= coalesce((SELECT w.weekly_mails FROM matching.invitation_wish w
                                                     WHERE w.organisation_id = $1), $2::int) AS "isFull"
       FROM notifications.notification n
      WHERE n.organisation_id = $1 AND ${COUNTS_AS_OFFER_MAIL}
        AND n.created_at > $3::timestamptz - interval '7 days'`,
    [organisationId, usual, now],
  );
  return row?.isFull ?? false;
}

/** What is due waits on; what closes before anybody could answer stays on the list alone. */
export async function waitOn(
  tx: Tx,
  organisationId: string,
  { now, until, answerableUntil }: { now: Date; until: Date; answerableUntil: Date },
): Promise<void> {
  await affected(
    tx,
    `UPDATE notifications.notification n
        SET (state, reason, finished_at, next_attempt_at) = (SELECT
              CASE WHEN closes THEN 'suppressed' ELSE 'held' END, CASE WHEN closes THEN 'week-full' END,
              CASE WHEN closes THEN $2::timestamptz END, CASE WHEN closes THEN n.next_attempt_at ELSE $3 END
              FROM (SELECT coalesce(t.deadline < $4, false) AS closes FROM tenders.tender t WHERE t.id = n.tender_id) about)
      WHERE n.organisation_id = $1 AND n.state = 'held' AND n.digest_id IS NULL AND n.next_attempt_at <= $2`,
    [organisationId, now, until, answerableUntil],
  );
}

/** What was held goes with a mail from now on, whatever becomes of that. */
export async function putIntoDigest(tx: Tx, digestId: string, heldIds: readonly string[]): Promise<void> {
  await affected(tx, `UPDATE notifications.notification SET digest_id = $1 WHERE id = ANY($2)`, [
    digestId,
    heldIds,
  ]);
}

/** Packages of a digest that its reader may still answer and has not answered, the best first. */
export async function stillToOffer(
  tx: Tx,
  digest: { readonly id: string; readonly organisationId: string },
  now: Date,
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT p.id
       FROM (SELECT DISTINCT unnest(n.package_ids) AS id FROM notifications.notification n
              WHERE n.digest_id = $1 AND n.state NOT IN ('cancelled', 'superseded')) about
       JOIN tenders.work_package p ON p.id = about.id AND p.offered
       JOIN tenders.tender t ON t.id = p.tender_id AND t.status = 'published' AND t.deadline > $3
       JOIN matching.match m ON m.package_id = p.id AND m.enterprise_organisation_id = $2 AND upper_inf(m.recorded)
        AND m.verdict IN ('match', 'partial')
      WHERE tenders.may_hear(t.id, $2)
        AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)
        AND NOT EXISTS (SELECT FROM answers.answer a
                         WHERE a.package_id = p.id AND a.organisation_id = $2 AND upper_inf(a.recorded))
      GROUP BY p.id, t.deadline
      ORDER BY bool_or(m.verdict = 'match') DESC, max(m.score) DESC, t.deadline, p.id`,
    [digest.id, digest.organisationId, now],
  );
  return found.map(({ id }) => id);
}

/** What a digest no longer says leaves it. */
export async function dropFromDigest(
  tx: Tx,
  digestId: string,
  stillOffered: readonly string[],
  now: Date,
): Promise<void> {
  await affected(
    tx,
    `UPDATE notifications.notification SET state = 'cancelled', reason = 'nothing-to-offer', finished_at = $3
      WHERE digest_id = $1 AND state = 'held' AND NOT package_ids && $2::uuid[]`,
    [digestId, stillOffered, now],
  );
}

/** What went with a mail ends as the mail does. */
export async function settleWithDigest(
  tx: Tx,
  digestId: string,
  { state, reason }: { readonly state: string; readonly reason: string | null },
  now: Date,
): Promise<void> {
  await affected(
    tx,
    `UPDATE notifications.notification SET state = $2, reason = $3, finished_at = $4
      WHERE digest_id = $1 AND state = 'held'`,
    [digestId, state, reason, now],
  );
}
