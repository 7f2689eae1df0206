import { ABSENT, HashTable } from './hash-table.js';
import { combineHashes, hashCodes, mixHash } from './hash.js';
import { splitWords, type Words } from './words.js';

/** Where a term comes from: a person who knows the trade, the official label, or a word for what is done. */
export type TermSource = 'trade' | 'label' | 'action';

export interface Concept {
  /** CPV code, or the name of an action for `action` terms. */
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
}

interface Found {
  readonly node: number;
  readonly fromWord: number;
  readonly toWord: number;
  /** Less than 1 when only a part of a compound word was recognised. */
  readonly share: number;
}

const NO_PAYLOAD: readonly Payload[] = [];
const PREFIX_MARK = 0x5bd1e995;
const SHORTEST_PREFIX = 3;
const LONGEST_PREFIX = 24;
const COMPOUND_SHARE = 0.7;
/** Room for the terms of all files without growing. */
const MOST_STEPS = 100_000;

/**
 * Terms as a trie over light stems, stop words left out on both sides: `entretien des espaces verts` and
 * `entretien espaces verts` are one term. A word written `debroussaill*` stands for every ending.
 */
export class Lexicon {
  readonly concepts: Concept[] = [];
  private readonly conceptIndex = { trade: new Map(), label: new Map(), action: new Map() } satisfies Record<
    TermSource,
    Map<string, number>
  >;
  private readonly steps = new HashTable(MOST_STEPS);
  /** What ends at a node; most nodes are passed through, and share one empty list. */
  private readonly payloads: (readonly Payload[])[] = [NO_PAYLOAD];
  private readonly prefixLengths: number[] = [0];
  termCount = 0;

  conceptOf(code: string, source: TermSource): number {
    const index: Map<string, number> = this.conceptIndex[source];
    const known = index.get(code);
    if (known !== undefined) return known;
    this.concepts.push({ code, source });
    index.set(code, this.concepts.length - 1);
    return this.concepts.length - 1;
  }

  /** @returns false when nothing but stop words or numbers is left of the term. */
  add(term: string, code: string, source: TermSource, weight: number): boolean {
    const words = splitWords(term);
    return this.addWords({ text: term, words, from: 0, to: words.count }, code, source, weight);
  }

  /** Adds a term that is a run of words of a longer text: thousands of labels are split in one go. */
  addWords({ text, words, from, to }: TermWords, code: string, source: TermSource, weight: number): boolean {
    let node = 0;
    for (let i = from; i < to; i += 1) {
      if (words.stop[i] === 1) continue;
      node = this.stepTo(node, words, i, text[words.end[i] as number] === '*');
    }
    if (node === 0) return false;
    const concept = this.conceptOf(code, source);
    const there = this.payloads[node] as readonly Payload[];
    if (!there.some((payload) => payload.concept === concept)) {
      this.payloads[node] = [...there, { concept, weight }];
      this.termCount += 1;
    }
    return true;
  }

  private stepTo(node: number, words: Words, i: number, isPrefix: boolean): number {
    const from = words.from[i] as number;
    let key = combineHashes(node, words.stemHash[i] as number);
    if (isPrefix) {
      const size = Math.min((words.to[i] as number) - from, LONGEST_PREFIX);
      key = combineHashes(node ^ PREFIX_MARK, hashCodes(words.codes, from, from + size));
      this.prefixLengths[node] = (this.prefixLengths[node] ?? 0) | (1 << size);
    }
    const known = this.steps.get(key);
    if (known !== ABSENT) return known;
    const next = this.payloads.length;
    this.payloads.push(NO_PAYLOAD);
    this.prefixLengths.push(0);
    this.steps.add(key, next);
    return next;
  }

  /** Terms in a text, a term that lies inside a longer one left out. @param compounds true for nl and de */
  match(words: Words, compounds: boolean): TermMatch[] {
    const found: Found[] = [];
    for (let i = 0; i < words.count; i += 1) {
      if (words.stop[i] === 1) continue;
      const before = found.length;
      this.walk(0, words, i, i, found);
      if (compounds && found.length === before) this.matchCompound(words, i, found);
    }
    return this.resolve(found);
  }

  private walk(node: number, words: Words, start: number, at: number, found: Found[]): void {
    let i = at;
    while (i < words.count && words.stop[i] === 1 && i - at < 4 && i > start) i += 1;
    if (i >= words.count || words.stop[i] === 1) return;
    const exact = this.steps.get(combineHashes(node, words.stemHash[i] as number));
    if (exact !== ABSENT) this.arrive(exact, words, start, i, found);
    const lengths = this.prefixLengths[node] as number;
    if (lengths === 0) return;
    const from = words.from[i] as number;
    const size = Math.min((words.to[i] as number) - from, LONGEST_PREFIX);
    let hash = 0x811c9dc5 | 0;
    for (let k = 1; k <= size; k += 1) {
      hash = Math.imul(hash ^ (words.codes[from + k - 1] as number), 0x01000193);
      if (k < SHORTEST_PREFIX || (lengths & (1 << k)) === 0) continue;
      const next = this.steps.get(combineHashes(node ^ PREFIX_MARK, mixHash(hash)));
      if (next !== ABSENT) this.arrive(next, words, start, i, found);
    }
  }

  private arrive(node: number, words: Words, start: number, i: number, found: Found[]): void {
    if ((this.payloads[node] as readonly Payload[]).length > 0)
      found.push({ node, fromWord: start, toWord: i + 1, share: 1 });
    this.walk(node, words, start, i + 1, found);
  }

  /** Dutch and German put the head last: `Schulmöbel` holds `Möbel`, `gevelreiniging` holds `reiniging`. */
  private matchCompound(words: Words, i: number, found: Found[]): void {
    const from = words.from[i] as number;
    const to = words.stemTo[i] as number;
    if (to - from < 8) return;
    for (let cut = from + 3; cut <= to - 4; cut += 1) {
      const node = this.steps.get(combineHashes(0, hashCodes(words.codes, cut, to)));
      if (node !== ABSENT && (this.payloads[node] as readonly Payload[]).length > 0) {
        found.push({ node, fromWord: i, toWord: i + 1, share: COMPOUND_SHARE });
        break;
      }
    }
    for (let cut = to - 3; cut >= from + 5; cut -= 1) {
      const node = this.steps.get(combineHashes(0, hashCodes(words.codes, from, cut)));
      if (node !== ABSENT && (this.payloads[node] as readonly Payload[]).length > 0) {
        found.push({ node, fromWord: i, toWord: i + 1, share: COMPOUND_SHARE / 2 });
        break;
      }
    }
  }

  /** Leaves out what lies inside a longer find; finds come in the order of their first word. */
  private resolve(found: Found[]): TermMatch[] {
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
        if (one.toWord === longest && one.toWord > reach) this.addMatches(one, matches);
      }
      reach = Math.max(reach, longest);
    }
    return matches;
  }

  private addMatches({ node, fromWord, toWord, share }: Found, matches: TermMatch[]): void {
    for (const { concept, weight } of this.payloads[node] as readonly Payload[])
      matches.push({ concept, weight: weight * share, fromWord, toWord });
  }
}
