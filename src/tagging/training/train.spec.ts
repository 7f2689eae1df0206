import type { SparseRow } from '../domain/feature-space.js';
import { foldByBuyer } from './fold-by-buyer.js';
import { seededRandom } from './random.js';
import { trainBayes } from './train-bayes.js';
import { trainLogit, type Example } from './train-logit.js';
import { stackShares, trainStack } from './train-stack.js';

function row(...values: readonly number[]): SparseRow {
  return { idx: values.map((_, i) => i), val: values };
}

const rangeOf = (label: number): readonly [number, number] => (label < 2 ? [0, 2] : [2, 3]);

/** Three classes, each with a feature of its own, one feature that says nothing, and one wrong label in ten. */
function toyExamples(): Example[] {
  const random = seededRandom(3);
  return Array.from({ length: 150 }, (_, i) => {
    const label = i % 3;
    const values = [0, 1, 2].map((c) => (c === label ? 1 : 0.2 * random()));
    const noisy = random() < 0.1 ? (label + 1) % 3 : label;
    return { row: row(...values, random()), label: noisy, weight: 1 };
  });
}

function best(weights: Float32Array, values: readonly number[]): number {
  const scores = [0, 1, 2].map((c) =>
    values.reduce((sum, v, f) => sum + v * (weights[f * 3 + c] as number), 0),
  );
  return scores.indexOf(Math.max(...scores));
}

describe('learning from labelled texts', () => {
  const examples = toyExamples();

  it('finds the class of each feature through wrong labels, the same way each time', () => {
    const train = (): Float32Array => trainLogit(examples, { classes: 3, features: 4, epochs: 10, seed: 1 });
    const weights = train();
    expect(
      [0, 1, 2].map((c) =>
        best(
          weights,
          [0, 1, 2, 3].map((f) => (f === c ? 1 : 0)),
        ),
      ),
    ).toEqual([0, 1, 2]);
    expect(train()).toEqual(weights);
  });

  it('counts words: the less the other classes hold a word, the more it says for its own', () => {
    const three = [
      { row: row(2, 1, 0), label: 0, weight: 1 },
      { row: row(0, 1, 1), label: 1, weight: 1 },
      { row: row(0, 1, 1), label: 2, weight: 0.5 },
    ];
    const weights = trainBayes(three, { classes: 3, features: 3, counts: (feature) => feature < 2 });
    // By hand, of the two features counted: class 0 holds 2 and 1, class 1 holds 0 and 1, class 2 holds 0 and 0.5.
    const logs = [0.02 / 1.54, 2.02 / 3.54, 2.02 / 4.04 + 0].map((share) => -Math.log(share));
    const mean = logs.reduce((sum, log) => sum + log, 0) / 3;
    for (const [c, log] of logs.entries()) expect(weights[c]).toBeCloseTo(log - mean, 5);
    expect([...weights.subarray(6)]).toEqual([0, 0, 0]);
  });

  it('sets a group against the groups of its own division only', () => {
    const weights = trainLogit(examples, { classes: 3, features: 4, epochs: 5, seed: 1, rangeOf });
    expect([0, 1, 2, 3].map((f) => weights[f * 3 + 2])).toEqual([0, 0, 0, 0]);
  });
});

describe('the last step', () => {
  it('makes shares that come true: three right in four are said with three quarters', () => {
    const cases = Array.from({ length: 400 }, (_, i) => ({
      features: [[5], [0]],
      right: i % 4 === 0 ? 1 : 0,
      weight: 1,
    }));
    const weights = trainStack(cases, 1);
    const [first] = stackShares([[5], [0]], weights);
    expect(first).toBeCloseTo(0.75, 2);
  });
});

describe('folds', () => {
  it('keep the lots of a notice and the lines that share a rare name together', () => {
    const lines = [
      ...Array.from({ length: 6 }, (_, i) => ({ id: `ted-1-2020-L${i}`, text: `travaux numéro ${i}` })),
      { id: 'a', text: 'peinture des écoles de Vitrolles' },
      { id: 'b', text: 'nettoyage pour la ville de Vitrolles' },
      ...Array.from({ length: 20 }, (_, i) => ({ id: `x${i}`, text: 'travaux de voirie' })),
    ];
    const folds = foldByBuyer(lines, 4, 1);
    expect(new Set(folds.subarray(0, 6)).size).toBe(1);
    expect(folds[6]).toBe(folds[7]);
    expect(new Set(folds)).toEqual(new Set([0, 1, 2, 3]));
  });
});
