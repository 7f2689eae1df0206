import type { Lexicon, TermMatch } from './lexicon.js';
import type { TagInput } from './tag.js';
import { detectLanguage, type TextLanguage } from './detect-language.js';
import { splitWords, type Words } from './words.js';

/** One field of the input, read. `weight` is how much a word in it counts. */
export interface ReadField {
  readonly name: 'text' | 'title' | 'context';
  readonly words: Words;
  readonly matches: readonly TermMatch[];
  readonly weight: number;
  /** Words before this index belong to the title (which usually opens the text) and count more. */
  readonly titleWords: number;
}

/** A text as the tagger sees it. */
export interface Analysis {
  readonly lang: TextLanguage;
  readonly fields: readonly ReadField[];
}

export const TITLE_WEIGHT = 2;
export const CONTEXT_WEIGHT = 0.7;
const LONGEST_IMPLIED_TITLE = 160;

// "Zie II.2.1", "voir CCTP", "14e arrondissement": a cross-reference is no title, the context decides.
const CROSS_REFERENCE =
  /\b(?:zie|voir|cf\.?|siehe|see)\s+(?:ii\b|section|cctp|ccp|le|la|het|de|dem|der|the|above|dossier|document)[^.;]{0,40}/gi;

function known(lang: string | null | undefined): TextLanguage | null {
  const two = (lang ?? '').slice(0, 2).toLowerCase();
  if (two === 'fr' || two === 'nl' || two === 'de' || two === 'en') return two;
  return two.length === 2 && /^[a-z]+$/.test(two) && two !== 'un' ? 'other' : null;
}

function titleLength(input: TagInput): number {
  const title = (input.title ?? '').trim();
  if (title !== '') return input.text.startsWith(title) ? title.length : 0;
  const stop = input.text.search(/[.;\n]\s/);
  return Math.min(stop === -1 ? input.text.length : stop, LONGEST_IMPLIED_TITLE);
}

function blankCrossReferences(text: string): string {
  return text.replace(CROSS_REFERENCE, (found) => ' '.repeat(found.length));
}

/** Reads the fields of an input: words, language, terms of the lexicon. */
export function analyse(lexicon: Lexicon, input: TagInput): Analysis {
  const body = splitWords(blankCrossReferences(input.text.slice(0, 20_000)));
  const lang = known(input.lang) ?? detectLanguage(body);
  const compounds = lang !== 'fr' && lang !== 'en';
  const titleEnd = titleLength(input);
  let titleWords = 0;
  while (titleWords < body.count && (body.end[titleWords] as number) <= titleEnd) titleWords += 1;
  const fields: ReadField[] = [
    { name: 'text', words: body, matches: lexicon.match(body, compounds), weight: 1, titleWords },
  ];
  const title = (input.title ?? '').trim();
  if (title !== '' && titleEnd === 0)
    fields.push(readExtra(lexicon, 'title', title, TITLE_WEIGHT, compounds));
  const context = (input.context ?? '').trim();
  if (context !== '') fields.push(readExtra(lexicon, 'context', context, CONTEXT_WEIGHT, compounds));
  return { lang, fields };
}

function readExtra(
  lexicon: Lexicon,
  name: 'title' | 'context',
  text: string,
  weight: number,
  compounds: boolean,
): ReadField {
  const words = splitWords(text.slice(0, 2_000));
  return { name, words, matches: lexicon.match(words, compounds), weight, titleWords: 0 };
}

/** How much word `i` of a field counts. */
export function wordWeight(field: ReadField, i: number): number {
  return i < field.titleWords ? field.weight + TITLE_WEIGHT : field.weight;
}
