import { parseCsv } from './csv.js';
import { plainWords } from './plain-words.js';

/** What somebody is called who does a trade: nobody looks for "plumbing installation works" who needs a plumber. */
export interface Occupation {
  /** CPV code of the trade. */
  readonly code: string;
  /** Words of each of its names, in the four languages. */
  readonly names: readonly (readonly string[])[];
}

const LONG_WORD = 5;

export function buildOccupations(csv: string): readonly Occupation[] {
  return parseCsv(csv).map(({ cpv = '', fr = '', nl = '', de = '', en = '' }) => ({
    code: cpv,
    names: [fr, nl, de, en]
      .flatMap((names) => names.split('|'))
      .map(plainWords)
      .filter((words) => words.length > 0),
  }));
}

/** Trades of the people who are called so, and not otherwise besides. */
export function tradesOfPeople(
  occupations: readonly Occupation[],
  words: readonly string[],
): readonly string[] {
  const isCalled = (name: readonly string[]): boolean =>
    name.length === words.length && name.every((word) => words.some((asked) => isSame(word, asked)));
  return occupations.filter(({ names }) => names.some(isCalled)).map(({ code }) => code);
}

/** One letter more at the end of a long word is its plural, or a woman. */
function isSame(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return (
    short === long ||
    (short.length >= LONG_WORD && long.length === short.length + 1 && long.startsWith(short))
  );
}
