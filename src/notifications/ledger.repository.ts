import { affected, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { Channel, NotificationParams, NotificationState, Template } from './domain/index.js';
import type { Language } from '../kernel/index.js';

/** A notification in the hands of one worker, for as long as its lease runs and its fence is the newest. */
export interface Claim {
  readonly id: string;
  readonly fence: number;
  readonly organisationId: string;
  readonly recipientId: string;
  /** Null: about several. */
  readonly tenderId: string | null;
  readonly packageIds: readonly string[];
  readonly channel: Channel;
  readonly template: Template;
  readonly params: NotificationParams;
  readonly language: Language;
  readonly messageId: string;
  readonly requestId: string;
  /** How many times somebody took it, this time included. */
  readonly tries: number;
  readonly createdAt: Date;
}

export type AttemptOutcome =
  'handing' | 'handed' | 'delivered' | 'deferred' | 'rejected' | 'in-doubt' | 'cancelled' | 'suppressed';

const CLAIM_SQL = `
  UPDATE notifications.notification n
     SET state = 'claimed', fence = n.fence + 1, attempts = n.attempts + 1, worker = $5,
         lease_until = clock_timestamp() + $4 * interval '1 millisecond'
    FROM (SELECT id FROM notifications.notification
           WHERE channel = $1 AND state IN ('pending', 'in_doubt') AND next_attempt_at <= $2
           ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
   WHERE n.id = due.id
  RETURNING n.id, n.fence, n.organisation_id AS "organisationId", n.recipient_id AS "recipientId",
            n.tender_id AS "tenderId", n.package_ids AS "packageIds", n.channel, n.template, n.params, n.language,
            n.message_id AS "messageId", n.request_id AS "requestId", n.attempts AS tries, n.created_at AS "createdAt"`;

/** Takes what is due. Leases run on the clock of the database, so that workers need not agree on the time. */
export function claimDue(
  tx: Tx,
  channel: Channel,
  { now, most, leaseMs, worker }: { now: Date; most: number; leaseMs: number; worker: string },
): Promise<Claim[]> {
  return rows<Claim>(tx, CLAIM_SQL, [channel, now, most, leaseMs, worker]);
}

/** @returns ids of the claims that are still ours and run on */
export async function renewLeases(tx: Tx, claims: readonly Claim[], leaseMs: number): Promise<Set<string>> {
  const renewed = await rows<{ id: string }>(
    tx,
    `UPDATE notifications.notification n SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
       FROM unnest($1::uuid[], $2::int[]) AS mine(id, fence)
      WHERE n.id = mine.id AND n.fence = mine.fence AND n.state = 'claimed'
     RETURNING n.id`,
    [claims.map((claim) => claim.id), claims.map((claim) => claim.fence), leaseMs],
  );
  return new Set(renewed.map((row) => row.id));
}

const TAKEN_TOO_OFTEN = 6;

/**
 * Frees what dead workers held. Whoever died before speaking to the mail server leaves a pending row; after that,
 * nobody knows: the row is in doubt, counted, and tried again under the same Message-ID. It keeps its place before
 * what came later, unless everybody who takes it dies.
 */
const SWEEP_SQL = `
  WITH freed AS (
    UPDATE notifications.notification
       SET state = CASE WHEN handing_fence = fence THEN 'in_doubt' ELSE 'pending' END,
           in_doubt_count = in_doubt_count + CASE WHEN handing_fence = fence THEN 1 ELSE 0 END,
           lease_until = NULL,
           next_attempt_at = CASE WHEN attempts > ${TAKEN_TOO_OFTEN} THEN $1::timestamptz + interval '1 minute' ELSE next_attempt_at END
     WHERE id IN (SELECT id FROM notifications.notification
                   WHERE state = 'claimed' AND lease_until < clock_timestamp() LIMIT 200 FOR UPDATE SKIP LOCKED)
    RETURNING id, organisation_id, fence, request_id, state)
  INSERT INTO notifications.attempt (id, organisation_id, notification_id, fence, at, worker, outcome, detail, request_id)
  SELECT gen_random_uuid(), organisation_id, id, fence, $1::timestamptz, $2,
         CASE state WHEN 'in_doubt' THEN 'in-doubt' ELSE 'lease-expired' END, 'lease expired', request_id
    FROM freed`;

/** @returns how many rows were freed */
export function freeExpired(tx: Tx, now: Date, worker: string): Promise<number> {
  return affected(tx, SWEEP_SQL, [now, worker]);
}

/** Locks a claimed row for the rest of the transaction. @returns false when the lease has passed to another */
export async function holdClaim(tx: Tx, claim: Claim): Promise<boolean> {
  const held = await rows(
    tx,
    `SELECT FROM notifications.notification
      WHERE id = $1 AND fence = $2 AND state = 'claimed' AND lease_until > clock_timestamp() FOR UPDATE`,
    [claim.id, claim.fence],
  );
  return held.length === 1;
}

/** From here on, a worker that dies leaves the row in doubt. */
export async function beginHanding(tx: Tx, claim: Claim): Promise<void> {
  await affected(
    tx,
    `UPDATE notifications.notification SET handing_fence = $2 WHERE id = $1 AND fence = $2`,
    [claim.id, claim.fence],
  );
}

export interface Settlement {
  readonly state: Exclude<NotificationState, 'claimed' | 'superseded' | 'quarantined' | 'held'>;
  readonly reason: string | null;
  /** For rows to be tried again. */
  readonly nextAttemptAt: Date | null;
}

export const FINISHED: readonly NotificationState[] = [
  'handed',
  'delivered',
  'failed',
  'suppressed',
  'cancelled',
];

/**
 * Ends a claim. Refused when another worker has claimed since: the one with the old fence changes nothing.
 * A claim whose lease merely ran out is still the newest, so what is known about it is welcome.
 * @returns false when it was refused
 */
export async function settle(tx: Tx, claim: Claim, settlement: Settlement, now: Date): Promise<boolean> {
  const { state, reason, nextAttemptAt } = settlement;
  const count = await affected(
    tx,
    `UPDATE notifications.notification
        SET state = $3, reason = $4, lease_until = NULL, next_attempt_at = coalesce($5::timestamptz, next_attempt_at),
            in_doubt_count = in_doubt_count + CASE WHEN $3 = 'in_doubt' AND state = 'claimed' THEN 1 ELSE 0 END,
            finished_at = $6
      WHERE id = $1 AND fence = $2 AND state IN ('claimed', 'in_doubt')`,
    [claim.id, claim.fence, state, reason, nextAttemptAt, FINISHED.includes(state) ? now : null],
  );
  return count === 1;
}

/** Appends to the history of a notification; nothing of it ever changes. */
export async function addAttempt(
  tx: Tx,
  claim: Claim,
  attempt: { outcome: AttemptOutcome; detail: string | null; worker: string; at: Date },
): Promise<void> {
  await affected(
    tx,
    `INSERT INTO notifications.attempt (id, organisation_id, notification_id, fence, at, worker, outcome, detail, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      newId(attempt.at),
      claim.organisationId,
      claim.id,
      claim.fence,
      attempt.at,
      attempt.worker,
      attempt.outcome,
      attempt.detail,
      claim.requestId,
    ],
  );
}

/** An address its server refuses for good; nothing goes there until it is lifted. */
export async function refuseAddress(
  tx: Tx,
  organisationId: string,
  email: string,
  detail: string,
  now: Date,
): Promise<void> {
  await affected(
    tx,
    `INSERT INTO notifications.refused_address (id, organisation_id, email, detail, refused_at)
     VALUES ($1, $2, lower($3), $4, $5) ON CONFLICT (email) WHERE lifted_at IS NULL DO NOTHING`,
    [newId(now), organisationId, email, detail, now],
  );
}
