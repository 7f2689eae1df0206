import type { Analysis, ReadField } from './analyse.js';
import { WORDS } from './features.js';
import type { TagModel } from './model.js';
import type { TagInput } from './tag.js';

/**
 * Of texts of buyers never seen, none of those accepted knows less of its words, names left out; of words without meaning
 * among which one happens to be a term, most.
 */
const LEAST_KNOWN = 0.4;

/**
 * Whether enough of a text was ever met before, in a term or in what was learned from, for an answer to go by it. Nobody
 * has met every village and every house: names are not asked for.
 */
export function isMostlyKnown(model: TagModel, { fields }: Analysis, input: TagInput): boolean {
  const { linear } = model;
  if (!linear) return true;
  let [telling, known] = [0, 0];
  for (const field of fields) {
    const { words, matches } = field;
    const named = new Set(matches.flatMap(wordsOf));
    const places = new Set(model.places.match(words, 'other').flatMap(wordsOf));
    const text = textOf(field, input);
    for (let i = 0; i < words.count; i += 1) {
      if (words.stop[i] === 1) continue;
      const isKnown = named.has(i) || linear.space.find(WORDS, words.stemHash[i] as number) >= 0;
      if (!isKnown && (places.has(i) || isWrittenAsName(text, field, i))) continue;
      telling += 1;
      if (isKnown) known += 1;
    }
  }
  return known >= telling * LEAST_KNOWN;
}

function wordsOf({ fromWord, toWord }: ReadField['matches'][number]): number[] {
  return Array.from({ length: toWord - fromWord }, (_, k) => fromWord + k);
}

function textOf({ name }: ReadField, { text, title, context }: TagInput): string {
  return name === 'text' ? text : ((name === 'title' ? title : context) ?? '').trim();
}

/** With one capital, behind the first word: all capitals say nothing, and so does a text that begins with one. */
function isWrittenAsName(text: string, { words }: ReadField, i: number): boolean {
  const word = text.slice(words.start[i], words.end[i]);
  return i > 0 && /^\p{Lu}\p{Ll}/u.test(word);
}
