import type { CpvCatalogue } from '../domain/catalogue.js';
import type { Calibration } from '../domain/linear-model.js';
import {
  DIVISION_FEATURES,
  divisionFeatures,
  FIRST_FEATURES,
  FIRST_LANGUAGES,
  firstFeatures,
  GROUP_FEATURES,
  groupFeatures,
  settleFirst,
} from '../domain/shares-of.js';
import { zeros } from '../domain/zeros.js';
import { confidenceSteps, type FirstAnswer } from './confidence-steps.js';
import { noticeOf } from './fold-by-buyer.js';
import type { ReadLine } from './read-line.js';
import { RIDGE, ROUNDS, stackShares, trainStack, type StackCase } from './train-stack.js';

/** What a model that never saw the line (nor, as far as can be told, its buyer) says of it. */
export interface OutOfFold {
  readonly read: ReadLine;
  readonly divisionScores: Float64Array;
  readonly groupScores: Float64Array;
  readonly divisionPrior: Float32Array;
  readonly groupPrior: Float32Array;
}

/** Folds share buyers however hard one tries: ask for more than what is promised. */
const PRECISION_ASKED = 0.92;
/** What a new buyer costs, in log-odds: the first answer is right one to two times of 100 less often than out of fold. */
const NEW_BUYER = 0.08;

/**
 * Fits the last step out of fold, and the share from which an answer is accepted without review.
 * @param translated tell how sure an answer is in languages that few lines speak, and nothing else
 */
export function calibrate(
  catalogue: CpvCatalogue,
  predictions: readonly OutOfFold[],
  translated: readonly OutOfFold[],
): Calibration {
  const divisionCases = predictions.map(toDivisionCase);
  const division = trainStack(divisionCases, DIVISION_FEATURES);
  const groupCases = predictions.flatMap((prediction) => toGroupCase(catalogue, prediction));
  const group = trainStack(groupCases, GROUP_FEATURES);
  const first = trainFirst(predictions, divisionCases, division);
  const answers = firstAnswers(predictions, divisionCases, division, first);
  const along = firstAnswers(translated, translated.map(toDivisionCase), division, first);
  const from = acceptFrom(answers);
  return {
    division,
    group,
    first,
    acceptFrom: from,
    steps: confidenceSteps(answers, along, from, NEW_BUYER),
  };
}

/**
 * How often a first answer is right, by its share and its language. The lots of a notice say it together, once. What a
 * language other than French adds is told by its lines: few notices speak it, and cross-validated that lies nearer.
 */
function trainFirst(
  predictions: readonly OutOfFold[],
  cases: readonly StackCase[],
  division: Float64Array,
): Float64Array {
  const neither = zeros(FIRST_FEATURES);
  const lots = Map.groupBy(predictions, ({ read }) => noticeOf(read.line));
  const answers = cases.map((one, i): StackCase => {
    const shares = stackShares(one.features, division);
    const best = shares.indexOf(Math.max(...shares));
    const features = zeros(FIRST_FEATURES);
    firstFeatures(shares[best] as number, (predictions[i] as OutOfFold).read.lang, features);
    const weight = 1 / (lots.get(noticeOf((predictions[i] as OutOfFold).read.line))?.length ?? 1);
    return { features: [features, neither], right: best === one.right ? 0 : 1, weight };
  });
  const weights = trainStack(answers, FIRST_FEATURES);
  for (let k = FIRST_LANGUAGES; k < FIRST_FEATURES; k += 1) weights[k] = offsetByLines(answers, weights, k);
  weights[0] = (weights[0] as number) - NEW_BUYER;
  return weights;
}

/** What feature `k` adds to the log-odds of the answers that have it, each counting once, by Newton's method. */
function offsetByLines(answers: readonly StackCase[], weights: Float64Array, k: number): number {
  const own = answers.filter(({ features }) => features[0]?.[k] === 1);
  const trial = Float64Array.from(weights);
  for (let round = 0; round < ROUNDS; round += 1) {
    let [slope, curve] = [-RIDGE * (trial[k] as number), RIDGE];
    for (const { features, right } of own) {
      const share = stackShares(features, trial)[0] as number;
      slope += (right === 0 ? 1 : 0) - share;
      curve += share * (1 - share);
    }
    trial[k] = (trial[k] as number) + slope / curve;
  }
  return trial[k] as number;
}

function toDivisionCase(prediction: OutOfFold): StackCase {
  const { read } = prediction;
  const features = Array.from(prediction.divisionScores, (score, d) => {
    const into = zeros(DIVISION_FEATURES);
    const known = {
      score,
      prior: prediction.divisionPrior[d] as number,
      knowledge: read.knowledge.divisions[d] as number,
    };
    divisionFeatures(known, read.lang, into);
    return into;
  });
  return { features, right: read.division, weight: 1 };
}

function toGroupCase(catalogue: CpvCatalogue, prediction: OutOfFold): StackCase[] {
  const { read } = prediction;
  const groups = [...catalogue.divisionOfGroup.keys()].filter(
    (g) => catalogue.divisionOfGroup[g] === read.division,
  );
  if (read.group < 0 || groups.length < 2) return [];
  const features = groups.map((g) => {
    const into = zeros(GROUP_FEATURES);
    const known = {
      score: prediction.groupScores[g] as number,
      prior: prediction.groupPrior[g] as number,
      knowledge: read.knowledge.groups[g] as number,
    };
    groupFeatures(known, into);
    return into;
  });
  return [{ features, right: groups.indexOf(read.group), weight: 1 }];
}

function firstAnswers(
  predictions: readonly OutOfFold[],
  cases: readonly StackCase[],
  division: Float64Array,
  first: Float64Array,
): FirstAnswer[] {
  return cases.map((one, i) => {
    const { lang } = (predictions[i] as OutOfFold).read;
    const shares = stackShares(one.features, division);
    settleFirst(shares, first, lang);
    const best = shares.indexOf(Math.max(...shares));
    return { lang, share: shares[best] as number, right: best === one.right };
  });
}

function acceptFrom(answers: readonly FirstAnswer[]): number {
  const surest = answers.toSorted((a, b) => b.share - a.share);
  let right = 0;
  let threshold = 1;
  for (const [i, answer] of surest.entries()) {
    right += answer.right ? 1 : 0;
    if (right / (i + 1) >= PRECISION_ASKED) threshold = answer.share;
  }
  return threshold;
}

/** Division top-1, top-3 and log loss out of fold, by language: the figures to believe before a bench. */
export function summarise(predictions: readonly OutOfFold[], calibration: Calibration): string {
  const tell = (name: string, some: readonly OutOfFold[]): string => {
    let loss = 0;
    const ranks = some.map((prediction) => {
      const one = toDivisionCase(prediction);
      const shares = stackShares(one.features, calibration.division);
      const own = shares[one.right] as number;
      loss -= Math.log(Math.max(own, 1e-9));
      return shares.filter((share) => share > own).length;
    });
    const mean = (sum: number): string => (sum / Math.max(1, ranks.length)).toFixed(3);
    const within = (places: number): string => mean(ranks.filter((rank) => rank < places).length);
    return `${name} ${within(1)}/${within(3)} (${mean(loss)}) of ${some.length}`;
  };
  const languages = ['fr', 'de', 'en', 'nl'];
  return languages
    .map((lang) =>
      tell(
        lang,
        predictions.filter(({ read }) => read.line.lang === lang),
      ),
    )
    .join(', ');
}
