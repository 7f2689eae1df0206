import type { CpvCatalogue } from './catalogue.js';
import type { TextLanguage } from './detect-language.js';
import type { Shares } from './candidates.js';
import type { KnowledgeScore } from './knowledge-score.js';
import type { LinearModel } from './linear-model.js';

/**
 * Numbers known of one division: learned score, knowledge twice (how much, and its part of the whole), prior, and
 * the score again by language: most of what was learned from is French, the rest deserves its own trust.
 */
export const DIVISION_FEATURES = 6;
/** Numbers known of one group within its division: learned score, knowledge, prior. */
export const GROUP_FEATURES = 3;

/**
 * Buyers give a lot of tiling the code of the whole school, and the shares follow them. The code we name first is
 * that of the trade in the words.
 */
const NAMING_KNOWLEDGE = 1.2;

export function divisionFeatures(
  score: number,
  knowledge: number,
  allKnowledge: number,
  prior: number,
  lang: TextLanguage,
  into: Float64Array,
): void {
  const positive = Math.max(0, knowledge);
  into[0] = score;
  into[1] = Math.log(0.3 + positive);
  into[2] = positive / allKnowledge;
  into[3] = prior;
  into[4] = lang === 'de' || lang === 'en' || lang === 'nl' ? score : 0;
  into[5] = lang === 'other' ? score : 0;
}

export function groupFeatures(score: number, knowledge: number, prior: number, into: Float64Array): void {
  into[0] = score;
  into[1] = Math.log(0.3 + Math.max(0, knowledge));
  into[2] = prior;
}

export function knowledgeSum(divisions: Float32Array): number {
  let sum = 1;
  for (let d = 0; d < divisions.length; d += 1) sum += Math.max(0, divisions[d] as number);
  return sum;
}

function dot(weights: Float64Array, features: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k += 1) sum += (weights[k] as number) * (features[k] as number);
  return sum;
}

/** Calibrated shares of divisions, and of groups within them. */
export function sharesOf(
  catalogue: CpvCatalogue,
  model: LinearModel,
  divisionScores: Float64Array,
  groupScores: Float64Array,
  knowledge: KnowledgeScore,
  lang: TextLanguage,
): Shares {
  const { calibration } = model;
  const divisions = new Float64Array(model.divisions);
  const groups = new Float64Array(model.groups);
  const features = new Float64Array(DIVISION_FEATURES);
  const sum = knowledgeSum(knowledge.divisions);
  let top = -Infinity;
  for (let d = 0; d < divisions.length; d += 1) {
    divisionFeatures(
      divisionScores[d] as number,
      knowledge.divisions[d] as number,
      sum,
      model.divisionPrior[d] as number,
      lang,
      features,
    );
    divisions[d] = dot(calibration.division, features);
    top = Math.max(top, divisions[d] as number);
  }
  let total = 0;
  for (let d = 0; d < divisions.length; d += 1) {
    divisions[d] = Math.exp((divisions[d] as number) - top);
    total += divisions[d] as number;
  }
  for (let d = 0; d < divisions.length; d += 1) divisions[d] = (divisions[d] as number) / total;
  const naming = shareGroups(catalogue, model, groupScores, knowledge, divisions, groups);
  return { divisions, groups, naming };
}

function shareGroups(
  catalogue: CpvCatalogue,
  model: LinearModel,
  scores: Float64Array,
  knowledge: KnowledgeScore,
  divisions: Float64Array,
  groups: Float64Array,
): Float64Array {
  const features = new Float64Array(GROUP_FEATURES);
  const naming = new Float64Array(groups.length).fill(-Infinity);
  const totals = new Float64Array(divisions.length);
  for (let g = 0; g < groups.length; g += 1) {
    const d = catalogue.divisionOfGroup[g] as number;
    if ((divisions[d] as number) < 0.002) continue;
    groupFeatures(
      scores[g] as number,
      knowledge.groups[g] as number,
      model.groupPrior[g] as number,
      features,
    );
    const logit = dot(model.calibration.group, features);
    naming[g] = logit + NAMING_KNOWLEDGE * (features[1] as number);
    groups[g] = Math.exp(Math.min(50, logit));
    totals[d] = (totals[d] as number) + (groups[g] as number);
  }
  for (let g = 0; g < groups.length; g += 1) {
    const d = catalogue.divisionOfGroup[g] as number;
    if ((totals[d] as number) > 0) {
      groups[g] = ((groups[g] as number) / (totals[d] as number)) * (divisions[d] as number);
    }
  }
  return naming;
}
