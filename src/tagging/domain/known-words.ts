import type { Analysis } from './analyse.js';
import { WORDS } from './features.js';
import type { TagModel } from './model.js';

/**
 * Of texts of buyers never seen, one in three hundred of those accepted knows less of its words; of words without meaning
 * among which one happens to be a term, most.
 */
const LEAST_KNOWN = 0.4;

/** Whether enough of a text was ever met before, in a term or in what was learned from, for an answer to go by it. */
export function isMostlyKnown({ linear }: TagModel, { fields }: Analysis): boolean {
  if (!linear) return true;
  let [telling, known] = [0, 0];
  for (const { words, matches } of fields) {
    const named = new Set<number>();
    for (const { fromWord, toWord } of matches) for (let i = fromWord; i < toWord; i += 1) named.add(i);
    for (let i = 0; i < words.count; i += 1) {
      if (words.stop[i] === 1) continue;
      telling += 1;
      if (named.has(i) || linear.space.find(WORDS, words.stemHash[i] as number) >= 0) known += 1;
    }
  }
  return known >= telling * LEAST_KNOWN;
}
