import type { Language } from '../kernel/index.js';
import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { OrganisationRole } from './domain/index.js';
import { hashToken, linkToken } from './tokens.js';

/** An invitation opens for this long. */
export const INVITATION_HOURS = 72;

export interface NewInvitation {
  readonly organisationId: string;
  /** Already in the form addresses are kept in. */
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly organisationRole: OrganisationRole;
}

export interface Invitation extends NewInvitation {
  readonly id: string;
  readonly organisationName: string;
  readonly expiresAt: Date;
}

/** One that was sent, as the organisation sees it. */
export interface InvitationSent {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly organisationRole: OrganisationRole;
  readonly expiresAt: Date;
}

export interface InvitationToMail {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

/** A second invitation of the same address takes the place of the first, whose link then opens nothing. */
export async function replaceInvitation(tx: Tx, invitation: NewInvitation, secret: string, now: Date) {
  const id = newId(now);
  const token = linkToken(secret, 'invitation', id);
  const expiresAt = new Date(now.getTime() + INVITATION_HOURS * 3_600_000);
  const { organisationId, email, name, language, organisationRole } = invitation;
  await rows(
    tx,
    `INSERT INTO accounts.invitation (id, organisation_id, email, name, language, token_hash, created_at, expires_at, organisation_role)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT ON CONSTRAINT invitation_replaced_not_stacked DO UPDATE
     SET id = excluded.id, name = excluded.name, language = excluded.language, token_hash = excluded.token_hash,
         created_at = excluded.created_at, expires_at = excluded.expires_at, accepted_at = NULL,
         organisation_role = excluded.organisation_role`,
    [id, organisationId, email, name, language, hashToken(token), now, expiresAt, organisationRole],
  );
  return { id, token, expiresAt };
}

/** The open invitation of a token; locked, so that it is accepted once. */
export function openInvitation(tx: Tx, token: string, now: Date): Promise<Invitation | null> {
  return maybeRow<Invitation>(
    tx,
    `SELECT i.id, i.organisation_id AS "organisationId", o.name AS "organisationName", i.email, i.name, i.language,
            i.organisation_role AS "organisationRole", i.expires_at AS "expiresAt"
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

/** Those of an organisation that can still be accepted, the latest first. */
export function openInvitationsOf(tx: Tx, organisationId: string, now: Date): Promise<InvitationSent[]> {
  return rows<InvitationSent>(
    tx,
    `SELECT id, email, name, organisation_role AS "organisationRole", expires_at AS "expiresAt"
     FROM accounts.invitation WHERE organisation_id = $1 AND accepted_at IS NULL AND expires_at > $2
     ORDER BY created_at DESC, id`,
    [organisationId, now],
  );
}

/** @returns false when the organisation has no such invitation open */
export async function withdrawInvitation(tx: Tx, organisationId: string, id: string): Promise<boolean> {
  const sql = `DELETE FROM accounts.invitation WHERE id = $1 AND organisation_id = $2 AND accepted_at IS NULL`;
  return (await affected(tx, sql, [id, organisationId])) > 0;
}

/** What the mail of an invitation says; null once it cannot be accepted any more. */
export function invitationToMail(tx: Tx, id: string, now: Date): Promise<InvitationToMail | null> {
  return maybeRow<InvitationToMail>(
    tx,
    `SELECT i.organisation_id AS "organisationId", o.name AS "organisationName", i.email, i.name, i.language,
            i.created_at AS "askedAt", i.expires_at AS "expiresAt"
     FROM accounts.invitation i JOIN accounts.organisation o ON o.id = i.organisation_id
     WHERE i.id = $1 AND i.accepted_at IS NULL AND i.expires_at > $2`,
    [id, now],
  );
}
