import type { Lexicon, TermMatch } from './lexicon.js';
import type { Words } from './words.js';

const HAZARD = 'hazard';
const WITHOUT = /(?:^|[^a-z])(?:sans|zonder|ohne|without)$/;
const FREE = /(?:vrije?|freie?[nmrs]?)$/;
const FREE_BEHIND = /^-? ?free(?![a-z])/;
/** Room for the longest word for "without" and what stands before it. */
const BEFORE = 9;
const BEHIND = 7;

export interface FoundTerms {
  readonly words: Words;
  readonly matches: readonly TermMatch[];
}

/** Takes dangers that a text says are absent out of what tells a trade: "sans amiante", "asbestvrij", "asbestos-free". */
export function hushAbsent(lexicon: Lexicon, words: Words, matches: readonly TermMatch[]): FoundTerms {
  const absent = matches.filter((match) => {
    const concept = lexicon.concepts[match.concept];
    return concept?.source === 'action' && concept.code === HAZARD && isAbsent(words, match);
  });
  if (absent.length === 0) return { words, matches };
  const stop = [...words.stop];
  for (const { fromWord, toWord } of absent) stop.fill(1, fromWord, toWord);
  const left = matches.filter(({ fromWord }) => absent.every((one) => one.fromWord !== fromWord));
  return { words: { ...words, stop }, matches: left };
}

function isAbsent({ codes, from, to }: Words, { fromWord, toWord }: TermMatch): boolean {
  const [start, end] = [from[fromWord] as number, to[toWord - 1] as number];
  const spelled = (first: number, last: number): string =>
    String.fromCharCode(...codes.slice(Math.max(0, first), last));
  return (
    WITHOUT.test(spelled(start - BEFORE, start).trimEnd()) ||
    FREE.test(spelled(start, end)) ||
    FREE_BEHIND.test(spelled(end, end + BEHIND))
  );
}
