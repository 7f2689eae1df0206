import type { TextLanguage } from '../domain/detect-language.js';
import type { SparseRow } from '../domain/feature-space.js';
import type { KnowledgeScore } from '../domain/knowledge-score.js';
import type { TagInput } from '../domain/tag.js';

/** A text with the code its buyer gave it. */
export interface LabelledLine extends TagInput {
  readonly id: string;
  readonly cpv: string;
}

/** A text no buyer published, to learn from beside those that were. */
export interface FurtherText extends LabelledLine {
  /** The `id` of the labelled line it says again: where that one is held back, so is this. Null for a text of its own. */
  readonly of: string | null;
  /** What it weighs against a labelled line. */
  readonly weight: number;
  /** Made of the vocabulary, so that it holds the terms of its code as no real text does. */
  readonly isVocabulary: boolean;
}

/** A line read and ready: its features, its division and group. */
export interface ReadLine {
  readonly line: LabelledLine;
  readonly lang: TextLanguage;
  readonly row: SparseRow;
  readonly knowledge: KnowledgeScore;
  readonly division: number;
  readonly group: number;
  readonly weight: number;
}

/** Weights before rounding, feature by feature. */
export interface RawWeights {
  readonly divisions: Float32Array;
  readonly groups: Float32Array;
}
