import type { SparseRow } from '../domain/feature-space.js';
import { seededRandom, shuffled } from './random.js';

/** One labelled text for training; `weight` scales what a mistake on it costs. */
export interface Example {
  readonly row: SparseRow;
  readonly label: number;
  readonly weight: number;
}

export interface SvmOptions {
  readonly classes: number;
  readonly features: number;
  readonly cost: number;
  readonly epochs: number;
  readonly seed: number;
  /** Classes an example is set against, `[from, to)`; all by default. */
  readonly rangeOf?: (label: number) => readonly [number, number];
}

/**
 * One-against-the-rest linear machines with squared hinge loss, by dual coordinate descent (Hsieh and others, 2008),
 * all classes at once. @returns weights, feature by feature: `weights[feature * classes + class]`
 */
export function trainSvm(examples: readonly Example[], options: SvmOptions): Float32Array {
  const { classes, features, cost, epochs } = options;
  const weights = new Float32Array(features * classes);
  const alphas = new Float32Array(examples.length * classes);
  const scores = new Float64Array(classes);
  const steps = new Float64Array(classes);
  const random = seededRandom(options.seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const number of shuffled(examples.length, random)) {
      const example = examples[number] as Example;
      const [from, to] = options.rangeOf?.(example.label) ?? [0, classes];
      if (to - from < 2) continue;
      scoreRange(example.row, weights, classes, from, to, scores);
      if (step(example, number, alphas, scores, steps, classes, from, to, cost)) {
        addRange(example.row, weights, classes, from, to, steps);
      }
    }
  }
  return weights;
}

function scoreRange(
  row: SparseRow,
  weights: Float32Array,
  classes: number,
  from: number,
  to: number,
  scores: Float64Array,
): void {
  scores.fill(0, from, to);
  for (let i = 0; i < row.idx.length; i += 1) {
    const base = (row.idx[i] as number) * classes;
    const value = row.val[i] as number;
    for (let c = from; c < to; c += 1)
      scores[c] = (scores[c] as number) + value * (weights[base + c] as number);
  }
}

function step(
  example: Example,
  number: number,
  alphas: Float32Array,
  scores: Float64Array,
  steps: Float64Array,
  classes: number,
  from: number,
  to: number,
  cost: number,
): boolean {
  const { val } = example.row;
  let square = 0;
  for (let i = 0; i < val.length; i += 1) square += (val[i] as number) * (val[i] as number);
  const ridge = 1 / (2 * cost * example.weight);
  let moved = false;
  for (let c = from; c < to; c += 1) {
    const sign = c === example.label ? 1 : -1;
    const at = number * classes + c;
    const alpha = alphas[at] as number;
    const gradient = sign * (scores[c] as number) - 1 + ridge * alpha;
    const next = Math.max(alpha - gradient / (square + ridge), 0);
    steps[c] = (next - alpha) * sign;
    if (next !== alpha) {
      alphas[at] = next;
      moved = true;
    }
  }
  return moved;
}

function addRange(
  row: SparseRow,
  weights: Float32Array,
  classes: number,
  from: number,
  to: number,
  steps: Float64Array,
): void {
  for (let i = 0; i < row.idx.length; i += 1) {
    const base = (row.idx[i] as number) * classes;
    const value = row.val[i] as number;
    for (let c = from; c < to; c += 1) {
      const move = steps[c] as number;
      if (move !== 0) weights[base + c] = (weights[base + c] as number) + value * move;
    }
  }
}
