import type { Language } from '../../kernel/index.js';
import { criterionInWords, type Criterion } from '../../matching/index.js';
import type { Messages } from '../../platform/i18n/index.js';
import type { Names } from './names.js';

/** One criterion of a match as pages show it. */
export interface CriterionShown {
  readonly key: string;
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly required: string | null;
  readonly actual: string | null;
  readonly evidence: string | null;
}

export type MatchVerdict = 'match' | 'partial' | 'near-miss';

/** Criteria in the words of one language: the reason as a sentence, codes with their names. */
export function criteriaShown(
  criteria: readonly Criterion[],
  messages: Messages,
  names: Names,
  language: Language,
): CriterionShown[] {
  const readable = (text: string): string | null => codesToNames(text, names, language) || null;
  return criteria.map((criterion) => {
    const { key, result, required, actual, evidence } = criterionInWords(criterion, (word, params) =>
      messages.text(language, word, params),
    );
    return {
      key,
      result,
      required: readable(required),
      actual: readable(actual),
      evidence: readable(evidence),
    };
  });
}

/** `45442100` and `nis:62096` mean nothing to people: trades and places get their names. */
export function codesToNames(text: string, names: Names, language: Language): string {
  return text
    .replace(/\b(?:nis|nuts|postal):[A-Z0-9-]+/g, (key) => names.site(language, key))
    .replace(/(?<![\d.,])\d{8}(?![\d.,]\d)/g, (code) => names.trade(language, code));
}
