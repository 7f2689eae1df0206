import type { Language, Role } from '../kernel/index.js';
import { maybeRow, type Tx } from '../platform/db/index.js';

export interface SignInCandidate {
  readonly personId: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly language: Language;
  readonly passwordHash: string;
}

/** Who may sign in under an address with a password: not the disabled, not those without one. */
export function signInCandidate(tx: Tx, email: string): Promise<SignInCandidate | null> {
  return maybeRow<SignInCandidate>(
    tx,
    `SELECT p.id AS "personId", p.organisation_id AS "organisationId", o.role, p.language, c.secret AS "passwordHash"
     FROM accounts.person p
     JOIN accounts.organisation o ON o.id = p.organisation_id
     JOIN accounts.credential c ON c.person_id = p.id AND c.kind = 'password' AND c.replaced_at IS NULL
     WHERE p.email = $1 AND p.disabled_at IS NULL`,
    [email],
  );
}
