import type { Example } from './train-logit.js';

export interface BayesOptions {
  readonly classes: number;
  readonly features: number;
  /** Only these features are counted. */
  readonly counts: (feature: number) => boolean;
}

const SMOOTHING = 0.02;

/**
 * Complement naive Bayes (Rennie and others, 2003): a class is known by how little a word occurs in all the others,
 * which is fairer to rare classes than what other machines learn from a few texts.
 * @returns weights in log-odds, feature by feature, their mean over the classes zero: `weights[feature * classes + class]`
 */
export function trainBayes(
  examples: readonly Example[],
  { classes, features, counts }: BayesOptions,
): Float32Array {
  const weights = countByClass(examples, classes, features);
  const classTotals = new Float64Array(classes);
  const featureTotals = new Float64Array(features);
  let total = 0;
  for (let f = 0; f < features; f += 1) {
    if (!counts(f)) continue;
    for (let c = 0; c < classes; c += 1) {
      const count = weights[f * classes + c] as number;
      classTotals[c] = (classTotals[c] as number) + count;
      featureTotals[f] = (featureTotals[f] as number) + count;
    }
    total += (featureTotals[f] as number) + SMOOTHING;
  }
  const logOfOthers = classTotals.map((count) => Math.log(total - count));
  for (let f = 0; f < features; f += 1) {
    const line = weights.subarray(f * classes, (f + 1) * classes);
    if (!counts(f)) {
      line.fill(0);
      continue;
    }
    let mean = 0;
    for (let c = 0; c < classes; c += 1) {
      const others = (featureTotals[f] as number) - (line[c] as number) + SMOOTHING;
      line[c] = (logOfOthers[c] as number) - Math.log(Math.max(others, SMOOTHING));
      mean += (line[c] as number) / classes;
    }
    for (let c = 0; c < classes; c += 1) line[c] = (line[c] as number) - mean;
  }
  return weights;
}

function countByClass(examples: readonly Example[], classes: number, features: number): Float32Array {
  const counted = new Float32Array(features * classes);
  for (const { row, label, weight } of examples) {
    for (let i = 0; i < row.idx.length; i += 1) {
      const at = (row.idx[i] as number) * classes + label;
      counted[at] = (counted[at] as number) + weight * (row.val[i] as number);
    }
  }
  return counted;
}
