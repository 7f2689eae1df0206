import type { Analysis } from './analyse.js';
import { wordWeight } from './analyse.js';
import type { TagModel } from './model.js';
import { CODE_POWER } from './weights.js';
import { zeros } from './zeros.js';

/** What the lexicon says of a text: a weight per code, and summed by group and division. */
export interface KnowledgeScore {
  readonly byCode: ReadonlyMap<string, number>;
  readonly groups: readonly number[];
  readonly divisions: readonly number[];
}

/**
 * Adds up the terms found. A term of several words says more than one word; repeating a term says less each
 * time (square root); an official label says less than a term a person of the trade wrote.
 */
export function scoreKnowledge(model: TagModel, analysis: Analysis): KnowledgeScore {
  const raw = new Map<string, number>();
  for (const field of analysis.fields) {
    for (const match of field.matches) {
      const concept = model.lexicon.concepts[match.concept];
      if (!concept || concept.source === 'action') continue;
      const words = Math.min(match.toWord - match.fromWord, 5);
      const source = concept.source === 'label' ? CODE_POWER.label : CODE_POWER.trade;
      const gain = match.weight * source * (0.6 + 0.4 * words) * wordWeight(field, match.fromWord);
      raw.set(concept.code, (raw.get(concept.code) ?? 0) + gain);
    }
  }
  const byCode = new Map<string, number>();
  const groups = zeros(model.catalogue.groups.length);
  const divisions = zeros(model.catalogue.divisions.length);
  for (const [code, sum] of raw) {
    const score = Math.sign(sum) * Math.sqrt(Math.abs(sum));
    byCode.set(code, score);
    const group = model.catalogue.groupOf(code);
    const division = model.catalogue.divisionOf(code);
    if (group >= 0) groups[group] = (groups[group] ?? 0) + score;
    if (division >= 0) divisions[division] = (divisions[division] ?? 0) + score;
  }
  return { byCode, groups, divisions };
}
