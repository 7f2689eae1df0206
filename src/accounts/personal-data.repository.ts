import { forgetActor } from '../platform/audit/index.js';
import { inBatches, maybeRow, prepared, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import {
  COUNTS_SQL,
  deleteSql,
  HOLDINGS,
  selectSql,
  type Holding,
  type HoldingGroup,
} from './holdings.query.js';
import type { AccountMail } from './write-account-mail.js';

/** The top-level domain is nobody's (RFC 2606): no mail can reach it, nobody can sign in with it. */
const ERASED = '@erased.invalid';

/** Whom it is about. */
export interface Subject {
  readonly id: string;
  readonly organisationId: string;
  readonly email: string;
}

/** Some of the rows of a table; a table comes in several parts, one after the other, the first of them empty. */
export interface Held extends Pick<Holding, 'table' | 'group' | 'fate'> {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface ErasureAsked {
  readonly askedAt: Date;
  readonly dueAt: Date;
}

/** Everything held on a person, table by table. As the system: parts of it no person reads. */
export async function* heldOn(tx: Tx, { id, email }: Subject): AsyncGenerator<Held> {
  for (const holding of HOLDINGS) {
    const { table, group, fate } = holding;
    yield { table, group, fate, rows: [] };
    for await (const some of inBatches<Held['rows'][number]>(tx, selectSql(holding), [id, email]))
      yield { table, group, fate, rows: some };
  }
}

/** How many rows are held on a person, heading by heading. As the system. */
export async function countHeldOn(
  tx: Tx,
  { id, email }: Subject,
): Promise<ReadonlyMap<HoldingGroup, number>> {
  const found = await prepared<{ group: HoldingGroup; count: number }>(tx, 'held-counts', COUNTS_SQL, [
    id,
    email,
  ]);
  return new Map(found.map(({ group, count }) => [group, count]));
}

export function subjectById(tx: Tx, personId: string): Promise<Subject | null> {
  return maybeRow<Subject>(
    tx,
    `SELECT id, organisation_id AS "organisationId", email FROM accounts.person WHERE id = $1`,
    [personId],
  );
}

const LEFT_BEFORE = `disabled_at < $1 AND email <> id || '${ERASED}'`;

/** Those who left before a moment and are not erased yet, whoever left first before others. As the system. */
export async function leftBefore(tx: Tx, moment: Date, atMost: number): Promise<string[]> {
  const gone = await rows<{ id: string }>(
    tx,
    `SELECT id FROM accounts.person WHERE ${LEFT_BEFORE} ORDER BY disabled_at, id LIMIT $2`,
    [moment, atMost],
  );
  return gone.map(({ id }) => id);
}

/** Whether one of them left before a moment and is not erased yet. As the system. */
export async function hasLeftBefore(tx: Tx, personId: string, moment: Date): Promise<boolean> {
  const one = await maybeRow(tx, `SELECT 1 FROM accounts.person WHERE id = $2 AND ${LEFT_BEFORE}`, [
    moment,
    personId,
  ]);
  return one !== null;
}

/** Takes a person out of the database. What stays leads to a row that names nobody. As the system. */
export async function erasePerson(tx: Tx, { id, email }: Subject, at: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE notifications.attempt SET detail = NULL
     WHERE detail IS NOT NULL
       AND notification_id IN (SELECT n.id FROM notifications.notification n WHERE n.recipient_id = $1)`,
    [id],
  );
  await forgetActor(tx, id);
  for (const holding of HOLDINGS.filter(({ fate }) => fate === 'deleted'))
    await rows(tx, deleteSql(holding), [id, email]);
  await rows(
    tx,
    `UPDATE accounts.person SET email = id || '${ERASED}', name = '–', disabled_at = coalesce(disabled_at, $2)
     WHERE id = $1`,
    [id, at],
  );
}

export function erasureOf(tx: Tx, personId: string): Promise<ErasureAsked | null> {
  return maybeRow<ErasureAsked>(
    tx,
    `SELECT asked_at AS "askedAt", due_at AS "dueAt" FROM accounts.erasure WHERE person_id = $1`,
    [personId],
  );
}

/** @returns its id, or null when it was asked before */
export async function askErasure(
  tx: Tx,
  person: { readonly id: string; readonly organisationId: string },
  { askedAt, dueAt }: ErasureAsked,
): Promise<string | null> {
  const added = await maybeRow<{ id: string }>(
    tx,
    `INSERT INTO accounts.erasure (id, person_id, organisation_id, asked_at, due_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id) DO NOTHING RETURNING id`,
    [newId(askedAt), person.id, person.organisationId, askedAt, dueAt],
  );
  return added?.id ?? null;
}

/** What the mail on an erasure is written from; null once it was taken back or carried out. As the system. */
export function erasureToMail(tx: Tx, id: string): Promise<AccountMail | null> {
  return maybeRow<AccountMail>(
    tx,
    `SELECT o.id AS "organisationId", o.name AS "organisationName", p.email, p.name, p.language, e.asked_at AS "askedAt",
            e.due_at AS "expiresAt"
     FROM accounts.erasure e JOIN accounts.person p ON p.id = e.person_id
     JOIN accounts.organisation o ON o.id = e.organisation_id WHERE e.id = $1`,
    [id],
  );
}

/** @returns false when none was asked */
export async function takeBackErasure(tx: Tx, personId: string): Promise<boolean> {
  const gone = await rows(tx, `DELETE FROM accounts.erasure WHERE person_id = $1 RETURNING person_id`, [
    personId,
  ]);
  return gone.length > 0;
}
