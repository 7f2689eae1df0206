import type { Analysis } from './analyse.js';
import { BLOCKS, emitFeatures, LETTERS, lettersOf, type FeatureSink } from './features.js';
import { hashCodes } from './hash.js';
import { HashTable } from './hash-table.js';
import type { Lexicon } from './lexicon.js';
import type { Words } from './words.js';

/** A text as numbers: feature `idx[i]` has value `val[i]`. */
export interface SparseRow {
  readonly idx: Int32Array;
  readonly val: Float32Array;
}

/** How much each family weighs after it was brought to length one, in the order of `BLOCKS`. */
export const BLOCK_WEIGHTS = [1, 0.8, 1, 0.5] as const;

const MOST_REMEMBERED = 30_000;

/** The features kept, found by hash, with how rare each is. */
export class FeatureSpace {
  readonly size: number;
  private readonly numbers: HashTable;
  private readonly sums: Float32Array;
  private readonly touched: Int32Array;
  private count = 0;
  private readonly remembered = new Map<number, Int32Array>();
  private readonly sink: FeatureSink = {
    feature: (block, hash, weight) => {
      const index = this.find(block, hash);
      if (index >= 0) this.add(index, weight);
    },
    letters: (words, i, weight) => {
      for (const index of this.lettersOfWord(words, i)) this.add(index, weight);
    },
  };

  constructor(
    readonly hashes: Int32Array,
    readonly blocks: Uint8Array,
    readonly rarity: Float32Array,
  ) {
    this.size = hashes.length;
    this.numbers = new HashTable(this.size);
    this.sums = new Float32Array(this.size);
    this.touched = new Int32Array(this.size);
    for (let i = 0; i < this.size; i += 1)
      this.numbers.add(keyOf(blocks[i] as number, hashes[i] as number), i);
  }

  /** Number of a feature, or -1 when it was not kept. */
  find(block: number, hash: number): number {
    return this.numbers.get(keyOf(block, hash));
  }

  /** Features of a text with their values: log of the weighted count, times rarity, each family to its length. */
  read(lexicon: Lexicon, analysis: Analysis): SparseRow {
    this.count = 0;
    emitFeatures(lexicon, analysis, this.sink);
    return this.normalise(this.count);
  }

  private add(index: number, weight: number): void {
    if (this.sums[index] === 0) {
      this.touched[this.count] = index;
      this.count += 1;
    }
    this.sums[index] = (this.sums[index] as number) + weight;
  }

  /** Features of the letters of a word, remembered: most words of a text were met before. */
  lettersOfWord(words: Words, i: number): Int32Array {
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
    const letters = Int32Array.from(found);
    this.remembered.set(key, letters);
    return letters;
  }

  private normalise(count: number): SparseRow {
    const idx = this.touched.slice(0, count);
    const val = new Float32Array(count);
    const lengths = new Float64Array(BLOCKS.length);
    for (let i = 0; i < count; i += 1) {
      const index = idx[i] as number;
      const sum = this.sums[index] as number;
      this.sums[index] = 0;
      const value = sum > 0 ? Math.log1p(sum) * (this.rarity[index] as number) : 0;
      val[i] = value;
      const block = this.blocks[index] as number;
      lengths[block] = (lengths[block] as number) + value * value;
    }
    for (let i = 0; i < count; i += 1) {
      const block = this.blocks[idx[i] as number] as number;
      const length = Math.sqrt(lengths[block] as number);
      val[i] = length > 0 ? ((val[i] as number) / length) * (BLOCK_WEIGHTS[block] as number) : 0;
    }
    return { idx, val };
  }
}

function keyOf(block: number, hash: number): number {
  return (hash ^ Math.imul(block + 1, 0x9e3779b1)) | 0;
}
