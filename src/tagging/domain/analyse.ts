import type { Lexicon, TermMatch } from './lexicon.js';
import { hushAbsent } from './absent.js';
import { hushStreets } from './addresses.js';
import { hushPlaces } from './places.js';
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
  /** Words `[from, to)` that name the lot ("lot 03 charpente métallique"): what is really asked. */
  readonly lotWords: readonly [from: number, to: number];
}

/** What a text is read with. */
interface Terms {
  readonly lexicon: Lexicon;
  /** Names of places; see `places.ts`. */
  readonly places: Lexicon;
}

/** A text as the tagger sees it. */
export interface Analysis {
  readonly lang: TextLanguage;
  readonly fields: readonly ReadField[];
}

export const TITLE_WEIGHT = 2;
export const CONTEXT_WEIGHT = 0.7;
/** Weight of the context of an empty text; it falls to `CONTEXT_WEIGHT` at `WORDY` telling words. */
const LONE_CONTEXT_WEIGHT = 2;
const WORDY = 12;
const LONGEST_TEXT = 20_000;
const LONGEST_EXTRA = 2_000;
const LONGEST_IMPLIED_TITLE = 160;

// What people paste around the object: cross-references ("Zie II.2.1"), tags, the number of the file; and line ends
// that lost their backslashes on the way ("services.rnrnThe contract").
const NOISE =
  /<[^<>]{0,40}>|&[a-z]{2,8};|\b(?:zie|voir|cf\.?|siehe|see)\s+(?:ii\b|section|cctp|ccp|le|la|het|de|dem|der|the|above|dossier|document)[^.;]{0,40}|\bnum[ée]ro de la consultation\s*:?\s*\S+|(?:rn){2,}|(?<=[.:;,])rn/gi;

const LOT_NAME = /\b(?:lot|perceel|los)\s*(?:n\s*[o°º]?\s*|nr\.?\s*)?\d+[a-z]?\s*[-:–—.]*\s*(?=\p{L})/giu;
const LOT_WEIGHT = 1.7;
const LONGEST_LOT_NAME = 120;
const LOT_NAME_WITHIN = 400;
const NO_LOT: readonly [number, number] = [0, 0];

/** The words after the last "lot 3" near the beginning, to the end of its sentence. */
function lotWords(text: string, words: Words): readonly [number, number] {
  const named = [...text.slice(0, LOT_NAME_WITHIN).matchAll(LOT_NAME)].at(-1);
  if (!named) return NO_LOT;
  const start = named.index + named[0].length;
  const rest = text.slice(start, start + LONGEST_LOT_NAME);
  const stop = rest.search(/[.;\n](?:\s|$)/);
  const end = start + (stop === -1 ? rest.length : stop);
  let from = 0;
  while (from < words.count && (words.start[from] as number) < start) from += 1;
  let to = from;
  while (to < words.count && (words.end[to] as number) <= end) to += 1;
  return [from, to];
}

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

/** Blanks out noise without moving what follows: evidence keeps its offsets. */
function blankNoise(text: string): string {
  return text.replace(NOISE, (found) => ' '.repeat(found.length));
}

/** The less a text says for itself, the more the whole it belongs to decides. */
function contextWeight(body: Words): number {
  let telling = 0;
  for (let i = 0; i < body.count && telling < WORDY; i += 1) telling += body.stop[i] === 0 ? 1 : 0;
  return LONE_CONTEXT_WEIGHT + (CONTEXT_WEIGHT - LONE_CONTEXT_WEIGHT) * (telling / WORDY);
}

/** Reads the fields of an input: words, language, terms of the lexicon. */
export function analyse({ lexicon, places }: Terms, input: TagInput): Analysis {
  const words = splitWords(blankNoise(input.text.slice(0, LONGEST_TEXT)));
  const lang = known(input.lang) ?? detectLanguage(words);
  const named = hushPlaces(places, input.text, words, input.fromBill ? 'phrase' : 'name');
  const body = hushStreets(input.text.slice(0, LONGEST_TEXT), named);
  const titleEnd = titleLength(input);
  let titleWords = 0;
  while (titleWords < body.count && (body.end[titleWords] as number) <= titleEnd) titleWords += 1;
  const fields: ReadField[] = [
    {
      name: 'text',
      ...hushAbsent(lexicon, body, lexicon.match(body, lang)),
      weight: 1,
      titleWords,
      lotWords: lotWords(input.text, body),
    },
  ];
  const title = (input.title ?? '').trim();
  if (title !== '' && titleEnd === 0)
    fields.push(readExtra({ lexicon, places }, 'title', title, TITLE_WEIGHT, lang));
  const context = (input.context ?? '').trim();
  if (context !== '')
    fields.push(readExtra({ lexicon, places }, 'context', context, contextWeight(body), lang));
  return { lang, fields };
}

function readExtra(
  { lexicon, places }: Terms,
  name: 'title' | 'context',
  text: string,
  weight: number,
  lang: TextLanguage,
): ReadField {
  const read = text.slice(0, LONGEST_EXTRA);
  const words = hushStreets(read, hushPlaces(places, text, splitWords(read), 'name'));
  return {
    name,
    ...hushAbsent(lexicon, words, lexicon.match(words, lang)),
    weight,
    titleWords: 0,
    lotWords: lotWords(text, words),
  };
}

/** How much word `i` of a field counts. */
export function wordWeight(field: ReadField, i: number): number {
  const weight = i < field.titleWords ? field.weight + TITLE_WEIGHT : field.weight;
  return isOfLot(field, i) ? weight * LOT_WEIGHT : weight;
}

/** Whether word `i` is part of the name of a lot. */
export function isOfLot(field: ReadField, i: number): boolean {
  const [from, to] = field.lotWords;
  return i >= from && i < to;
}
