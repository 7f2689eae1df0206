import { isDay, type Language } from '../../kernel/index.js';
import {
  changeInWords,
  criterionInWords,
  type Criterion,
  type SmallestChange,
} from '../../matching/index.js';
import { formatMoney, formatShortDay, monthName, type Messages } from '../../platform/i18n/index.js';
import type { Names } from './names.js';

/** One criterion of a match as pages show it. */
export interface CriterionShown {
  readonly key: string;
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly required: string | null;
  readonly actual: string | null;
  readonly evidence: string | null;
  /** What to know beside it, though it decides nothing. */
  readonly warning?: string | null;
  /** Who could change that it does not hold, or is not known; null where it holds. */
  readonly changeableBy?: Criterion['changeableBy'] | null;
}

export type MatchVerdict = 'match' | 'partial' | 'near-miss';

/** Criteria in the words of one language: the reason as a sentence, codes with their names. */
export function criteriaShown(
  criteria: readonly Criterion[],
  messages: Messages,
  names: Names,
  language: Language,
): CriterionShown[] {
  const words = { messages, names, language };
  const readable = (text: string): string | null => codesToNames(text, words) || null;
  return criteria.map((criterion) => {
    const { key, result, required, actual, evidence, warning, changeableBy } = criterionInWords(
      criterion,
      (word, params) => messages.text(language, word, params),
    );
    return {
      key,
      result,
      required: readable(required),
      actual: readable(actual),
      evidence: readable(evidence),
      warning,
      changeableBy: result === 'pass' ? null : changeableBy,
    };
  });
}

/** What would make a near miss a match, by who could do it; `both` where each has something to do. */
export interface ChangesShown {
  readonly by: 'enterprise' | 'contractor' | 'both';
  /** Any one of them is enough; of several sentences all are needed. */
  readonly ways: readonly (readonly string[])[];
}

export function changesShown(
  changes: readonly SmallestChange[],
  messages: Messages,
  names: Names,
  language: Language,
): ChangesShown[] {
  const ways = changes.map((change) => {
    const { and, ...first } = changeInWords(change, (word, params) => messages.text(language, word, params));
    const steps = and ? [first, and] : [first];
    const [by] = steps.map(({ changeableBy }) => changeableBy);
    return {
      by: steps.every((step) => step.changeableBy === by) ? by! : ('both' as const),
      sentences: steps.map(({ sentence }) => codesToNames(sentence, { messages, names, language })),
    };
  });
  return [...Map.groupBy(ways, ({ by }) => by)].map(([by, some]) => ({
    by,
    ways: some.map(({ sentences }) => sentences),
  }));
}

export interface WordsFor {
  readonly messages: Messages;
  readonly names: Names;
  readonly language: Language;
}

const AMOUNT = /(\d+(?:\.\d+)?)?(\.\.)?(\d+(?:\.\d+)?)? EUR\b/g;

/**
 * What the criteria compare, as people read it: `45442100` and `nis:62096` get their names, days and amounts are
 * written as the language writes them. What is not a code stays.
 */
export function codesToNames(text: string, { messages, names, language }: WordsFor): string {
  const money = (amount: string | undefined): string =>
    amount ? formatMoney(language, { amount, currency: 'EUR' }) : '';
  return text
    .replace(/\bBE-CONTRACT\b/g, () => messages.text(language, 'why.contractFreedom'))
    .replace(AMOUNT, (_, from: string | undefined, range: string | undefined, to: string | undefined) =>
      [money(from), money(to)].join(range ? ' – ' : ''),
    )
    .replace(/(\d{4}-\d{2}-\d{2})\.\.(?!\d)/g, (_, day: string) =>
      messages.text(language, 'range.from', { day }),
    )
    .replace(/(?<!\d)\.\.(\d{4}-\d{2}-\d{2})/g, (_, day: string) =>
      messages.text(language, 'range.until', { day }),
    )
    .replace(/\b(\d{4}-\d{2}-\d{2})\b/g, (day) => (isDay(day) ? formatShortDay(language, day) : day))
    .replace(/\bM(0[1-9]|1[0-2])\b/g, (_, month: string) => monthName(language, Number(month)))
    .replaceAll('..', ' – ')
    .replace(/\b(?:nis|nuts|postal):[A-Z0-9-]+/g, (key) => names.site(language, key))
    .replace(/(?<![\d.,/])\d{8}(?![\d.,/]\d)/g, (code) => names.trade(language, code))
    .replace(/\b[A-Z]{2,4}(?:_[A-Z0-9]+)+\b/g, (code) => names.kind(language, code))
    .replace(/\b(?:works-or-service|goods|staff)\b/g, (mode) => messages.text(language, `mode.${mode}`))
    .trim();
}
