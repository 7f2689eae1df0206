import { calibrationError, calibrationErrorByChance } from './calibration-error.js';
import { tagText } from './domain/tag-text.js';
import { SPARSE_LANGUAGES } from './domain/told-confidence.js';
import type { TagModel } from './domain/model.js';
import type { PlaceableLabel, TagInput } from './domain/tag.js';

/** A text with the code its buyer gave it. */
export interface LabelledText extends TagInput {
  readonly cpv: string;
}

/** Figures on one language or on all; shares between 0 and 1, null when there is nothing to measure. */
export interface TagFigures {
  readonly texts: number;
  readonly answered: number;
  readonly top1: number;
  readonly top3: number;
  readonly macroF1: number;
  /** On lines whose label goes below the division. */
  readonly groupTop1: number | null;
  readonly groupTop5: number | null;
  readonly coverageAt90: number;
  readonly coverageAt95: number;
  /** Expected calibration error, ten bins. */
  readonly calibrationError: number;
  /** What it would be on average were every confidence true: few texts cannot show less. */
  readonly calibrationErrorByChance: number;
  /** What is left of the error when that is taken off: nothing, unless confidence is more wrong than chance makes it look. */
  readonly calibrationErrorBeyondChance: number;
  /** What `accepted` gives: share of texts, and how many of those are right. */
  readonly acceptedShare: number;
  readonly acceptedPrecision: number | null;
}

export interface TagReport {
  /** Once some thousand texts have been read: the engine compiles what runs often while it runs. */
  readonly textsPerSecond: number;
  /** By language, `all`, and `de+en+nl`: a dozen lines of a language alone show little but chance. */
  readonly languages: Readonly<Record<string, TagFigures>>;
}

/** Texts read before the speed is measured. */
const WARM_UP = 3000;

interface Outcome {
  readonly lang: string;
  readonly gold: string;
  readonly divisions: readonly string[];
  readonly groups: readonly string[];
  readonly confidence: number;
  readonly accepted: boolean;
}

/**
 * Measures the tagger on labelled texts, per language and in all.
 * @param spentMs a clock in milliseconds, for the speed
 */
export function benchTag(model: TagModel, texts: readonly LabelledText[], spentMs: () => number): TagReport {
  const outcomes = texts.map((text) => toOutcome(model, text));
  const readAll = (): void => texts.forEach((text) => tagText(model, text));
  for (let read = texts.length; read > 0 && read < WARM_UP; read += texts.length) readAll();
  const started = spentMs();
  readAll();
  const seconds = (spentMs() - started) / 1000;
  const names = [...new Set(outcomes.map(({ lang }) => lang))].toSorted();
  const languages: Record<string, TagFigures> = { all: figuresOf(outcomes) };
  for (const name of names) languages[name] = figuresOf(outcomes.filter(({ lang }) => lang === name));
  const few = outcomes.filter(({ lang }) => (SPARSE_LANGUAGES as readonly string[]).includes(lang));
  if (few.length > 0) languages[SPARSE_LANGUAGES.join('+')] = figuresOf(few);
  return { textsPerSecond: seconds > 0 ? Math.round(texts.length / seconds) : 0, languages };
}

function toOutcome(model: TagModel, text: LabelledText): Outcome {
  const answer = tagText(model, text);
  const codes = answer.cpv.map(({ code }) => code);
  return {
    lang: answer.lang,
    gold: text.cpv,
    divisions: [...new Set(codes.map((code) => code.slice(0, 2)))],
    groups: [...new Set(codes.map((code) => code.slice(0, 3)))],
    confidence: answer.cpv[0]?.confidence ?? 0,
    accepted: answer.accepted,
  };
}

function isRight(outcome: Outcome): boolean {
  return outcome.divisions[0] === outcome.gold.slice(0, 2);
}

function share(outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): number {
  return rounded(outcomes.filter(holds).length / Math.max(1, outcomes.length));
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function figuresOf(outcomes: readonly Outcome[]): TagFigures {
  const deep = outcomes.filter(({ gold }) => gold[2] !== '0');
  const accepted = outcomes.filter((outcome) => outcome.accepted);
  const sure = outcomes.map((outcome) => ({ confidence: outcome.confidence, isRight: isRight(outcome) }));
  const [error, byChance] = [calibrationError(sure), calibrationErrorByChance(sure)];
  return {
    texts: outcomes.length,
    answered: share(outcomes, ({ divisions }) => divisions.length > 0),
    top1: share(outcomes, isRight),
    top3: share(outcomes, ({ divisions, gold }) => divisions.slice(0, 3).includes(gold.slice(0, 2))),
    macroF1: macroF1(outcomes),
    groupTop1: deep.length === 0 ? null : share(deep, ({ groups, gold }) => groups[0] === gold.slice(0, 3)),
    groupTop5:
      deep.length === 0 ? null : share(deep, ({ groups, gold }) => groups.includes(gold.slice(0, 3))),
    coverageAt90: coverageAt(outcomes, 0.9),
    coverageAt95: coverageAt(outcomes, 0.95),
    calibrationError: rounded(error),
    calibrationErrorByChance: rounded(byChance),
    calibrationErrorBeyondChance: rounded(Math.max(0, error - byChance)),
    acceptedShare: rounded(accepted.length / Math.max(1, outcomes.length)),
    acceptedPrecision: accepted.length === 0 ? null : share(accepted, isRight),
  };
}

function macroF1(outcomes: readonly Outcome[]): number {
  const divisions = [...new Set(outcomes.map(({ gold }) => gold.slice(0, 2)))];
  const scores = divisions.map((division) => {
    const given = outcomes.filter(({ divisions: [first] }) => first === division).length;
    const meant = outcomes.filter(({ gold }) => gold.startsWith(division));
    const both = meant.filter(isRight).length;
    return (2 * both) / Math.max(1, given + meant.length);
  });
  return rounded(scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length));
}

/** The largest share of texts, surest first, that is right at least `precision` of the time. */
function coverageAt(outcomes: readonly Outcome[], precision: number): number {
  const surest = outcomes.toSorted((a, b) => b.confidence - a.confidence);
  let right = 0;
  let covered = 0;
  for (const [i, outcome] of surest.entries()) {
    right += isRight(outcome) ? 1 : 0;
    if (right / (i + 1) >= precision) covered = i + 1;
  }
  return rounded(covered / Math.max(1, outcomes.length));
}

/** A text two readers judged; `label` is null where they disagree. */
export interface JudgedText extends TagInput {
  readonly label: PlaceableLabel | null;
  readonly labels: readonly PlaceableLabel[];
}

export interface PlaceableReport {
  readonly agreed: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly acceptedShare: number;
  readonly acceptedPrecision: number | null;
  readonly disputed: number;
  /** On disputed lines either answer counts, and abstaining is right. */
  readonly disputedRight: number;
}

/** Measures yes, part and no on judged texts. */
export function benchPlaceable(model: TagModel, texts: readonly JudgedText[]): PlaceableReport {
  const judged = texts.map((text) => ({ text, said: tagText(model, text).placeable }));
  const agreed = judged.filter(({ text }) => text.label !== null);
  const disputed = judged.filter(({ text }) => text.label === null);
  const right = agreed.filter(({ text, said }) => said.label === text.label);
  const accepted = agreed.filter(({ said }) => said.accepted);
  const labels: readonly PlaceableLabel[] = ['yes', 'part', 'no'];
  const f1 = labels.map((label) => {
    const both = right.filter(({ text }) => text.label === label).length;
    const said = agreed.filter((one) => one.said.label === label).length;
    const meant = agreed.filter(({ text }) => text.label === label).length;
    return (2 * both) / Math.max(1, said + meant);
  });
  return {
    agreed: agreed.length,
    accuracy: rounded(right.length / Math.max(1, agreed.length)),
    macroF1: rounded(f1.reduce((sum, score) => sum + score, 0) / labels.length),
    acceptedShare: rounded(accepted.length / Math.max(1, agreed.length)),
    acceptedPrecision:
      accepted.length === 0
        ? null
        : rounded(accepted.filter(({ text, said }) => said.label === text.label).length / accepted.length),
    disputed: disputed.length,
    disputedRight: disputed.filter(({ text, said }) => !said.accepted || text.labels.includes(said.label))
      .length,
  };
}
