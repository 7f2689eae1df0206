import { maybeRow, rows, affected, type Tx } from '../platform/db/index.js';
import type { Problem } from '../kernel/index.js';
import { trialsSince, type ParsedTender, type TrialsNow } from '../tenders/index.js';
import type { TrialProposal } from './propose-trial.js';

export type TrialState = 'received' | 'staged' | 'refused' | 'kept';

/** What a visitor brought, and what is shown of it. */
export interface Trial {
  readonly id: string;
  readonly fileName: string;
  readonly scanned: boolean;
  readonly state: TrialState;
  readonly problems: readonly Problem[];
  readonly proposal: TrialProposal | null;
  /** What it became, when a contractor kept it. */
  readonly importId: string | null;
  readonly madeAt: Date;
}

export interface NewTrial {
  readonly id: string;
  readonly tokenHash: string;
  /** Of whom it is: the browser, to know a form that is sent twice; the network, to count. */
  readonly browserHash: string;
  readonly networkHash: string;
  readonly sha256: string;
  readonly name: string;
  readonly content: Buffer;
  readonly scanned: boolean;
  readonly madeAt: Date;
}

/** Until the transaction ends nobody else brings anything: what is counted stays so. */
export async function lockTrials(tx: Tx): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('tenders.trial', 0))`);
}

export async function trialsNow(tx: Tx, networkHash: string, now: Date): Promise<TrialsNow> {
  const found = await maybeRow<TrialsNow>(
    tx,
    `SELECT coalesce(array_agg(made_at ORDER BY made_at)
              FILTER (WHERE network_hash = $1 AND made_at > $2::timestamptz - interval '1 hour'), '{}') AS lately,
            count(*) FILTER (WHERE state = 'received')::int AS waiting,
            coalesce(sum(size_bytes) FILTER (WHERE content IS NOT NULL), 0)::float8 AS bytes,
            coalesce(sum(size_bytes) FILTER (WHERE network_hash = $1 AND content IS NOT NULL), 0)::float8 AS "networkBytes",
            min(made_at) FILTER (WHERE network_hash = $1 AND content IS NOT NULL) AS "networkSince"
       FROM tenders.trial WHERE made_at > $3`,
    [networkHash, now, trialsSince(now)],
  );
  return found ?? { lately: [], waiting: 0, bytes: 0, networkBytes: 0, networkSince: null };
}

/** The trial that this browser has of these bytes and nobody kept. */
export async function trialOfBytes(
  tx: Tx,
  { browserHash, sha256, madeAt }: Pick<NewTrial, 'browserHash' | 'sha256' | 'madeAt'>,
): Promise<string | null> {
  const found = await maybeRow<{ id: string }>(
    tx,
    `SELECT id FROM tenders.trial WHERE browser_hash = $1 AND sha256 = $2 AND state <> 'kept' AND made_at > $3`,
    [browserHash, sha256, trialsSince(madeAt)],
  );
  return found?.id ?? null;
}

export async function insertTrial(tx: Tx, trial: NewTrial): Promise<void> {
  await rows(
    tx,
    `INSERT INTO tenders.trial (id, token_hash, browser_hash, network_hash, sha256, name, size_bytes, content, scanned, state, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', $10)`,
    [
      trial.id,
      trial.tokenHash,
      trial.browserHash,
      trial.networkHash,
      trial.sha256,
      trial.name,
      trial.content.byteLength,
      trial.content,
      trial.scanned,
      trial.madeAt,
    ],
  );
}

const TRIAL_SQL = `
  SELECT id, name AS "fileName", scanned, state, problems, proposal, import_id AS "importId", made_at AS "madeAt"
    FROM tenders.trial`;

/** @returns null for a token of no trial, or of one whose day is over: nobody can tell which */
export function trialByToken(tx: Tx, tokenHash: string, now: Date): Promise<Trial | null> {
  return maybeRow<Trial>(tx, `${TRIAL_SQL} WHERE token_hash = $1 AND made_at > $2`, [
    tokenHash,
    trialsSince(now),
  ]);
}

/** The same, for whoever keeps it: others wait, and see what became of it. */
export function lockTrial(
  tx: Tx,
  tokenHash: string,
  now: Date,
): Promise<(Trial & { readonly content: Buffer | null; readonly parsed: ParsedTender | null }) | null> {
  const columns = TRIAL_SQL.replace('SELECT id', 'SELECT content, parsed, id');
  return maybeRow(tx, `${columns} WHERE token_hash = $1 AND made_at > $2 FOR UPDATE`, [
    tokenHash,
    trialsSince(now),
  ]);
}

/** @returns null when it is read, or gone */
export function unreadTrial(tx: Tx, id: string): Promise<{ name: string; content: Buffer } | null> {
  return maybeRow(tx, `SELECT name, content FROM tenders.trial WHERE id = $1 AND state = 'received'`, [id]);
}

/** Writes what a reading found, once. */
export async function finishTrial(
  tx: Tx,
  id: string,
  outcome: {
    readonly parsed: ParsedTender | null;
    readonly problems: readonly Problem[];
    readonly proposal: TrialProposal | null;
  },
): Promise<void> {
  const { parsed, problems, proposal } = outcome;
  await rows(
    tx,
    `UPDATE tenders.trial SET state = $2, parsed = $3, problems = $4, proposal = $5 WHERE id = $1 AND state = 'received'`,
    [
      id,
      parsed === null ? 'refused' : 'staged',
      parsed && JSON.stringify(parsed),
      JSON.stringify(problems),
      proposal && JSON.stringify(proposal),
    ],
  );
}

/** From now on it is where its contractor keeps it; here nothing of it stays. */
export async function markKept(tx: Tx, id: string, importId: string): Promise<void> {
  await rows(
    tx,
    `UPDATE tenders.trial SET state = 'kept', import_id = $2, content = NULL, parsed = NULL, proposal = NULL, problems = '[]'
      WHERE id = $1`,
    [id, importId],
  );
}

/** @returns false when its day is not over */
export async function forgetTrial(tx: Tx, id: string, now: Date): Promise<boolean> {
  const gone = await affected(tx, `DELETE FROM tenders.trial WHERE id = $1 AND made_at <= $2`, [
    id,
    trialsSince(now),
  ]);
  return gone === 1;
}
