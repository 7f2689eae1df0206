import type { Analysis } from '../domain/analyse.js';
import { FeatureSpace } from '../domain/feature-space.js';
import { emitFeatures, LETTERS, lettersOf } from '../domain/features.js';
import type { Lexicon } from '../domain/lexicon.js';

interface Counted {
  readonly block: number;
  readonly hash: number;
  documents: number;
  last: number;
}

/**
 * Chooses the features that occur in at least `leastDocuments` texts and computes how rare each is.
 * A feature seen in more than 40 % of the texts says nothing and is left out.
 */
export function buildFeatureSpace(
  lexicon: Lexicon,
  analyses: readonly Analysis[],
  leastDocuments: number,
): FeatureSpace {
  const counts = new Map<number, Counted>();
  for (const [number, analysis] of analyses.entries()) {
    const count = (block: number, hash: number): void => {
      const key = (hash ^ Math.imul(block + 1, 0x9e3779b1)) | 0;
      const counted = counts.get(key);
      if (!counted) counts.set(key, { block, hash, documents: 1, last: number });
      else if (counted.last !== number) {
        counted.documents += 1;
        counted.last = number;
      }
    };
    emitFeatures(lexicon, analysis, {
      feature: count,
      letters: (words, i) => {
        lettersOf(words.codes, words.from[i] as number, words.to[i] as number, (hash) =>
          count(LETTERS, hash),
        );
      },
    });
  }
  const total = analyses.length;
  const kept = [...counts.values()].filter(
    ({ documents }) => documents >= leastDocuments && documents <= total * 0.4,
  );
  return new FeatureSpace(
    Int32Array.from(kept, ({ hash }) => hash),
    Uint8Array.from(kept, ({ block }) => block),
    Float32Array.from(kept, ({ documents }) => Math.log((1 + total) / (1 + documents)) + 1),
  );
}
