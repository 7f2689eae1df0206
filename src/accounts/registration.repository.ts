import type { EnterpriseNumber, Language } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { INVITATION_HOURS } from './invitation.repository.js';
import { NO_ORGANISATION } from '../platform/audit/index.js';
import { hashToken, linkToken } from './tokens.js';

export interface NewRegistration {
  readonly enterpriseNumber: EnterpriseNumber;
  readonly organisationName: string;
  readonly name: string;
  /** Already in the form addresses are kept in. */
  readonly email: string;
  readonly language: Language;
  /** What was tried before there was an account, of a contractor; null for a social enterprise. */
  readonly trialId: string | null;
}

/** A registration that was asked for and can still be confirmed. */
export interface Registration extends NewRegistration {
  readonly id: string;
  /** There is none yet: its mail belongs to nobody's organisation. */
  readonly organisationId: string;
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

/** The latest of an address takes the place of an earlier one. @returns its id */
export async function replaceRegistration(
  tx: Tx,
  asked: NewRegistration,
  secret: string,
  now: Date,
): Promise<string> {
  await rows(tx, `DELETE FROM accounts.registration WHERE email = $1 AND accepted_at IS NULL`, [asked.email]);
  const id = newId(now);
  await rows(
    tx,
    `INSERT INTO accounts.registration (id, enterprise_number, organisation_name, name, email, language, token_hash, asked_at, expires_at, trial_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      asked.enterpriseNumber,
      asked.organisationName,
      asked.name,
      asked.email,
      asked.language,
      hashToken(linkToken(secret, 'registration', id)),
      now,
      new Date(now.getTime() + INVITATION_HOURS * 3_600_000),
      asked.trialId,
    ],
  );
  return id;
}

const OPEN_SQL = `
  SELECT id, '${NO_ORGANISATION}' AS "organisationId", enterprise_number AS "enterpriseNumber",
         organisation_name AS "organisationName", name, email, language, asked_at AS "askedAt", expires_at AS "expiresAt",
         trial_id AS "trialId"
    FROM accounts.registration WHERE accepted_at IS NULL AND expires_at > $2`;

/** The open registration of a token; locked, so that it is confirmed once. */
export function openRegistration(tx: Tx, token: string, now: Date): Promise<Registration | null> {
  return maybeRow(tx, `${OPEN_SQL} AND token_hash = $1 FOR UPDATE`, [hashToken(token), now]);
}

export function registrationById(tx: Tx, id: string, now: Date): Promise<Registration | null> {
  return maybeRow(tx, `${OPEN_SQL} AND id = $1`, [id, now]);
}

export async function closeRegistration(tx: Tx, id: string, now: Date): Promise<void> {
  await rows(tx, `UPDATE accounts.registration SET accepted_at = $2 WHERE id = $1`, [id, now]);
}
