import { createHash, createHmac, randomBytes } from 'node:crypto';

/** An opaque secret of 256 bits, 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token: nothing can be opened with it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Stands for a value that is looked up but never read back, such as the address of a failed sign-in. */
export function keyedHash(secret: string, purpose: string, value: string): string {
  return createHmac('sha256', secret).update(`${purpose}\n${value}`).digest('hex');
}

/**
 * The token of a link, the same whenever it is written: a mail that is sent again opens the same
 * door, and nothing in the database or in a job opens any. 43 characters.
 */
export function linkToken(
  secret: string,
  purpose: 'invitation' | 'password' | 'registration' | 'trial',
  id: string,
): string {
  return createHmac('sha256', secret).update(`link in a mail\n${purpose}\n${id}`).digest('base64url');
}
