import { analyse, type Analysis } from '../domain/analyse.js';
import { CONCEPTS, WORDS } from '../domain/features.js';
import type { FeatureSpace, SparseRow } from '../domain/feature-space.js';
import { scoreKnowledge } from '../domain/knowledge-score.js';
import type { LinearModel } from '../domain/linear-model.js';
import type { TagModel } from '../domain/model.js';
import { buildFeatureSpace } from './build-feature-space.js';
import { calibrate, summarise, type OutOfFold } from './calibrate.js';
import { compressWeights } from './compress-weights.js';
import { foldByBuyer } from './fold-by-buyer.js';
import { partedBy } from './own-texts.js';
import type { FurtherText, LabelledLine, RawWeights, ReadLine } from './read-line.js';
import { trainBayes } from './train-bayes.js';
import { trainLogit, type Example } from './train-logit.js';

export interface TrainingOptions {
  readonly seed: number;
  readonly folds: number;
  readonly epochs: number;
  readonly report: (step: string) => void;
}

const LEAST_DOCUMENTS = 2;
// Out of fold, one log-odds of the words counted is worth this many of the learned ones.
const BAYES_IN_LOG_ODDS = 0.6;

/** Trains on labelled lines and further texts; calibrates out of fold. Same input and seed, same model. */
export function trainModel(
  knowledge: TagModel,
  lines: readonly LabelledLine[],
  further: readonly FurtherText[],
  options: TrainingOptions,
): LinearModel {
  const analysed = [...lines, ...further].map((line) => analyse(knowledge, line));
  const space = buildFeatureSpace(knowledge.lexicon, analysed, LEAST_DOCUMENTS);
  options.report(`${lines.length} lines, ${further.length} further texts, ${space.size} features`);
  const read = (line: LabelledLine, at: number): ReadLine => {
    const analysis = analysed[at] as Analysis;
    return {
      line,
      lang: analysis.lang,
      knowledge: scoreKnowledge(knowledge, analysis),
      row: space.read(knowledge.lexicon, analysis),
      division: knowledge.catalogue.divisionOf(line.cpv),
      group: knowledge.catalogue.groupOf(line.cpv),
      weight: 1,
    };
  };
  const real = lines.map(read);
  const others = further.map((text, i): OtherText => {
    const one = read(text, lines.length + i);
    const row = text.isVocabulary ? withoutTerms(space, one.row) : one.row;
    return { ...one, row, weight: text.weight, of: text.of };
  });
  const { outOfFold, translated } = predictOutOfFold(knowledge, space, real, others, options);
  const weights = trainWeights(knowledge, space, [...real, ...others], options);
  options.report('trained on everything');
  const calibration = calibrate(knowledge.catalogue, outOfFold, translated);
  options.report(`out of fold, division top-1/top-3 (log loss): ${summarise(outOfFold, calibration)}`);
  const prior = priors(knowledge, real);
  return { ...compressWeights(knowledge.catalogue, space, weights), ...prior, calibration };
}

type OtherText = ReadLine & Pick<FurtherText, 'of'>;

/**
 * A text made of the vocabulary names its code with every term, as no real one does: it teaches its words, and how
 * far to trust a term is learned where terms meet the codes of buyers.
 */
function withoutTerms(space: FeatureSpace, { idx, val }: SparseRow): SparseRow {
  const kept = [...idx.keys()].filter((i) => (space.blocks[idx[i] as number] as number) < CONCEPTS);
  return {
    idx: kept.map((i) => idx[i] as number),
    val: kept.map((i) => val[i] as number),
  };
}

interface Predicted {
  readonly outOfFold: OutOfFold[];
  /** Of the translations, each by a model that knows neither it nor its line. */
  readonly translated: OutOfFold[];
}

function predictOutOfFold(
  knowledge: TagModel,
  space: FeatureSpace,
  real: readonly ReadLine[],
  others: readonly OtherText[],
  options: TrainingOptions,
): Predicted {
  const { divisions, groups } = knowledge.catalogue;
  const folds = foldByBuyer(
    real.map(({ line }) => line),
    options.folds,
    options.seed,
  );
  const predicted: Predicted = { outOfFold: [], translated: [] };
  for (let fold = 0; fold < options.folds; fold += 1) {
    const inside = real.filter((_, i) => folds[i] !== fold);
    const held = real.filter((_, i) => folds[i] === fold);
    const further = partedBy(
      held.map(({ line }) => line),
      others,
    );
    const weights = trainWeights(knowledge, space, [...inside, ...further.others], options);
    const prior = priors(knowledge, inside);
    const predict = (read: ReadLine): OutOfFold => ({
      read,
      divisionScores: scoreRow(read.row, weights.divisions, divisions.length),
      groupScores: scoreRow(read.row, weights.groups, groups.length),
      ...prior,
    });
    predicted.outOfFold.push(...held.map(predict));
    predicted.translated.push(...further.again.map(predict));
    options.report(`fold ${fold + 1} of ${options.folds}`);
  }
  return predicted;
}

function scoreRow(row: SparseRow, weights: Float32Array, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  for (let i = 0; i < row.idx.length; i += 1) {
    const base = (row.idx[i] as number) * classes;
    const value = row.val[i] as number;
    for (let c = 0; c < classes; c += 1)
      scores[c] = (scores[c] as number) + value * (weights[base + c] as number);
  }
  return scores;
}

function trainWeights(
  knowledge: TagModel,
  space: FeatureSpace,
  read: readonly ReadLine[],
  { epochs, seed }: TrainingOptions,
): RawWeights {
  const { catalogue } = knowledge;
  const classes = catalogue.divisions.length;
  const examples = read.map(({ row, division, weight }): Example => ({ row, label: division, weight }));
  const machines = { features: space.size, epochs, seed };
  const divisions = trainLogit(examples, { ...machines, classes });
  addBayes(divisions, examples, space, classes);
  const ranges = rangesOfDivisions(catalogue.divisionOfGroup);
  const groups = trainLogit(
    read.filter(({ group }) => group >= 0).map(({ row, group, weight }) => ({ row, label: group, weight })),
    {
      ...machines,
      classes: catalogue.groups.length,
      rangeOf: (group) => ranges[catalogue.divisionOfGroup[group] as number] as readonly [number, number],
    },
  );
  return { divisions, groups };
}

/** A second machine, of words alone: it sees how rare a word is elsewhere, where the first sees what errs least. */
function addBayes(
  weights: Float32Array,
  examples: readonly Example[],
  { size, blocks }: FeatureSpace,
  classes: number,
): void {
  const bayes = trainBayes(examples, {
    classes,
    features: size,
    counts: (feature) => blocks[feature] === WORDS,
  });
  for (let i = 0; i < weights.length; i += 1) {
    weights[i] = (weights[i] as number) + BAYES_IN_LOG_ODDS * (bayes[i] as number);
  }
}

function rangesOfDivisions(divisionOfGroup: Int16Array): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const [group, division] of divisionOfGroup.entries()) {
    const range = ranges[division];
    if (range) range[1] = group + 1;
    else ranges[division] = [group, group + 1];
  }
  return ranges;
}

function priors(
  knowledge: TagModel,
  lines: readonly ReadLine[],
): Pick<LinearModel, 'divisionPrior' | 'groupPrior'> {
  const { catalogue } = knowledge;
  const divisionPrior = new Float32Array(catalogue.divisions.length).fill(0.5);
  const groupPrior = new Float32Array(catalogue.groups.length).fill(0.3);
  for (const { division, group } of lines) {
    divisionPrior[division] = (divisionPrior[division] as number) + 1;
    if (group >= 0) groupPrior[group] = (groupPrior[group] as number) + 1;
  }
  const total = lines.length || 1;
  return {
    divisionPrior: divisionPrior.map((count) => Math.log(count / total)),
    groupPrior: groupPrior.map((count) => Math.log(count / total)),
  };
}
