import type { Actor } from '../kernel/index.js';
import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { OrganisationRole } from './domain/index.js';

/** Somebody of an organisation, as its people see them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly organisationRole: OrganisationRole;
  readonly since: Date;
}

/** Those who can sign in, in the order they came. */
export function membersOf(tx: Tx, organisationId: string): Promise<Member[]> {
  return rows<Member>(
    tx,
    `SELECT id, name, email, organisation_role AS "organisationRole", created_at AS since
     FROM accounts.person WHERE organisation_id = $1 AND disabled_at IS NULL ORDER BY created_at, id`,
    [organisationId],
  );
}

/** One of them; null when the organisation has no such person who can sign in. */
export function memberById(tx: Tx, organisationId: string, personId: string): Promise<Member | null> {
  return maybeRow<Member>(
    tx,
    `SELECT id, name, email, organisation_role AS "organisationRole", created_at AS since
     FROM accounts.person WHERE organisation_id = $1 AND id = $2 AND disabled_at IS NULL`,
    [organisationId, personId],
  );
}

/** Whether this person decides for their organisation. */
export async function isManager(tx: Tx, { organisationId, personId }: Actor): Promise<boolean> {
  if (organisationId === null || personId === null) return false;
  return (await memberById(tx, organisationId, personId))?.organisationRole === 'manager';
}

export async function setOrganisationRole(tx: Tx, personId: string, role: OrganisationRole): Promise<void> {
  await affected(tx, `UPDATE accounts.person SET organisation_role = $2 WHERE id = $1`, [personId, role]);
}

/** Changes to who manages an organisation wait for each other, so that it is never left without a manager. */
export async function lockMembers(tx: Tx, organisationId: string): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('members ' || $1, 0))`, [organisationId]);
}
