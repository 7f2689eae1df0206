import { Refusal } from '../kernel/index.js';
import { passwordFault } from './domain/index.js';
import { knownPasswords } from './known-passwords.js';
import { hashPassword } from './password-hash.js';

/** Whom a password is for: what a stranger would try first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly organisationName: string;
}

/** The hash of a password that may be used. @throws Refusal `password-too-short`, `-too-long`, `-too-common`, `-about-you` */
export async function hashFitPassword(password: string, owner: PasswordOwner): Promise<string> {
  const about = [owner.email, owner.name, owner.organisationName, 'maillon'];
  const fault = passwordFault(password, knownPasswords(), about);
  if (fault !== null) throw new Refusal(`password-${fault}`);
  return hashPassword(password);
}
