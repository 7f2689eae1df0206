import type { SparseRow } from '../domain/feature-space.js';
import { seededRandom, shuffled } from './random.js';

/** One labelled text for training; `weight` scales what a mistake on it costs. */
export interface Example {
  readonly row: SparseRow;
  readonly label: number;
  readonly weight: number;
}

export interface LogitOptions {
  readonly classes: number;
  readonly features: number;
  readonly epochs: number;
  readonly seed: number;
  /** Classes an example is set against, `[from, to)`; all by default. */
  readonly rangeOf?: (label: number) => readonly [number, number];
}

/** What is learned hangs on the order of the texts and on what of them is read; the mean of some draws does less. */
const DRAWS = 5;
const RATE = 1;
const BIAS_RATE = 0.05;
/**
 * Share of the features of a text that are read at each visit, drawn anew (Srivastava and others, 2014). A new buyer
 * has other words for the same thing: what is learned must hold when some of the words are missing.
 */
const READ = 0.7;
/** Errors below this move nothing worth the time: most classes are out of the question for most texts. */
const LEAST_ERROR = 2e-4;

/**
 * Multinomial logistic regression by stochastic gradient descent, each time on some of the features of a text.
 * @returns weights, feature by feature: `weights[feature * classes + class]`
 */
export function trainLogit(examples: readonly Example[], options: LogitOptions): Float32Array {
  const random = seededRandom(options.seed);
  const mean = new Float32Array(options.features * options.classes);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const weights = trainOnce(examples, options, random);
    for (let i = 0; i < mean.length; i += 1) mean[i] = (mean[i] as number) + (weights[i] as number) / DRAWS;
  }
  return mean;
}

function trainOnce(examples: readonly Example[], options: LogitOptions, random: () => number): Float32Array {
  const { classes, features, epochs } = options;
  const weights = new Float32Array(features * classes);
  const bias = new Float64Array(classes);
  const shares = new Float64Array(classes);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const step = RATE / (1 + epoch * 0.3);
    for (const number of shuffled(examples.length, random)) {
      const { row, label, weight } = examples[number] as Example;
      const [from, to] = options.rangeOf?.(label) ?? [0, classes];
      if (to - from < 2) continue;
      const read = someOf(row, random);
      shares.set(bias);
      addScores(read, weights, classes, from, to, shares);
      toShares(shares, from, to);
      shares[label] = (shares[label] as number) - 1;
      for (let c = from; c < to; c += 1) {
        bias[c] = (bias[c] as number) - step * BIAS_RATE * weight * (shares[c] as number);
      }
      descend(read, weights, classes, from, to, shares, step * weight);
    }
  }
  return weights;
}

/** Some features of a text, weighing as much as all of them would. */
function someOf({ idx, val }: SparseRow, random: () => number): SparseRow {
  const some = { idx: [] as number[], val: [] as number[] };
  for (let i = 0; i < idx.length; i += 1) {
    if (random() >= READ) continue;
    some.idx.push(idx[i] as number);
    some.val.push((val[i] as number) / READ);
  }
  return some;
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
): void {
  const moved: number[] = [];
  for (let c = from; c < to; c += 1) if (Math.abs(errors[c] as number) > LEAST_ERROR) moved.push(c);
  for (let i = 0; i < row.idx.length; i += 1) {
    const base = (row.idx[i] as number) * classes;
    const gain = step * (row.val[i] as number);
    for (const c of moved) weights[base + c] = (weights[base + c] as number) - gain * (errors[c] as number);
  }
}
