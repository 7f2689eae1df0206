import type { Actor } from '../../kernel/index.js';
import { maybeRow, rows, type Tx } from '../db/index.js';

const KEPT_MS = 24 * 3_600_000;

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface KnownKey {
  readonly fingerprint: string;
  readonly claimedAt: Date;
  /** Null while the first request is not answered. */
  readonly answer: KeptAnswer | null;
}

interface KeyRow {
  fingerprint: string;
  claimed_at: Date;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
}

/** @returns null when the key is now this request's; otherwise what is known of the request that took it */
export async function claimKey(
  tx: Tx,
  { personId, organisationId }: Actor,
  { key, fingerprint }: { readonly key: string; readonly fingerprint: string },
  now: Date,
): Promise<KnownKey | null> {
  await rows(tx, `DELETE FROM platform.idempotency WHERE person_id = $1 AND claimed_at < $2`, [
    personId,
    new Date(now.getTime() - KEPT_MS),
  ]);
  const taken = await rows(
    tx,
    `INSERT INTO platform.idempotency (organisation_id, person_id, key, fingerprint, state, claimed_at)
     VALUES ($1, $2, $3, $4, 'in-flight', $5) ON CONFLICT ON CONSTRAINT idempotency_pk DO NOTHING RETURNING key`,
    [organisationId, personId, key, fingerprint, now],
  );
  if (taken.length > 0) return null;
  const row = await maybeRow<KeyRow>(
    tx,
    `SELECT fingerprint, claimed_at, status, headers, body FROM platform.idempotency WHERE person_id = $1 AND key = $2`,
    [personId, key],
  );
  // Freed between the two statements: as good as still in flight.
  if (!row) return { fingerprint, claimedAt: now, answer: null };
  const answer =
    row.status === null ? null : { status: row.status, headers: row.headers ?? {}, body: row.body ?? '' };
  return { fingerprint: row.fingerprint, claimedAt: row.claimed_at, answer };
}

export async function finishKey(tx: Tx, { personId }: Actor, key: string, answer: KeptAnswer): Promise<void> {
  await rows(
    tx,
    `UPDATE platform.idempotency SET state = 'done', status = $3, headers = $4, body = $5 WHERE person_id = $1 AND key = $2`,
    [personId, key, answer.status, JSON.stringify(answer.headers), answer.body],
  );
}

export async function releaseKey(tx: Tx, { personId }: Actor, key: string): Promise<void> {
  await rows(
    tx,
    `DELETE FROM platform.idempotency WHERE person_id = $1 AND key = $2 AND state = 'in-flight'`,
    [personId, key],
  );
}
