import type { Analysis, ReadField } from './analyse.js';
import { wordWeight } from './analyse.js';
import type { WordRun } from './evidence.js';
import type { Lexicon } from './lexicon.js';
import type { LinearModel } from './linear-model.js';
import { Occurrences } from './occurrences.js';
import { zeros } from './zeros.js';

/**
 * Terms of the lexicon that speak for a code, its group or its division, the nearer the stronger.
 * @param nearest least nearness that counts: 3 the code itself, 2 its group, 1 its division
 */
export function runsOfTerms(lexicon: Lexicon, body: ReadField, code: string, nearest: number): WordRun[] {
  const runs: WordRun[] = [];
  for (const match of body.matches) {
    const concept = lexicon.concepts[match.concept];
    if (!concept || concept.source === 'action') continue;
    const near = nearness(code, concept.code);
    if (near < nearest) continue;
    const size = match.toWord - match.fromWord;
    const weight = match.weight * near * wordWeight(body, match.fromWord) * size;
    runs.push({ fromWord: match.fromWord, toWord: match.toWord, weight });
  }
  return runs;
}

function nearness(code: string, other: string): number {
  if (code === other) return 3;
  if (code.slice(0, 3) === other.slice(0, 3)) return 2;
  return code.slice(0, 2) === other.slice(0, 2) ? 1 : 0;
}

/** Words whose learned weights speak for a division, when no term of the lexicon does. */
export function runsOfWords(
  lexicon: Lexicon,
  linear: LinearModel,
  analysis: Analysis,
  division: number,
): WordRun[] {
  const body = analysis.fields[0];
  if (!body) return [];
  const gains = zeros(body.words.count);
  const { features, weights, words } = new Occurrences(linear.space, lexicon, analysis);
  for (let i = 0; i < features.length; i += 1) {
    const word = words[i] as number;
    if (word < 0) continue;
    const feature = features[i] as number;
    const learned = linear.divisionWeights[feature * linear.divisions + division] as number;
    const scale = (linear.divisionScale[feature] as number) * (linear.space.rarity[feature] as number);
    gains[word] = (gains[word] as number) + (weights[i] as number) * learned * scale;
  }
  const runs: WordRun[] = [];
  for (let word = 0; word < gains.length; word += 1) {
    const gain = gains[word] as number;
    if (gain > 0) runs.push({ fromWord: word, toWord: word + 1, weight: gain });
  }
  return runs;
}
