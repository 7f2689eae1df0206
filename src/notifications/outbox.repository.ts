import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { failPoint } from '../platform/fail-points/index.js';
import { newId } from '../platform/ids.js';
import { HELD_BEFORE, type MailList } from './domain/index.js';

/** True while nothing of before a restore may leave. */
export async function quarantineDeclaredAt(tx: Tx): Promise<Date | null> {
  const open = await maybeRow<{ at: Date }>(
    tx,
    `SELECT declared_at AS at FROM notifications.quarantine WHERE lifted_at IS NULL`,
  );
  return open?.at ?? null;
}

/**
 * For restored backups: what was on its way when the backup was made may have left since. It waits for an
 * operator, and so will what is planned from older events. @returns how many notifications wait
 */
export async function quarantineAll(tx: Tx, now: Date): Promise<number> {
  await affected(
    tx,
    `INSERT INTO notifications.quarantine (id, declared_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [newId(now), now],
  );
  await affected(tx, `UPDATE notifications.quarantine SET declared_at = $1 WHERE lifted_at IS NULL`, [now]);
  return affected(
    tx,
    `UPDATE notifications.notification
        SET state = 'quarantined', reason = CASE WHEN state = 'held' THEN '${HELD_BEFORE}' ELSE 'restored' END,
            lease_until = NULL, fence = fence + 1
      WHERE state IN ('pending', 'claimed', 'in_doubt') OR state = 'held' AND digest_id IS NULL`,
  );
}

const HISTORY = (outcome: 'released' | 'replayed'): string => `
  INSERT INTO notifications.attempt (id, organisation_id, notification_id, fence, at, worker, outcome, detail, request_id)
  SELECT gen_random_uuid(), organisation_id, id, fence, $1, 'operator', '${outcome}', NULL, request_id FROM moved`;

/**
 * Lets notifications in quarantine leave; an offer that waited for others waits on until its moment.
 * @param ids null: all of them, and the quarantine is over
 */
export async function release(tx: Tx, ids: readonly string[] | null, now: Date): Promise<number> {
  if (ids === null) {
    await affected(tx, `UPDATE notifications.quarantine SET lifted_at = $1 WHERE lifted_at IS NULL`, [now]);
  }
  return affected(
    tx,
    `WITH moved AS (
       UPDATE notifications.notification
          SET state = CASE WHEN reason = '${HELD_BEFORE}' THEN 'held' ELSE 'pending' END, reason = NULL,
              next_attempt_at = CASE WHEN reason = '${HELD_BEFORE}' THEN greatest(next_attempt_at, $1) ELSE $1 END
        WHERE state = 'quarantined' AND ($2::uuid[] IS NULL OR id = ANY($2))
       RETURNING id, organisation_id, fence, request_id)
     ${HISTORY('released')}`,
    [now, ids],
  );
}

/**
 * Sends again what has ended without reaching anybody, under the same Message-ID. What was handed over is replayed
 * only when `evenHanded`: the recipient may then see it twice. What ended with a mail about several goes with that mail again,
 * and not by itself.
 */
export async function replay(
  tx: Tx,
  ids: readonly string[],
  options: { evenHanded: boolean; now: Date },
): Promise<number> {
  await failPoint('replay.request');
  return affected(
    tx,
    `WITH moved AS (
       UPDATE notifications.notification
          SET state = 'pending', reason = 'replayed', next_attempt_at = $1, finished_at = NULL, attempts = 0
        WHERE id = ANY($2) AND digest_id IS NULL AND (state IN ('failed', 'suppressed', 'cancelled') OR ($3 AND state = 'handed'))
       RETURNING id, organisation_id, fence, request_id),
     tied AS (
       UPDATE notifications.notification SET state = 'held', reason = NULL, finished_at = NULL
        WHERE digest_id IN (SELECT id FROM moved) AND state IN ('failed', 'suppressed', 'cancelled', 'handed'))
     ${HISTORY('replayed')}`,
    [options.now, ids, options.evenHanded],
  );
}

/** Keeps a person's wish not to get a list by mail. Harmless to repeat. @returns false for an unknown person */
export async function stopList(tx: Tx, personId: string, list: string, now: Date): Promise<boolean> {
  const person = await maybeRow<{ organisationId: string }>(
    tx,
    `SELECT organisation_id AS "organisationId" FROM accounts.person WHERE id = $1`,
    [personId],
  );
  if (!person) return false;
  await failPoint('suppression.write');
  await affected(
    tx,
    `INSERT INTO notifications.stopped_list (organisation_id, person_id, list, stopped_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id, list) DO NOTHING`,
    [person.organisationId, personId, list, now],
  );
  return true;
}

export async function stoppedLists(tx: Tx, personId: string): Promise<MailList[]> {
  const found = await rows<{ list: MailList }>(
    tx,
    `SELECT list FROM notifications.stopped_list WHERE person_id = $1 ORDER BY list`,
    [personId],
  );
  return found.map(({ list }) => list);
}

/** The person wants the list by mail again. */
export async function resumeList(tx: Tx, personId: string, list: string): Promise<void> {
  await affected(tx, `DELETE FROM notifications.stopped_list WHERE person_id = $1 AND list = $2`, [
    personId,
    list,
  ]);
}
