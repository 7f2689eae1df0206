import type { Language, Role } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { hashToken, linkToken } from './tokens.js';

/** A link to choose a new password opens for this long. */
export const RESET_MINUTES = 60;

/** A link that was asked for and still opens. */
export interface PasswordReset {
  readonly id: string;
  readonly personId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: Role;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

/** The latest link takes the place of an earlier one. @returns its id */
export async function replaceReset(
  tx: Tx,
  { personId, organisationId }: { readonly personId: string; readonly organisationId: string },
  secret: string,
  now: Date,
): Promise<string> {
  await rows(tx, `DELETE FROM accounts.password_reset WHERE person_id = $1 AND used_at IS NULL`, [personId]);
  const id = newId(now);
  await rows(
    tx,
    `INSERT INTO accounts.password_reset (id, organisation_id, person_id, token_hash, asked_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      organisationId,
      personId,
      hashToken(linkToken(secret, 'password', id)),
      now,
      new Date(now.getTime() + RESET_MINUTES * 60_000),
    ],
  );
  return id;
}

const OPEN_SQL = `
  SELECT r.id, p.id AS "personId", o.id AS "organisationId", o.name AS "organisationName", o.role, p.email, p.name,
         p.language, r.asked_at AS "askedAt", r.expires_at AS "expiresAt"
    FROM accounts.password_reset r
    JOIN accounts.person p ON p.id = r.person_id AND p.disabled_at IS NULL
    JOIN accounts.organisation o ON o.id = p.organisation_id
   WHERE r.used_at IS NULL AND r.expires_at > $2`;

/** The open link of a token; locked, so that it is used once. */
export function openReset(tx: Tx, token: string, now: Date): Promise<PasswordReset | null> {
  return maybeRow(tx, `${OPEN_SQL} AND r.token_hash = $1 FOR UPDATE OF r`, [hashToken(token), now]);
}

export function resetById(tx: Tx, id: string, now: Date): Promise<PasswordReset | null> {
  return maybeRow(tx, `${OPEN_SQL} AND r.id = $1`, [id, now]);
}

export async function closeReset(tx: Tx, id: string, now: Date): Promise<void> {
  await rows(tx, `UPDATE accounts.password_reset SET used_at = $2 WHERE id = $1`, [id, now]);
}
