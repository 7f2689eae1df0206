import { wordWeight, type Analysis, type ReadField } from './analyse.js';
import { combineHashes, hashString, mixHash } from './hash.js';
import type { Lexicon } from './lexicon.js';
import type { Words } from './words.js';
import { CODE_POWER } from './weights.js';

/** Families of features; each is normalised on its own so that none drowns the others. */
export const BLOCKS = ['words', 'letters', 'concepts', 'actions'] as const;
export const WORDS = 0;
export const LETTERS = 1;
export const CONCEPTS = 2;
export const ACTIONS = 3;

/** Receives every occurrence of a feature with its weight; `word` is its word in the text field, or -1. */
export interface FeatureSink {
  /** A word, pair, trade or action: its family and its name, hashed. */
  feature(block: number, hash: number, weight: number, word: number): void;
  /** The letter groups of one whole word, which `lettersOf` spells out; the same word recurs, so they can be kept. */
  letters(words: Words, index: number, weight: number, word: number): void;
}

const SEED_PAIR = hashString('pair');
const SEED_HEAD = hashString('head');
const SEED_LETTERS = hashString('letters');
const SEED_ACTION = hashString('action');
const SEED_FIRST = hashString('first-action');
const SEED_BOTH = hashString('action-and-trade');
const BOUNDARY = 95;
const SHORTEST = 3;
const LONGEST = 5;
const HEAD_WORDS = 2;
const MOST_WORDS = 500;
const CODE_DEPTHS = [2, 3, 4, 5, 8] as const;

const codeHashes = new Map<string, Int32Array>();

function hashesOfCode(code: string): Int32Array {
  const known = codeHashes.get(code);
  if (known) return known;
  const depths = CODE_DEPTHS.filter(
    (depth) => depth === 2 || code.slice(0, depth) !== code.slice(0, depth - 1) + '0',
  );
  const hashes = Int32Array.from(depths, (depth) => hashString(`cpv${depth}:${code.slice(0, depth)}`));
  codeHashes.set(code, hashes);
  return hashes;
}

/** Walks every feature of a text: words, pairs of words, groups of letters, trades and actions of the lexicon. */
export function emitFeatures(lexicon: Lexicon, analysis: Analysis, sink: FeatureSink): void {
  for (const field of analysis.fields) {
    const from = field.name === 'text' ? 0 : -1;
    emitWords(field, from, sink);
    emitLexicon(lexicon, field, from, sink);
  }
}

function emitWords(field: ReadField, visible: number, sink: FeatureSink): void {
  const { words } = field;
  let previous = 0;
  let content = 0;
  for (let i = 0; i < words.count && content < MOST_WORDS; i += 1) {
    if (words.stop[i] === 1) continue;
    const weight = wordWeight(field, i);
    const hash = words.stemHash[i] as number;
    const place = visible === 0 ? i : -1;
    sink.feature(WORDS, hash, weight, place);
    if (content > 0) sink.feature(WORDS, combineHashes(previous, hash) ^ SEED_PAIR, weight, place);
    if (content < HEAD_WORDS && field.name !== 'context') sink.feature(WORDS, hash ^ SEED_HEAD, 2, place);
    sink.letters(words, i, weight, place);
    previous = hash;
    content += 1;
  }
}

/** Groups of three to five letters of word `[from, to)`, its boundaries counted as letters. */
export function lettersOf(
  codes: readonly number[],
  from: number,
  to: number,
  each: (hash: number) => void,
): void {
  const end = Math.min(to, from + 30);
  for (let start = from - 1; start <= end - SHORTEST + 1; start += 1) {
    let hash = SEED_LETTERS;
    for (let size = 1; size <= LONGEST; size += 1) {
      const at = start + size - 1;
      if (at > end) break;
      const code = at < from || at === end ? BOUNDARY : (codes[at] as number);
      hash = Math.imul(hash ^ code, 0x01000193);
      if (size >= SHORTEST) each(mixHash(hash));
    }
  }
}

function emitLexicon(lexicon: Lexicon, field: ReadField, visible: number, sink: FeatureSink): void {
  const trades: { hash: number; weight: number; word: number }[] = [];
  const actions: number[] = [];
  for (const match of field.matches) {
    const concept = lexicon.concepts[match.concept];
    if (!concept) continue;
    const weight = wordWeight(field, match.fromWord) * match.weight;
    const place = visible === 0 ? match.fromWord : -1;
    if (concept.source === 'action') {
      const hash = hashString(concept.code);
      if (field.name !== 'context' && actions.length === 0)
        sink.feature(ACTIONS, hash ^ SEED_FIRST, 2, place);
      actions.push(hash);
      sink.feature(ACTIONS, hash ^ SEED_ACTION, weight, place);
      continue;
    }
    const size = 0.6 + 0.4 * Math.min(match.toWord - match.fromWord, 5);
    const gain = weight * size * (concept.source === 'label' ? CODE_POWER.label : CODE_POWER.trade);
    const hashes = hashesOfCode(concept.code);
    for (let k = 0; k < hashes.length; k += 1) sink.feature(CONCEPTS, hashes[k] as number, gain, place);
    trades.push({ hash: hashes[0] as number, weight: gain, word: place });
    if (hashes.length > 1) trades.push({ hash: hashes[1] as number, weight: gain, word: place });
  }
  const first = actions[0];
  if (first === undefined || field.name === 'context') return;
  for (const trade of trades)
    sink.feature(ACTIONS, combineHashes(first, trade.hash) ^ SEED_BOTH, trade.weight, trade.word);
}
