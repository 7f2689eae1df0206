import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { QuietHours, Rhythm } from './domain/index.js';
import { NOT_CHOSEN, RHYTHM } from './recipient-person.query.js';

/** When somebody wants to be written to. */
export interface MailWish {
  readonly rhythm: Rhythm;
  readonly quiet: QuietHours | null;
}

export async function mailWish(tx: Tx, personId: string): Promise<MailWish> {
  const row = await maybeRow<MailWish>(
    tx,
    `SELECT ${RHYTHM} AS rhythm, CASE WHEN w.quiet_from IS NOT NULL
       THEN jsonb_build_object('from', w.quiet_from, 'until', w.quiet_until) END AS quiet
       FROM accounts.person person JOIN accounts.organisation organisation ON organisation.id = person.organisation_id
       LEFT JOIN notifications.mail_wish w ON w.person_id = person.id WHERE person.id = $1`,
    [personId],
  );
  return row ?? { rhythm: 'at-once', quiet: null };
}

interface Whose {
  readonly personId: string;
  readonly organisationId: string;
}

export async function keepMailWish(tx: Tx, who: Whose, { rhythm, quiet }: MailWish): Promise<void> {
  await affected(
    tx,
    `INSERT INTO notifications.mail_wish (person_id, organisation_id, rhythm, quiet_from, quiet_until)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id) DO UPDATE
       SET rhythm = excluded.rhythm, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until`,
    [who.personId, who.organisationId, rhythm, quiet?.from ?? null, quiet?.until ?? null],
  );
}

/** What waits for a person leaves at another time; what nobody could answer well after it leaves now. */
export async function holdUntil(
  tx: Tx,
  personId: string,
  { now, at, answerableUntil }: { now: Date; at: Date; answerableUntil: Date },
): Promise<void> {
  await affected(
    tx,
    `UPDATE notifications.notification n
        SET next_attempt_at = CASE WHEN (SELECT t.deadline FROM tenders.tender t WHERE t.id = n.tender_id) < $4
              THEN $2::timestamptz ELSE $3 END
      WHERE n.recipient_id = $1 AND n.state = 'held' AND n.digest_id IS NULL`,
    [personId, now, at, answerableUntil],
  );
}

/** What was left to the next morning's mail leaves by itself: its reader wants none of those any more. */
export async function tellByItself(tx: Tx, personId: string, now: Date): Promise<void> {
  await affected(
    tx,
    `UPDATE notifications.notification n SET state = 'pending', reason = NULL, finished_at = NULL, next_attempt_at = $2
      WHERE n.recipient_id = $1 AND n.channel = 'mail' AND n.state = 'suppressed' AND n.reason = 'in-digest'
        AND NOT EXISTS (SELECT FROM notifications.notification told
                         WHERE told.recipient_id = $1 AND told.channel = 'mail' AND told.template = 'board-digest'
                           AND told.created_at >= n.created_at)`,
    [personId, now],
  );
}

/** Those of an organisation who get no offers by mail, since it has others hear. */
export async function notChosen(tx: Tx, organisationId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT person.id FROM accounts.person person WHERE person.organisation_id = $1 AND ${NOT_CHOSEN}`,
    [organisationId],
  );
  return found.map(({ id }) => id);
}

/** Whom an organisation has hear of offers by mail, as ids. */
export interface ColleaguesChosen {
  /** Who could be chosen: about nobody else was anything said. */
  readonly shown: readonly string[];
  readonly chosen: readonly string[];
}

export async function chooseColleagues(
  tx: Tx,
  organisationId: string,
  { shown, chosen }: ColleaguesChosen,
): Promise<void> {
  await affected(
    tx,
    `INSERT INTO notifications.mail_wish (person_id, organisation_id, is_chosen)
     SELECT p.id, p.organisation_id, p.id = ANY($2::uuid[]) FROM accounts.person p
      WHERE p.organisation_id = $1 AND p.id = ANY($3::uuid[])
     ON CONFLICT (person_id) DO UPDATE SET is_chosen = excluded.is_chosen`,
    [organisationId, chosen, shown],
  );
}

/** The address of a person is one that its server refused for good. */
export async function addressIsRefused(tx: Tx, personId: string): Promise<boolean> {
  const row = await maybeRow(
    tx,
    `SELECT 1 FROM accounts.person p JOIN notifications.refused_address r ON r.email = p.email AND r.lifted_at IS NULL
      WHERE p.id = $1`,
    [personId],
  );
  return row !== null;
}

/** When a person was last written to on request. */
export async function lastTestMail(tx: Tx, personId: string): Promise<Date | null> {
  const row = await maybeRow<{ at: Date | null }>(
    tx,
    `SELECT max(created_at) AS at FROM notifications.notification WHERE recipient_id = $1 AND template = 'mail-test'`,
    [personId],
  );
  return row?.at ?? null;
}
