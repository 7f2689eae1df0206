import { Refusal, type Language, type Role } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { OrganisationRole } from './domain/index.js';

export interface NewOrganisation {
  /** Given by those who load known data; otherwise made here. */
  readonly id?: string;
  readonly role: Role;
  readonly name: string;
  /** Ten digits. */
  readonly enterpriseNumber?: string | null;
  readonly language: Language;
  /** NIS code of the municipality of its seat. */
  readonly nis?: string | null;
}

export interface NewPerson {
  readonly id?: string;
  readonly organisationId: string;
  /** Compared without regard to case. */
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  /** As `hashPassword` gives it; null for a person who cannot sign in yet. */
  readonly passwordHash: string | null;
  /** A manager when absent: the first of an organisation is. */
  readonly organisationRole?: OrganisationRole;
}

export interface Person {
  readonly id: string;
  readonly organisationId: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly disabledAt: Date | null;
}

export interface Organisation {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly enterpriseNumber: string | null;
  readonly language: Language;
  readonly nis: string | null;
}

/** Who vouches for people that come with an address and a password. */
export const OWN_ISSUER = 'maillon';

/** How an address is kept and looked up. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** @returns its id. @throws Refusal `enterprise-number-taken` */
export async function createOrganisation(tx: Tx, organisation: NewOrganisation, at: Date): Promise<string> {
  const { id = newId(at), role, name, enterpriseNumber = null, language, nis = null } = organisation;
  const inserted = await rows(
    tx,
    `INSERT INTO accounts.organisation (id, role, name, enterprise_number, language, nis, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT organisation_number_once DO NOTHING RETURNING id`,
    [id, role, name, enterpriseNumber, language, nis, at],
  );
  if (inserted.length === 0) throw new Refusal('enterprise-number-taken');
  return id;
}

/** With the identity of their address. @returns their id. @throws Refusal `email-taken` */
export async function createPerson(tx: Tx, person: NewPerson, at: Date): Promise<string> {
  const {
    id = newId(at),
    organisationId,
    name,
    language,
    passwordHash,
    organisationRole = 'manager',
  } = person;
  const inserted = await rows(
    tx,
    `INSERT INTO accounts.person (id, organisation_id, email, name, language, created_at, organisation_role)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT person_email_once DO NOTHING RETURNING id`,
    [id, organisationId, normaliseEmail(person.email), name, language, at, organisationRole],
  );
  if (inserted.length === 0) throw new Refusal('email-taken');
  await rows(
    tx,
    `INSERT INTO accounts.identity (id, organisation_id, person_id, issuer, subject, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [newId(at), organisationId, id, OWN_ISSUER, normaliseEmail(person.email), at],
  );
  if (passwordHash !== null) await setPassword(tx, { id, organisationId }, passwordHash, at);
  return id;
}

/** The former password stays as a row that no longer opens anything. */
export async function setPassword(
  tx: Tx,
  person: { readonly id: string; readonly organisationId: string },
  passwordHash: string,
  at: Date,
): Promise<void> {
  await rows(
    tx,
    `UPDATE accounts.credential SET replaced_at = $2 WHERE person_id = $1 AND kind = 'password' AND replaced_at IS NULL`,
    [person.id, at],
  );
  await rows(
    tx,
    `INSERT INTO accounts.credential (id, organisation_id, person_id, kind, secret, created_at)
     VALUES ($1, $2, $3, 'password', $4, $5)`,
    [newId(at), person.organisationId, person.id, passwordHash, at],
  );
}

/** A disabled person cannot sign in, and their sessions stop at once. */
export async function disablePerson(tx: Tx, personId: string, at: Date): Promise<void> {
  await rows(tx, `UPDATE accounts.person SET disabled_at = $2 WHERE id = $1`, [personId, at]);
  await rows(tx, `DELETE FROM accounts.session WHERE person_id = $1`, [personId]);
}

export async function setLanguage(tx: Tx, personId: string, language: Language): Promise<void> {
  await rows(tx, `UPDATE accounts.person SET language = $2 WHERE id = $1`, [personId, language]);
}

/** Those of an organisation who can be written to, in the order they came. */
export async function peopleOf(tx: Tx, organisationId: string): Promise<Person[]> {
  return rows<Person>(
    tx,
    `SELECT id, organisation_id AS "organisationId", email, name, language, disabled_at AS "disabledAt"
     FROM accounts.person WHERE organisation_id = $1 AND disabled_at IS NULL ORDER BY created_at, id`,
    [organisationId],
  );
}

export async function organisationById(tx: Tx, id: string): Promise<Organisation | null> {
  return maybeRow<Organisation>(
    tx,
    `SELECT id, role, name, enterprise_number AS "enterpriseNumber", language, nis
     FROM accounts.organisation WHERE id = $1`,
    [id],
  );
}

/** Somebody who can sign in, by address, with the role of their organisation. */
export async function personByEmail(
  tx: Tx,
  email: string,
): Promise<(Person & { readonly role: Role }) | null> {
  return maybeRow(
    tx,
    `SELECT p.id, p.organisation_id AS "organisationId", p.email, p.name, p.language, p.disabled_at AS "disabledAt", o.role
     FROM accounts.person p JOIN accounts.organisation o ON o.id = p.organisation_id
     WHERE p.email = $1 AND p.disabled_at IS NULL`,
    [normaliseEmail(email)],
  );
}
