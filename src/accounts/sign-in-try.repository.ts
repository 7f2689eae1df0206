import { Refusal } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { WINDOW_MS, waitMs, type Slowing } from './domain/index.js';

/** Tries older than this serve nobody. */
const KEPT_MS = 24 * 3_600_000;

/** Where a try comes from, as a keyed hash, and how tries from there slow down. */
export interface TrySource {
  readonly hash: string;
  readonly slowing: Slowing;
}

/**
 * Counts a try before it is made, exactly, however many are made at once and by however many processes.
 * @returns milliseconds to wait when it may not be made now (it is then not counted), else 0
 */
async function reserveTry(tx: Tx, sources: readonly TrySource[], now: Date): Promise<number> {
  const ordered = [...sources].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  let wait = 0;
  for (const { hash, slowing } of ordered) {
    await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [hash]);
    const found = await maybeRow<{ tries: number; last: Date | null }>(
      tx,
      `SELECT count(*)::int AS tries, max(tried_at) AS last FROM accounts.sign_in_try
       WHERE source_hash = $1 AND tried_at > $2`,
      [hash, new Date(now.getTime() - WINDOW_MS)],
    );
    wait = Math.max(wait, waitMs(found?.tries ?? 0, found?.last ?? null, now, slowing));
  }
  if (wait > 0) return wait;
  for (const { hash } of ordered) {
    await rows(tx, `INSERT INTO accounts.sign_in_try (id, source_hash, tried_at) VALUES ($1, $2, $3)`, [
      newId(now),
      hash,
      now,
    ]);
  }
  return 0;
}

/** As `reserveTry`. @throws Refusal `too-many-attempts` with `retryAfter` in seconds */
export async function countTry(tx: Tx, sources: readonly TrySource[], now: Date): Promise<void> {
  const seconds = Math.ceil((await reserveTry(tx, sources, now)) / 1000);
  if (seconds > 0) throw new Refusal('too-many-attempts', { retryAfter: seconds, count: seconds });
}

/** After a success the account's tries are forgotten; the network keeps its own but the last one. */
export async function forgetTries(tx: Tx, address: string, network: string, now: Date): Promise<void> {
  await rows(tx, `DELETE FROM accounts.sign_in_try WHERE source_hash = $1 OR tried_at < $2`, [
    address,
    new Date(now.getTime() - KEPT_MS),
  ]);
  await rows(
    tx,
    `DELETE FROM accounts.sign_in_try WHERE id = (
       SELECT id FROM accounts.sign_in_try WHERE source_hash = $1 ORDER BY tried_at DESC, id DESC LIMIT 1)`,
    [network],
  );
}
