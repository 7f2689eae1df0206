import type { Language, Role } from '../kernel/index.js';
import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { idleUntil, sessionLife, TOUCH_AFTER_MS } from './domain/index.js';
import { hashToken, newToken } from './tokens.js';

/** The person behind a session, as every request needs to know them. */
export interface LiveSession {
  readonly id: string;
  readonly seenAt: Date;
  readonly endsAt: Date;
  readonly personId: string;
  readonly personName: string;
  readonly email: string;
  readonly language: Language;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: Role;
}

/** One place where a person is signed in, as they see it. */
export interface SessionSeen {
  readonly id: string;
  readonly device: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
}

export interface SessionOwner {
  readonly personId: string;
  readonly organisationId: string;
  readonly role: Role;
}

/** @returns the token for the cookie; it is nowhere else */
export async function startSession(tx: Tx, owner: SessionOwner, device: string, now: Date) {
  const token = newToken();
  const id = newId(now);
  const endsAt = new Date(now.getTime() + sessionLife(owner.role).absoluteMs);
  await rows(
    tx,
    `DELETE FROM accounts.session WHERE person_id = $1 AND (ends_at <= $2 OR idle_until <= $2)`,
    [owner.personId, now],
  );
  await rows(
    tx,
    `INSERT INTO accounts.session (id, organisation_id, person_id, token_hash, device, created_at, seen_at, idle_until, ends_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
    [
      id,
      owner.organisationId,
      owner.personId,
      hashToken(token),
      device,
      now,
      idleUntil(now, endsAt, owner.role),
      endsAt,
    ],
  );
  return { id, token, endsAt };
}

/** The session of a token while it lives: not ended, not left unused too long, its person not disabled. */
export function liveSession(tx: Tx, token: string, now: Date): Promise<LiveSession | null> {
  return maybeRow<LiveSession>(
    tx,
    `SELECT s.id, s.seen_at AS "seenAt", s.ends_at AS "endsAt", p.id AS "personId", p.name AS "personName",
            p.email, p.language, o.id AS "organisationId", o.name AS "organisationName", o.role
     FROM accounts.session s
     JOIN accounts.person p ON p.id = s.person_id
     JOIN accounts.organisation o ON o.id = p.organisation_id
     WHERE s.token_hash = $1 AND s.idle_until > $2 AND s.ends_at > $2 AND p.disabled_at IS NULL`,
    [hashToken(token), now],
  );
}

/** Notes that a session is in use, at most once a minute. */
export async function touchSession(tx: Tx, session: LiveSession, now: Date): Promise<void> {
  if (now.getTime() - session.seenAt.getTime() < TOUCH_AFTER_MS) return;
  await rows(tx, `UPDATE accounts.session SET seen_at = $2, idle_until = $3 WHERE id = $1`, [
    session.id,
    now,
    idleUntil(now, session.endsAt, session.role),
  ]);
}

export function sessionsOf(tx: Tx, personId: string, now: Date): Promise<SessionSeen[]> {
  return rows<SessionSeen>(
    tx,
    `SELECT id, device, created_at AS "createdAt", seen_at AS "seenAt", ends_at AS "endsAt"
     FROM accounts.session WHERE person_id = $1 AND ends_at > $2 AND idle_until > $2
     ORDER BY seen_at DESC, id`,
    [personId, now],
  );
}

/** @returns false when the person has no such session */
export async function endSession(tx: Tx, personId: string, sessionId: string): Promise<boolean> {
  return (
    (await affected(tx, `DELETE FROM accounts.session WHERE id = $1 AND person_id = $2`, [
      sessionId,
      personId,
    ])) > 0
  );
}

/** Ends the session of a token, whoever's it is: its holder shows it to be rid of it. */
export async function endSessionOfToken(tx: Tx, token: string): Promise<void> {
  await rows(tx, `DELETE FROM accounts.session WHERE token_hash = $1`, [hashToken(token)]);
}

/** Ends what a person has open elsewhere. @param keptId the session that stays, null for none */
export async function endOtherSessions(tx: Tx, personId: string, keptId: string | null): Promise<void> {
  await rows(tx, `DELETE FROM accounts.session WHERE person_id = $1 AND id IS DISTINCT FROM $2::uuid`, [
    personId,
    keptId,
  ]);
}
