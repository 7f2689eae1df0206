import type { Language, Role } from '../kernel/index.js';
import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { hashToken, newToken } from './tokens.js';

/** The link of a person as they see it afterwards. */
export interface FeedLink {
  readonly createdAt: Date;
  readonly usedAt: Date | null;
}

/** Who a link speaks for. */
export interface FeedReader {
  readonly personId: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly language: Language;
  readonly linkedAt: Date;
  /** How often it was opened this hour, this time with it. */
  readonly opened: number;
}

/** Makes a link; one that the person had opens nothing from now on. @returns its secret, which is nowhere else */
export async function makeFeedLink(
  tx: Tx,
  { personId, organisationId }: { readonly personId: string; readonly organisationId: string },
  now: Date,
): Promise<string> {
  const token = newToken();
  await rows(
    tx,
    `INSERT INTO accounts.feed_link (person_id, organisation_id, token_hash, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id) DO UPDATE
       SET organisation_id = excluded.organisation_id, token_hash = excluded.token_hash, created_at = excluded.created_at,
           used_at = NULL, hour = NULL, opened = 0`,
    [personId, organisationId, hashToken(token), now],
  );
  return token;
}

export function feedLinkOf(tx: Tx, personId: string): Promise<FeedLink | null> {
  return maybeRow<FeedLink>(
    tx,
    `SELECT created_at AS "createdAt", used_at AS "usedAt" FROM accounts.feed_link WHERE person_id = $1`,
    [personId],
  );
}

/** @returns false when the person has none */
export async function endFeedLink(tx: Tx, personId: string): Promise<boolean> {
  return (await affected(tx, `DELETE FROM accounts.feed_link WHERE person_id = $1`, [personId])) > 0;
}

/**
 * Whom a link speaks for, counted exactly however many processes are asked at once; null for a link that is unknown or
 * ended, or whose person left or belongs to another organisation by now. As the system.
 */
export function openFeedLink(tx: Tx, token: string, now: Date, hour: Date): Promise<FeedReader | null> {
  return maybeRow<FeedReader>(
    tx,
    `WITH opened AS (
       UPDATE accounts.feed_link l
          SET used_at = $2, hour = $3, opened = CASE WHEN l.hour = $3 THEN l.opened + 1 ELSE 1 END
         FROM accounts.person p, accounts.organisation o
        WHERE l.token_hash = $1 AND p.id = l.person_id AND p.disabled_at IS NULL
          AND p.organisation_id = l.organisation_id AND o.id = l.organisation_id
       RETURNING l.person_id AS "personId", l.organisation_id AS "organisationId", o.role, p.language,
                 l.created_at AS "linkedAt", l.opened)
     SELECT * FROM opened`,
    [hashToken(token), now, hour],
  );
}
