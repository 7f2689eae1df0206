import { rows, type Tx } from '../platform/db/index.js';

/** What a transaction sees, in PostgreSQL's own words. */
export type Snapshot = string;

export interface PostingChanges {
  readonly snapshot: Snapshot;
  /** Enterprises whose postings were rewritten since. */
  readonly enterpriseIds: readonly string[];
  /** Some of it is this transaction's own, and may never come to pass. */
  readonly isOurs: boolean;
}

/** Whether the register holds at least so many enterprises. */
export async function hasEnterprises(tx: Tx, count: number): Promise<boolean> {
  const found = await rows(tx, 'SELECT FROM registry.enterprise OFFSET greatest($1::int - 1, 0) LIMIT 1', [
    count,
  ]);
  return found.length > 0;
}

export async function snapshotNow(tx: Tx): Promise<Snapshot> {
  const [row] = await rows<{ snapshot: Snapshot }>(tx, 'SELECT pg_current_snapshot()::text AS snapshot');
  return row!.snapshot;
}

/**
 * What is visible now and was not in an earlier snapshot. A sequence would not do: a transaction that took a lower
 * number may commit after one with a higher.
 */
export async function postingChanges(tx: Tx, since: Snapshot): Promise<PostingChanges> {
  const [row] = await rows<PostingChanges>(
    tx,
    `SELECT pg_current_snapshot()::text AS snapshot,
            coalesce(array_agg(DISTINCT enterprise_id::text), '{}') AS "enterpriseIds",
            coalesce(bool_or(by_transaction = pg_current_xact_id_if_assigned()), false) AS "isOurs"
     FROM matching.posting_change
     WHERE by_transaction >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(by_transaction, $1::pg_snapshot)`,
    [since],
  );
  return row!;
}

/** Says whose postings this transaction rewrites. */
export async function keepPostingChanges(tx: Tx, enterpriseIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO matching.posting_change (by_transaction, enterprise_id)
     SELECT pg_current_xact_id(), id FROM unnest($1::uuid[]) AS id ON CONFLICT DO NOTHING`,
    [enterpriseIds],
  );
}
