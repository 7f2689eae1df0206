import type { Language, Role } from '../kernel/index.js';
import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { Scope } from './domain/index.js';
import { hashToken, newToken } from './tokens.js';

/** Says at a glance, in a log or a repository, what leaked there. */
export const TOKEN_PREFIX = 'maillon_';
const USED_AFTER_MS = 60_000;

export interface NewApiToken {
  readonly personId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
}

/** A token as its owner sees it afterwards. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** Who a token speaks for. */
export interface TokenBearer {
  readonly tokenId: string;
  readonly scopes: readonly Scope[];
  readonly usedAt: Date | null;
  readonly personId: string;
  readonly personName: string;
  readonly email: string;
  readonly language: Language;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: Role;
}

/** @returns the token itself; it is nowhere else */
export async function createApiToken(
  tx: Tx,
  token: NewApiToken,
  now: Date,
): Promise<{ id: string; token: string }> {
  const id = newId(now);
  const secret = `${TOKEN_PREFIX}${newToken()}`;
  await rows(
    tx,
    `INSERT INTO accounts.api_token (id, organisation_id, person_id, name, token_hash, scopes, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      token.organisationId,
      token.personId,
      token.name,
      hashToken(secret),
      token.scopes,
      now,
      token.expiresAt,
    ],
  );
  return { id, token: secret };
}

export function apiTokensOf(tx: Tx, personId: string, now: Date): Promise<ApiToken[]> {
  return rows<ApiToken>(
    tx,
    `SELECT id, name, scopes, created_at AS "createdAt", expires_at AS "expiresAt", used_at AS "usedAt"
     FROM accounts.api_token WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2
     ORDER BY created_at DESC, id`,
    [personId, now],
  );
}

/** @returns false when the person has no such token */
export async function revokeApiToken(tx: Tx, personId: string, id: string, now: Date): Promise<boolean> {
  const sql = `UPDATE accounts.api_token SET revoked_at = $3 WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL`;
  return (await affected(tx, sql, [id, personId, now])) > 0;
}

/** Null for a token that is unknown, revoked or over, or whose owner cannot sign in any more. */
export function bearerOf(tx: Tx, token: string, now: Date): Promise<TokenBearer | null> {
  return maybeRow<TokenBearer>(
    tx,
    `SELECT t.id AS "tokenId", t.scopes, t.used_at AS "usedAt", p.id AS "personId", p.name AS "personName", p.email,
            p.language, o.id AS "organisationId", o.name AS "organisationName", o.role
     FROM accounts.api_token t
     JOIN accounts.person p ON p.id = t.person_id AND p.disabled_at IS NULL
     JOIN accounts.organisation o ON o.id = p.organisation_id
     WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2`,
    [hashToken(token), now],
  );
}

/** Notes that a token is in use, at most once a minute. */
export async function touchApiToken(tx: Tx, { tokenId, usedAt }: TokenBearer, now: Date): Promise<void> {
  if (usedAt !== null && now.getTime() - usedAt.getTime() < USED_AFTER_MS) return;
  await rows(tx, `UPDATE accounts.api_token SET used_at = $2 WHERE id = $1`, [tokenId, now]);
}
