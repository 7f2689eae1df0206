import { readFileSync } from 'node:fs';
import { fromRoot } from '../platform/project-root.js';

let known: ReadonlySet<string> | null = null;

/** Passwords of the allowed length that are tried first, folded; read once. */
export function knownPasswords(): ReadonlySet<string> {
  known ??= new Set(
    readFileSync(fromRoot('data', 'accounts', 'known-passwords.txt'), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
  return known;
}
