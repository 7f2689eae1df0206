import type { Analysis } from './analyse.js';
import { BLOCKS, LETTERS, lettersOf } from './features.js';
import { hashCodes } from './hash.js';
import { HashTable } from './hash-table.js';
import type { Lexicon } from './lexicon.js';
import { Occurrences } from './occurrences.js';
import type { Words } from './words.js';

/** A text as numbers: feature `idx[i]` has value `val[i]`. */
export interface SparseRow {
  readonly idx: readonly number[];
  readonly val: readonly number[];
}

/** How much each family weighs after it was brought to length one, in the order of `BLOCKS`. */
export const BLOCK_WEIGHTS = [1, 0.8, 1, 0.5] as const;

const MOST_REMEMBERED = 30_000;

/** The features kept, found by hash, with how rare each is. */
export class FeatureSpace {
  readonly size: number;
  private readonly numbers: HashTable;
  private readonly sums: Float32Array;
  private readonly lengths = new Float64Array(BLOCKS.length);
  private readonly remembered = new Map<number, readonly number[]>();

  constructor(
    readonly hashes: Int32Array,
    readonly blocks: Uint8Array,
    readonly rarity: Float32Array,
  ) {
    this.size = hashes.length;
    this.numbers = HashTable.for(this.size);
    this.sums = new Float32Array(this.size);
    for (let i = 0; i < this.size; i += 1)
      this.numbers.add(keyOf(blocks[i] as number, hashes[i] as number), i);
  }

  /** Number of a feature, or -1 when it was not kept. */
  find(block: number, hash: number): number {
    return this.numbers.get(keyOf(block, hash));
  }

  /** Features of a text with their values: log of the weighted count, times rarity, each family to its length. */
  read(lexicon: Lexicon, analysis: Analysis): SparseRow {
    const { features, weights } = new Occurrences(this, lexicon, analysis);
    const { sums } = this;
    const idx: number[] = [];
    for (let i = 0; i < features.length; i += 1) {
      const feature = features[i] as number;
      if (sums[feature] === 0) idx.push(feature);
      sums[feature] = (sums[feature] as number) + (weights[i] as number);
    }
    return { idx, val: this.normalised(idx) };
  }

  /** Features of the letters of a word, remembered: most words of a text were met before. */
  lettersOfWord(words: Words, i: number): readonly number[] {
    const [from, to] = [words.from[i] as number, words.to[i] as number];
    const key = hashCodes(words.codes, from, to);
    const known = this.remembered.get(key);
    if (known) return known;
    const found: number[] = [];
    lettersOf(words.codes, from, to, (hash) => {
      const index = this.find(LETTERS, hash);
      if (index >= 0) found.push(index);
    });
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(key, found);
    return found;
  }

  /** Values of the features summed up, whose sums are forgotten. */
  private normalised(idx: readonly number[]): number[] {
    const { sums, rarity, blocks, lengths } = this;
    const val: number[] = [];
    lengths.fill(0);
    for (let i = 0; i < idx.length; i += 1) {
      const feature = idx[i] as number;
      const sum = sums[feature] as number;
      sums[feature] = 0;
      const value = sum > 0 ? Math.log1p(sum) * (rarity[feature] as number) : 0;
      val.push(Math.fround(value));
      const block = blocks[feature] as number;
      lengths[block] = (lengths[block] as number) + value * value;
    }
    for (let block = 0; block < lengths.length; block += 1) {
      lengths[block] = Math.sqrt(lengths[block] as number);
    }
    for (let i = 0; i < idx.length; i += 1) {
      const block = blocks[idx[i] as number] as number;
      const length = lengths[block] as number;
      val[i] = length > 0 ? Math.fround(((val[i] as number) / length) * (BLOCK_WEIGHTS[block] as number)) : 0;
    }
    return val;
  }
}

function keyOf(block: number, hash: number): number {
  return (hash ^ Math.imul(block + 1, 0x9e3779b1)) | 0;
}
