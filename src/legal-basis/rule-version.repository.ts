import { affected, endedAt, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { RuleVersion } from './domain/index.js';

/** Loads of the law wait for each other: two processes that start together enter it once. */
const LOAD_LOCK = 7_201_510;

export async function lockForLoading(tx: Tx): Promise<void> {
  await rows(tx, 'SELECT pg_advisory_xact_lock($1)', [LOAD_LOCK]);
}

/** @returns `now`, or just after the last change where the clock has not passed it */
export async function instantOfLoad(tx: Tx, now: Date): Promise<Date> {
  const row = await maybeRow<{ at: Date }>(
    tx,
    `SELECT greatest($1::timestamptz,
              (SELECT greatest(max(lower(recorded)), max(upper(recorded))) FROM legal_basis.rule_version)
                + interval '1 millisecond') AS at`,
    [now],
  );
  return row?.at ?? now;
}

export interface CurrentRow {
  id: string;
  version_id: string;
  source_file: string;
}

/** The versions that are held for true now. */
export function currentRows(tx: Tx): Promise<CurrentRow[]> {
  return rows<CurrentRow>(
    tx,
    `SELECT id, version_id, source_file FROM legal_basis.rule_version WHERE upper_inf(recorded)`,
  );
}

/** Ends the recorded range of rows: they stay, as what was known until then. */
export async function closeRows(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  const closed = await affected(
    tx,
    `UPDATE legal_basis.rule_version SET recorded = ${endedAt('$2')}
      WHERE id = ANY ($1::uuid[]) AND upper_inf(recorded)`,
    [ids, at],
  );
  if (closed !== ids.length) throw new Error(`closed ${closed} of ${ids.length} rule versions`);
}

export type NewRow = RuleVersion & { readonly rowId: string; readonly contentHash: string };

export async function insertRows(tx: Tx, versions: readonly NewRow[], at: Date): Promise<void> {
  if (versions.length === 0) return;
  await rows(
    tx,
    `INSERT INTO legal_basis.rule_version
       (id, version_id, rule_set, rule_key, valid, recorded, body, citation, confidence, source_file, content_hash)
     SELECT "rowId", id, set, key, daterange("from", until), tstzrange($2, NULL), body, citation, confidence,
            "sourceFile", "contentHash"
       FROM jsonb_to_recordset($1::jsonb) AS new ("rowId" uuid, id uuid, set text, key text, "from" date, until date,
            body jsonb, citation jsonb, confidence text, "sourceFile" text, "contentHash" text)`,
    [JSON.stringify(versions.map(({ valid, ...version }) => ({ ...version, ...valid }))), at],
  );
}
