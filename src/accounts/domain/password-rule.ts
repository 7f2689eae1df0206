/** Characters, as people count them. A password is the only factor here. @source NIST SP 800-63B-4, 3.1.1.2 */
export const SHORTEST = 15;
/** Bytes: long enough for any sentence, short enough that hashing it costs nobody anything. */
export const LONGEST_BYTES = 1024;

export type PasswordFault = 'too-short' | 'too-long' | 'too-common' | 'about-you';

/** The one form in which a password is hashed and compared, however a keyboard composes its accents. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/**
 * Says what makes a password unfit: length, or how easily others guess it. Nothing about kinds of characters.
 * @param known passwords that attackers try first, folded (lower case, no spaces)
 * @param about words a stranger would try for this person: e-mail address, name, organisation
 * @returns null when it may be used
 */
export function passwordFault(
  password: string,
  known: ReadonlySet<string>,
  about: readonly string[],
): PasswordFault | null {
  const normal = normalisePassword(password);
  if ([...normal].length < SHORTEST) return 'too-short';
  if (Buffer.byteLength(normal) > LONGEST_BYTES) return 'too-long';
  const plain = folded(normal);
  if (known.has(plain) || isOneMotif(plain)) return 'too-common';
  return isAbout(plain, about) ? 'about-you' : null;
}

/** `aaaaaaaaaaaaaaa`, `azertyazertyazerty`, `123456789012345`. */
function isOneMotif(text: string): boolean {
  const characters = [...text];
  for (let length = 1; length <= Math.min(6, characters.length / 2); length += 1) {
    if (characters.every((character, at) => character === characters[at % length])) return true;
  }
  const steps = characters
    .slice(1)
    .map((character, at) => character.codePointAt(0)! - characters[at]!.codePointAt(0)!);
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9);
}

/** True when, those words taken away, fewer than eight characters are left to guess. */
function isAbout(plain: string, about: readonly string[]): boolean {
  const words = about
    .flatMap((text) => [folded(text), ...text.toLowerCase().split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length);
  const left = words.reduce((text, word) => text.replaceAll(word, ''), plain);
  return left.length < plain.length && [...left].length < 8;
}
