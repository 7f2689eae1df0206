import type { Language, Role } from '../kernel/index.js';
import { maybeRow, type Tx } from '../platform/db/index.js';
import { OWN_ISSUER } from './people.repository.js';

export interface SignInCandidate {
  readonly personId: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly language: Language;
  readonly passwordHash: string;
}

/** Who may sign in under an address that we vouch for, with a password: not the disabled, not those without one. */
export function signInCandidate(tx: Tx, email: string): Promise<SignInCandidate | null> {
  return maybeRow<SignInCandidate>(
    tx,
    `SELECT p.id AS "personId", p.organisation_id AS "organisationId", o.role, p.language, c.secret AS "passwordHash"
     FROM accounts.identity i
     JOIN accounts.person p ON p.id = i.person_id
     JOIN accounts.organisation o ON o.id = p.organisation_id
     JOIN accounts.credential c ON c.person_id = p.id AND c.kind = 'password' AND c.replaced_at IS NULL
     WHERE i.issuer = $1 AND i.subject = $2 AND p.disabled_at IS NULL`,
    [OWN_ISSUER, email],
  );
}
