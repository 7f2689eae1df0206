import type { CpvCatalogue } from './catalogue.js';
import type { TextLanguage } from './detect-language.js';
import type { Shares } from './candidates.js';
import type { KnowledgeScore } from './knowledge-score.js';
import type { SparseRow } from './feature-space.js';
import { scoreDivisions, scoreGroups, type LinearModel } from './linear-model.js';
import { zeros } from './zeros.js';

/**
 * Numbers known of one division: learned score, how often it is the label, what the vocabulary says, and the score
 * again by language: most of what was learned from is French, the rest deserves its own trust. Dutch, of which there
 * is little, shares that of English. The vocabulary is in the score already, but spread over the depths of its codes.
 */
export const DIVISION_FEATURES = 6;
/** Numbers known of one group within its division: learned score, how often it is the label, the vocabulary. */
export const GROUP_FEATURES = 3;
/** Numbers known of a first answer: one, the log-odds of its share, and its language. */
export const FIRST_FEATURES = 5;
/** From here on the numbers are languages. */
export const FIRST_LANGUAGES = 2;

/**
 * Buyers give a lot of tiling the code of the whole school, and the shares follow them. The code we name first is
 * that of the trade in the words.
 */
const NAMING_KNOWLEDGE = 0.9;
/** A whole division is named only when it is that much likelier (as a logarithm) than any of its groups. */
const NAMING_WHOLE = Math.log(3);

/** Groups of less likely divisions are never shown. */
const LIKELY = 0.003;

/** What is known of one division or group before the last step. */
interface KnownOfClass {
  readonly score: number;
  readonly prior: number;
  /** Weight of the terms found; see `knowledge-score.ts`. */
  readonly knowledge: number;
}

/** The second term of a trade says less than the first, and a term against it no more than silence. */
function logKnowledge(weight: number): number {
  return Math.log(0.3 + Math.max(0, weight));
}

export function divisionFeatures(
  { score, prior, knowledge }: KnownOfClass,
  lang: TextLanguage,
  into: number[],
): void {
  into[0] = score;
  into[1] = prior;
  into[2] = lang === 'de' ? score : 0;
  into[3] = lang === 'en' || lang === 'nl' ? score : 0;
  into[4] = lang === 'other' ? score : 0;
  into[5] = logKnowledge(knowledge);
}

export function groupFeatures({ score, prior, knowledge }: KnownOfClass, into: number[]): void {
  into[0] = score;
  into[1] = prior;
  into[2] = logKnowledge(knowledge);
}

export function firstFeatures(share: number, lang: TextLanguage, into: number[]): void {
  const kept = Math.min(Math.max(share, 1e-6), 1 - 1e-6);
  into[0] = 1;
  into[1] = Math.log(kept / (1 - kept));
  into[2] = lang === 'de' ? 1 : 0;
  into[3] = lang === 'en' || lang === 'nl' ? 1 : 0;
  into[4] = lang === 'other' ? 1 : 0;
}

/** Gives the first answer the share in which such answers come true, and the others what is left, in proportion. */
export function settleFirst(shares: number[], weights: Float64Array, lang: TextLanguage): void {
  const [first, second] = twoLargest(shares);
  const share = shares[first] as number;
  if (share >= 1) return;
  const features = zeros(FIRST_FEATURES);
  firstFeatures(share, lang, features);
  const ofRest = second / (1 - share);
  // Never below the second answer, which grows as the first one falls, nor as good as equal to it.
  const least = (ofRest / (1 + ofRest)) * (1 + 1e-9);
  const settled = Math.max(1 / (1 + Math.exp(-dot(weights, features))), least);
  const scale = (1 - settled) / (1 - share);
  for (let d = 0; d < shares.length; d += 1) shares[d] = (shares[d] as number) * scale;
  shares[first] = settled;
}

function twoLargest(shares: readonly number[]): readonly [first: number, second: number] {
  let first = 0;
  let second = 0;
  for (let d = 1; d < shares.length; d += 1) {
    const share = shares[d] as number;
    if (share > (shares[first] as number)) {
      second = shares[first] as number;
      first = d;
    } else second = Math.max(second, share);
  }
  return [first, second];
}

function dot(weights: Float64Array, features: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k += 1) sum += (weights[k] as number) * (features[k] as number);
  return sum;
}

/** Calibrated shares of divisions, and of groups within the likely ones. */
export function sharesOf(
  catalogue: CpvCatalogue,
  model: LinearModel,
  row: SparseRow,
  knowledge: KnowledgeScore,
  lang: TextLanguage,
): Shares {
  const divisions = shareDivisions(model, scoreDivisions(model, row), knowledge, lang);
  settleFirst(divisions, model.calibration.first, lang);
  const groups = zeros(model.groups);
  const naming = zeros(model.groups).fill(-Infinity);
  const scores = scoreGroups(model, row);
  for (let d = 0; d < divisions.length; d += 1) {
    if ((divisions[d] as number) < LIKELY) continue;
    const start = catalogue.groupStart[d] as number;
    const end = catalogue.groupStart[d + 1] as number;
    shareGroups(model, scores, knowledge, { start, end, share: divisions[d] as number }, groups, naming);
    if (catalogue.isWholeDivision(start)) naming[start] = (naming[start] as number) - NAMING_WHOLE;
  }
  return { divisions, groups, naming };
}

function shareDivisions(
  model: LinearModel,
  scores: readonly number[],
  knowledge: KnowledgeScore,
  lang: TextLanguage,
): number[] {
  const features = zeros(DIVISION_FEATURES);
  const shares = zeros(scores.length);
  let top = -Infinity;
  for (let d = 0; d < shares.length; d += 1) {
    const known = {
      score: scores[d] as number,
      prior: model.divisionPrior[d] as number,
      knowledge: knowledge.divisions[d] as number,
    };
    divisionFeatures(known, lang, features);
    shares[d] = dot(model.calibration.division, features);
    top = Math.max(top, shares[d] as number);
  }
  let total = 0;
  for (let d = 0; d < shares.length; d += 1) {
    shares[d] = Math.exp((shares[d] as number) - top);
    total += shares[d] as number;
  }
  for (let d = 0; d < shares.length; d += 1) shares[d] = (shares[d] as number) / total;
  return shares;
}

function shareGroups(
  model: LinearModel,
  scores: readonly number[],
  knowledge: KnowledgeScore,
  division: { readonly start: number; readonly end: number; readonly share: number },
  groups: number[],
  naming: number[],
): void {
  const { start, end, share } = division;
  const features = zeros(GROUP_FEATURES);
  let total = 0;
  for (let g = start; g < end; g += 1) {
    const known = {
      score: scores[g] as number,
      prior: model.groupPrior[g] as number,
      knowledge: knowledge.groups[g] as number,
    };
    groupFeatures(known, features);
    const logit = dot(model.calibration.group, features);
    naming[g] = logit + NAMING_KNOWLEDGE * logKnowledge(known.knowledge);
    groups[g] = Math.exp(Math.min(50, logit));
    total += groups[g] as number;
  }
  for (let g = start; g < end; g += 1) groups[g] = ((groups[g] as number) / total) * share;
}
