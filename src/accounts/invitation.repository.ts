import type { Language } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { hashToken, newToken } from './tokens.js';

/** An invitation opens for this long. */
export const INVITATION_HOURS = 72;

export interface NewInvitation {
  readonly organisationId: string;
  /** Already in the form addresses are kept in. */
  readonly email: string;
  readonly name: string;
  readonly language: Language;
}

export interface Invitation extends NewInvitation {
  readonly id: string;
  readonly organisationName: string;
  readonly expiresAt: Date;
}

/** A second invitation of the same address takes the place of the first, whose link then opens nothing. */
export async function replaceInvitation(tx: Tx, invitation: NewInvitation, now: Date) {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + INVITATION_HOURS * 3_600_000);
  const { organisationId, email, name, language } = invitation;
  await rows(
    tx,
    `INSERT INTO accounts.invitation (id, organisation_id, email, name, language, token_hash, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT ON CONSTRAINT invitation_replaced_not_stacked DO UPDATE
     SET id = excluded.id, name = excluded.name, language = excluded.language, token_hash = excluded.token_hash,
         created_at = excluded.created_at, expires_at = excluded.expires_at, accepted_at = NULL`,
    [newId(now), organisationId, email, name, language, hashToken(token), now, expiresAt],
  );
  return { token, expiresAt };
}

/** The open invitation of a token; locked, so that it is accepted once. */
export function openInvitation(tx: Tx, token: string, now: Date): Promise<Invitation | null> {
  return maybeRow<Invitation>(
    tx,
    `SELECT i.id, i.organisation_id AS "organisationId", o.name AS "organisationName", i.email, i.name, i.language,
            i.expires_at AS "expiresAt"
     FROM accounts.invitation i JOIN accounts.organisation o ON o.id = i.organisation_id
     WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.expires_at > $2
     FOR UPDATE OF i`,
    [hashToken(token), now],
  );
}

export async function closeInvitation(tx: Tx, id: string, now: Date): Promise<void> {
  await rows(tx, `UPDATE accounts.invitation SET accepted_at = $2 WHERE id = $1`, [id, now]);
}

export async function isEmailTaken(tx: Tx, email: string): Promise<boolean> {
  const found = await maybeRow(tx, `SELECT 1 FROM accounts.person WHERE email = $1`, [email]);
  return found !== null;
}
