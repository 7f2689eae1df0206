import { seededRandom, shuffled } from './random.js';
import type { Example } from './train-svm.js';
import type { SparseRow } from '../domain/feature-space.js';

export interface LogitOptions {
  readonly classes: number;
  readonly features: number;
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
  readonly seed: number;
  /** Classes an example is set against, `[from, to)`; all by default. */
  readonly rangeOf?: (label: number) => readonly [number, number];
}

/**
 * Multinomial logistic regression by stochastic gradient descent.
 * @returns weights, feature by feature: `weights[feature * classes + class]`
 */
export function trainLogit(examples: readonly Example[], options: LogitOptions): Float32Array {
  const { classes, features, epochs, rate, decay } = options;
  const weights = new Float32Array(features * classes);
  const bias = new Float64Array(classes);
  const shares = new Float64Array(classes);
  const random = seededRandom(options.seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const step = rate / (1 + epoch * 0.3);
    for (const number of shuffled(examples.length, random)) {
      const { row, label, weight } = examples[number] as Example;
      const [from, to] = options.rangeOf?.(label) ?? [0, classes];
      if (to - from < 2) continue;
      shares.set(bias);
      addScores(row, weights, classes, from, to, shares);
      toShares(shares, from, to);
      shares[label] = (shares[label] as number) - 1;
      for (let c = from; c < to; c += 1) {
        bias[c] = (bias[c] as number) - step * 0.05 * weight * (shares[c] as number);
      }
      descend(row, weights, classes, from, to, shares, step * weight, step * decay);
    }
  }
  return weights;
}

function addScores(
  row: SparseRow,
  weights: Float32Array,
  classes: number,
  from: number,
  to: number,
  scores: Float64Array,
): void {
  for (let i = 0; i < row.idx.length; i += 1) {
    const base = (row.idx[i] as number) * classes;
    const value = row.val[i] as number;
    for (let c = from; c < to; c += 1)
      scores[c] = (scores[c] as number) + value * (weights[base + c] as number);
  }
}

function toShares(scores: Float64Array, from: number, to: number): void {
  let top = -Infinity;
  for (let c = from; c < to; c += 1) top = Math.max(top, scores[c] as number);
  let total = 0;
  for (let c = from; c < to; c += 1) {
    scores[c] = Math.exp((scores[c] as number) - top);
    total += scores[c] as number;
  }
  for (let c = from; c < to; c += 1) scores[c] = (scores[c] as number) / total;
}

function descend(
  row: SparseRow,
  weights: Float32Array,
  classes: number,
  from: number,
  to: number,
  errors: Float64Array,
  step: number,
  shrink: number,
): void {
  for (let i = 0; i < row.idx.length; i += 1) {
    const base = (row.idx[i] as number) * classes;
    const gain = step * (row.val[i] as number);
    for (let c = from; c < to; c += 1) {
      const weight = weights[base + c] as number;
      weights[base + c] = weight - gain * (errors[c] as number) - shrink * weight;
    }
  }
}
