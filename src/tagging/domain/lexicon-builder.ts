import { ABSENT, HashTable } from './hash-table.js';
import { combineHashes, hashCodes, nextHash, spell } from './hash.js';
import type { TextLanguage } from './detect-language.js';
import {
  languageBit,
  Lexicon,
  LONGEST_PREFIX,
  PREFIX_MARK,
  type Concept,
  type TermSource,
} from './lexicon.js';
import { splitWords, type Words } from './words.js';

/** A term as words `[from, to)` of a text. */
export interface TermWords {
  readonly text: string;
  readonly words: Words;
  readonly from: number;
  readonly to: number;
}

interface Payload {
  readonly concept: number;
  readonly weight: number;
  readonly languages: number;
}

/** Room for the terms of all files without growing. */
const MOST_STEPS = 100_000;
/** Most nodes are passed through, and share one empty list. */
const NO_PAYLOAD: readonly Payload[] = [];

/** Gathers terms, written or as words of a longer text, into a lexicon. */
export class LexiconBuilder {
  private readonly concepts: Concept[] = [];
  private readonly conceptNumbers = new Map<string, number>();
  private readonly steps = HashTable.for(MOST_STEPS);
  private readonly payloads: (readonly Payload[])[] = [NO_PAYLOAD];
  private readonly prefixLengths: number[] = [0];
  private readonly spelling: number[] = [0];

  /** @returns false when nothing but stop words or numbers is left of the term */
  add(term: string, concept: Concept, weight: number, lang: TextLanguage = 'other'): boolean {
    const words = splitWords(term);
    return this.addWords({ text: term, words, from: 0, to: words.count }, concept, weight, lang);
  }

  /**
   * Adds a term that is a run of words of a longer text: thousands of labels are split in one go.
   * @param lang of the texts it is looked for in; `other` for any
   */
  addWords(
    { text, words, from, to }: TermWords,
    { code, source }: Concept,
    weight: number,
    lang: TextLanguage = 'other',
  ): boolean {
    let node = 0;
    for (let i = from; i < to; i += 1) {
      if (words.stop[i] === 1) continue;
      node = this.stepTo(node, words, i, text[words.end[i] as number] === '*');
    }
    if (node === 0) return false;
    const concept = this.numberOf(code, source);
    const languages = languageBit(lang);
    const there = this.payloads[node] as readonly Payload[];
    const known = there.find((payload) => payload.concept === concept);
    this.payloads[node] = known
      ? there.map((one) => (one === known ? { ...one, languages: one.languages | languages } : one))
      : [...there, { concept, weight, languages }];
    return true;
  }

  build(): Lexicon {
    const from = new Int32Array(this.payloads.length + 1);
    for (const [node, here] of this.payloads.entries()) from[node + 1] = (from[node] as number) + here.length;
    const all = this.payloads.flat();
    return new Lexicon({
      concepts: this.concepts,
      steps: this.steps,
      spelling: Int32Array.from(this.spelling),
      prefixLengths: Int32Array.from(this.prefixLengths),
      payloadFrom: from,
      payloadConcepts: Int32Array.from(all, ({ concept }) => concept),
      payloadWeights: Float64Array.from(all, ({ weight }) => weight),
      payloadLanguages: Uint8Array.from(all, ({ languages }) => languages),
    });
  }

  private numberOf(code: string, source: TermSource): number {
    const name = `${source}:${code}`;
    const known = this.conceptNumbers.get(name);
    if (known !== undefined) return known;
    this.concepts.push({ code, source });
    this.conceptNumbers.set(name, this.concepts.length - 1);
    return this.concepts.length - 1;
  }

  private stepTo(node: number, words: Words, i: number, isPrefix: boolean): number {
    const from = words.from[i] as number;
    let to = words.stemTo[i] as number;
    let key = combineHashes(node, words.stemHash[i] as number);
    if (isPrefix) {
      const size = Math.min((words.to[i] as number) - from, LONGEST_PREFIX);
      to = from + size;
      key = combineHashes(node ^ PREFIX_MARK, hashCodes(words.codes, from, to));
      this.prefixLengths[node] = (this.prefixLengths[node] ?? 0) | (1 << size);
    }
    const spelled = spell(words.codes, from, to);
    let known = this.steps.get(key);
    while (known !== ABSENT && this.spelling[known] !== spelled) {
      key = nextHash(key);
      known = this.steps.get(key);
    }
    if (known !== ABSENT) return known;
    const next = this.payloads.length;
    this.payloads.push(NO_PAYLOAD);
    this.prefixLengths.push(0);
    this.spelling.push(spelled);
    this.steps.add(key, next);
    return next;
  }
}
