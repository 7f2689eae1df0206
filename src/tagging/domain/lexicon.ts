import { ABSENT, HashTable } from './hash-table.js';
import { combineHashes, hashCodes, mixHash, nextHash, spell } from './hash.js';
import type { TextLanguage } from './detect-language.js';
import type { Words } from './words.js';

/** Where a term comes from: a person who knows the trade, the official label, a word for what is done, or a map. */
export type TermSource = 'trade' | 'label' | 'action' | 'place';

export interface Concept {
  /** CPV code, the name of an action for `action` terms, nothing for a place. */
  readonly code: string;
  readonly source: TermSource;
}

/** One term found in a text: words `[fromWord, toWord)`. */
export interface TermMatch {
  readonly concept: number;
  readonly weight: number;
  readonly fromWord: number;
  readonly toWord: number;
}

/** What a lexicon is made of, so that it can be written down and read back. */
export interface LexiconTables {
  readonly concepts: readonly Concept[];
  /** From a node and a word to the next node. */
  readonly steps: HashTable;
  /** How the word that leads to a node is spelled: a word nobody knows has the hash of a known one now and then. */
  readonly spelling: Int32Array;
  /** Bit n of a node: a word that goes on from here may be known by its first n letters. */
  readonly prefixLengths: Int32Array;
  /** What ends at a node: payloads `[payloadFrom[node], payloadFrom[node + 1])`. */
  readonly payloadFrom: Int32Array;
  readonly payloadConcepts: Int32Array;
  readonly payloadWeights: Float64Array;
  /** Languages of texts each payload is for, a bit each. */
  readonly payloadLanguages: Uint8Array;
}

interface Found {
  readonly node: number;
  readonly fromWord: number;
  readonly toWord: number;
  /** Less than 1 when only a part of a compound word was recognised. */
  readonly share: number;
}

/** Tells a word cut by a star from a whole one. */
export const PREFIX_MARK = 0x5bd1e995;
const LANGUAGE_BITS = { fr: 1, nl: 2, de: 4, en: 8, other: 15 } as const;
const SHORTEST_PREFIX = 3;
export const LONGEST_PREFIX = 24;
const COMPOUND_SHARE = 0.7;
/**
 * Shorter letters inside a word are no word of their own: of the four last ones that are a term ("Kolo-nie", "Heidel-berg")
 * one in twenty names the trade of its text, of six or more one in four.
 */
const SHORTEST_HEAD = 6;
const SHORTEST_BEGINNING = 8;

/** The bit of a language; `other`, of terms and of texts, stands for all of them. */
export function languageBit(lang: TextLanguage): number {
  return LANGUAGE_BITS[lang];
}

/**
 * Terms as a trie over light stems, stop words left out on both sides: `entretien des espaces verts` and
 * `entretien espaces verts` are one term. A word written `debroussaill*` stands for every ending.
 */
export class Lexicon {
  readonly concepts: readonly Concept[];
  private readonly steps: HashTable;
  private readonly prefixLengths: Int32Array;
  private readonly payloadFrom: Int32Array;

  constructor(readonly tables: LexiconTables) {
    this.concepts = tables.concepts;
    this.steps = tables.steps;
    this.prefixLengths = tables.prefixLengths;
    this.payloadFrom = tables.payloadFrom;
  }

  /** Terms in a text, a term that lies inside a longer one left out. */
  match(words: Words, lang: TextLanguage): TermMatch[] {
    const compounds = lang === 'de' || lang === 'nl';
    const language = languageBit(lang);
    const found: Found[] = [];
    for (let i = 0; i < words.count; i += 1) {
      if (words.stop[i] === 1) continue;
      const before = found.length;
      this.walk(0, words, i, i, language, found);
      if (compounds && found.length === before) this.matchCompound(words, i, language, found);
    }
    return this.resolve(found, language);
  }

  private walk(
    node: number,
    words: Words,
    start: number,
    at: number,
    language: number,
    found: Found[],
  ): void {
    let i = at;
    while (i < words.count && words.stop[i] === 1 && i - at < 4 && i > start) i += 1;
    if (i >= words.count || words.stop[i] === 1) return;
    const from = words.from[i] as number;
    const key = combineHashes(node, words.stemHash[i] as number);
    const exact = this.step(key, words, from, words.stemTo[i] as number);
    if (exact !== ABSENT) this.arrive(exact, words, start, i, language, found);
    const lengths = this.prefixLengths[node] as number;
    if (lengths === 0) return;
    const size = Math.min((words.to[i] as number) - from, LONGEST_PREFIX);
    let hash = 0x811c9dc5 | 0;
    for (let k = 1; k <= size; k += 1) {
      hash = Math.imul(hash ^ (words.codes[from + k - 1] as number), 0x01000193);
      if (k < SHORTEST_PREFIX || (lengths & (1 << k)) === 0) continue;
      const next = this.step(combineHashes(node ^ PREFIX_MARK, mixHash(hash)), words, from, from + k);
      if (next !== ABSENT) this.arrive(next, words, start, i, language, found);
    }
  }

  /** The node a word, characters `[from, to)`, leads to. */
  private step(key: number, { codes }: Words, from: number, to: number): number {
    for (let at = key; ; at = nextHash(at)) {
      const next = this.steps.get(at);
      if (next === ABSENT || this.tables.spelling[next] === spell(codes, from, to)) return next;
    }
  }

  private arrive(
    node: number,
    words: Words,
    start: number,
    i: number,
    language: number,
    found: Found[],
  ): void {
    if (this.endsTerm(node, language)) found.push({ node, fromWord: start, toWord: i + 1, share: 1 });
    this.walk(node, words, start, i + 1, language, found);
  }

  private endsTerm(node: number, language: number): boolean {
    const end = this.payloadFrom[node + 1] as number;
    for (let at = this.payloadFrom[node] as number; at < end; at += 1) {
      if (((this.tables.payloadLanguages[at] as number) & language) !== 0) return true;
    }
    return false;
  }

  /** Dutch and German put the head last: `Schulmöbel` holds `Möbel`, `gevelreiniging` holds `reiniging`. */
  private matchCompound(words: Words, i: number, language: number, found: Found[]): void {
    const from = words.from[i] as number;
    const to = words.stemTo[i] as number;
    for (let cut = from + 3; cut <= to - SHORTEST_HEAD; cut += 1) {
      const node = this.step(combineHashes(0, hashCodes(words.codes, cut, to)), words, cut, to);
      if (node !== ABSENT && this.endsTerm(node, language)) {
        found.push({ node, fromWord: i, toWord: i + 1, share: COMPOUND_SHARE });
        break;
      }
    }
    for (let cut = to - 3; cut >= from + SHORTEST_BEGINNING; cut -= 1) {
      const node = this.step(combineHashes(0, hashCodes(words.codes, from, cut)), words, from, cut);
      if (node !== ABSENT && this.endsTerm(node, language)) {
        found.push({ node, fromWord: i, toWord: i + 1, share: COMPOUND_SHARE / 2 });
        break;
      }
    }
  }

  /** Leaves out what lies inside a longer find; finds come in the order of their first word. */
  private resolve(found: Found[], language: number): TermMatch[] {
    const matches: TermMatch[] = [];
    let reach = 0;
    for (let from = 0; from < found.length;) {
      const { fromWord } = found[from] as Found;
      let to = from;
      let longest = 0;
      for (; to < found.length && found[to]?.fromWord === fromWord; to += 1)
        longest = Math.max(longest, (found[to] as Found).toWord);
      for (; from < to; from += 1) {
        const one = found[from] as Found;
        if (one.toWord === longest && one.toWord > reach) this.addMatches(one, language, matches);
      }
      reach = Math.max(reach, longest);
    }
    return matches;
  }

  private addMatches({ node, fromWord, toWord, share }: Found, language: number, matches: TermMatch[]): void {
    const { payloadConcepts, payloadWeights, payloadLanguages } = this.tables;
    const end = this.payloadFrom[node + 1] as number;
    for (let at = this.payloadFrom[node] as number; at < end; at += 1) {
      if (((payloadLanguages[at] as number) & language) === 0) continue;
      const concept = payloadConcepts[at] as number;
      matches.push({ concept, weight: (payloadWeights[at] as number) * share, fromWord, toWord });
    }
  }
}
