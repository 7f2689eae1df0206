import { FeatureSpace, type SparseRow } from './feature-space.js';

/** Weights of the last step, which turns scores into calibrated shares; see `shares-of.ts` for their features. */
export interface Calibration {
  readonly division: Float64Array;
  readonly group: Float64Array;
  /** From the share of the first answer, and the language, to how often such answers are right with a new buyer. */
  readonly first: Float64Array;
  /** Accept from this share on; chosen out of fold, above the precision promised. */
  readonly acceptFrom: number;
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

export function scoreDivisions(model: LinearModel, row: SparseRow): Float64Array {
  const size = model.divisions;
  const scores = new Float64Array(size);
  for (let i = 0; i < row.idx.length; i += 1) {
    const feature = row.idx[i] as number;
    const value = (row.val[i] as number) * (model.divisionScale[feature] as number);
    const base = feature * size;
    for (let c = 0; c < size; c += 1) {
      scores[c] = (scores[c] as number) + value * (model.divisionWeights[base + c] as number);
    }
  }
  return scores;
}

export function scoreGroups(model: LinearModel, row: SparseRow): Float64Array {
  const scores = new Float64Array(model.groups);
  for (let i = 0; i < row.idx.length; i += 1) {
    const feature = row.idx[i] as number;
    const value = (row.val[i] as number) * (model.groupScale[feature] as number);
    const end = model.groupFrom[feature + 1] as number;
    for (let at = model.groupFrom[feature] as number; at < end; at += 1) {
      const entry = model.groupEntries[at] as number;
      const group = entry >> 8;
      scores[group] = (scores[group] as number) + value * ((entry << 24) >> 24);
    }
  }
  return scores;
}

export function packGroupEntry(group: number, weight: number): number {
  return (group << 8) | (weight & 255);
}
