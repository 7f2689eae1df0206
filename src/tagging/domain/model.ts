import type { CpvCatalogue } from './catalogue.js';
import type { Lexicon } from './lexicon.js';
import type { LinearModel } from './linear-model.js';
import type { Occupation } from './occupations.js';
import type { PlaceableKnowledge } from './placeable-knowledge.js';

/** Everything the tagger knows. Loaded once, read only. */
export interface TagModel {
  readonly catalogue: CpvCatalogue;
  readonly lexicon: Lexicon;
  /** Names of places; see `places.ts`. */
  readonly places: Lexicon;
  readonly placeable: PlaceableKnowledge;
  readonly occupations: readonly Occupation[];
  /** What was learned from labelled texts; without it the tagger answers from knowledge alone. */
  readonly linear: LinearModel | null;
}
