import { FeatureSpace, type SparseRow } from './feature-space.js';
import { zeros } from './zeros.js';

/** Weights of the last step, which turns scores into calibrated shares; see `shares-of.ts` for their features. */
export interface Calibration {
  readonly division: Float64Array;
  readonly group: Float64Array;
  /** From the share of the first answer, and the language, to how often such answers are right with a new buyer. */
  readonly first: Float64Array;
  /** Accept from this share on; chosen out of fold, above the precision promised. */
  readonly acceptFrom: number;
  /** What is told of first answers in languages few lines teach; see `told-confidence.ts`. */
  readonly steps: Float64Array;
}

/** What was learned from labelled texts, rounded to eight bits. */
export interface LinearModel {
  readonly space: FeatureSpace;
  readonly divisions: number;
  readonly groups: number;
  /** `divisionWeights[feature * divisions + division]`, times `scale[feature]`. */
  readonly divisionWeights: Int8Array;
  readonly divisionScale: Float32Array;
  /** Groups a feature speaks for or against: entries `[groupFrom[feature], groupFrom[feature + 1])`. */
  readonly groupFrom: Uint32Array;
  /** Group and weight side by side, `(group << 8) | (weight & 255)`: one walk through memory instead of two. */
  readonly groupEntries: Int32Array;
  readonly groupScale: Float32Array;
  /** Logarithm of how often each division and group was the label. */
  readonly divisionPrior: Float32Array;
  readonly groupPrior: Float32Array;
  readonly calibration: Calibration;
}

/** Features added up at once: each pass over the scores costs as much as what it adds to them. */
const ABREAST = 4;

export function scoreDivisions(model: LinearModel, { idx, val }: SparseRow): number[] {
  const { divisions, divisionScale, divisionWeights } = model;
  const scores = zeros(divisions);
  const whole = idx.length - (idx.length % ABREAST);
  for (let i = 0; i < whole; i += ABREAST) {
    const [f, g, h, j] = [idx[i] as number, idx[i + 1] as number, idx[i + 2] as number, idx[i + 3] as number];
    const ofF = (val[i] as number) * (divisionScale[f] as number);
    const ofG = (val[i + 1] as number) * (divisionScale[g] as number);
    const ofH = (val[i + 2] as number) * (divisionScale[h] as number);
    const ofJ = (val[i + 3] as number) * (divisionScale[j] as number);
    for (let c = 0; c < divisions; c += 1) {
      scores[c] =
        (scores[c] as number) +
        ofF * (divisionWeights[f * divisions + c] as number) +
        ofG * (divisionWeights[g * divisions + c] as number) +
        ofH * (divisionWeights[h * divisions + c] as number) +
        ofJ * (divisionWeights[j * divisions + c] as number);
    }
  }
  for (let i = whole; i < idx.length; i += 1) {
    const feature = idx[i] as number;
    const value = (val[i] as number) * (divisionScale[feature] as number);
    for (let c = 0; c < divisions; c += 1) {
      scores[c] = (scores[c] as number) + value * (divisionWeights[feature * divisions + c] as number);
    }
  }
  return scores;
}

export function scoreGroups(model: LinearModel, { idx, val }: SparseRow): number[] {
  const { groups, groupScale, groupFrom, groupEntries } = model;
  const scores = zeros(groups);
  for (let i = 0; i < idx.length; i += 1) {
    const feature = idx[i] as number;
    const value = (val[i] as number) * (groupScale[feature] as number);
    const end = groupFrom[feature + 1] as number;
    for (let at = groupFrom[feature] as number; at < end; at += 1) {
      const entry = groupEntries[at] as number;
      const group = entry >> 8;
      scores[group] = (scores[group] as number) + value * ((entry << 24) >> 24);
    }
  }
  return scores;
}

export function packGroupEntry(group: number, weight: number): number {
  return (group << 8) | (weight & 255);
}
