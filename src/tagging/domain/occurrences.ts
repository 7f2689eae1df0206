import type { Analysis } from './analyse.js';
import { emitFeatures, type FeatureSink } from './features.js';
import type { Lexicon } from './lexicon.js';
import type { Words } from './words.js';

/** Numbers of the features that were kept; what was not kept is negative, or left out. */
interface KeptFeatures {
  find(block: number, hash: number): number;
  lettersOfWord(words: Words, i: number): readonly number[];
}

/** Every place in a text where a feature that was kept occurs: number i is `features[i]`, with its weight and word. */
export class Occurrences implements FeatureSink {
  readonly features: number[] = [];
  readonly weights: number[] = [];
  /** Word of the text field, or -1. */
  readonly words: number[] = [];

  constructor(
    private readonly kept: KeptFeatures,
    lexicon: Lexicon,
    analysis: Analysis,
  ) {
    emitFeatures(lexicon, analysis, this);
  }

  feature(block: number, hash: number, weight: number, word: number): void {
    const feature = this.kept.find(block, hash);
    if (feature >= 0) this.add(feature, weight, word);
  }

  letters(words: Words, i: number, weight: number, word: number): void {
    const letters = this.kept.lettersOfWord(words, i);
    for (let k = 0; k < letters.length; k += 1) this.add(letters[k] as number, weight, word);
  }

  private add(feature: number, weight: number, word: number): void {
    this.features.push(feature);
    this.weights.push(weight);
    this.words.push(word);
  }
}
