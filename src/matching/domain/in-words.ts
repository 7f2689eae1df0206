import type { Criterion, Because } from './criterion.js';
import type { Change, SmallestChange } from './propose-changes.js';

/** Says a key of the message catalogue in one language. */
export type Words = (key: string, params: Readonly<Record<string, string | number>>) => string;

/** One criterion as the contract, the API, a mail and a page show it. */
export interface CriterionInWords {
  readonly key: string;
  readonly result: Criterion['result'];
  readonly required: string;
  readonly actual: string;
  /** The reason as a sentence. */
  readonly evidence: string;
  readonly changeableBy: Criterion['changeableBy'];
  readonly extent: Criterion['extent'];
  /** The reason as a stable code. */
  readonly code: string;
  readonly params: Because['params'];
  /** What to know beside it, as a sentence; null when there is nothing. */
  readonly warning: string | null;
}

export function criterionInWords(
  { because, warning, ...criterion }: Criterion,
  words: Words,
): CriterionInWords {
  const params = { required: criterion.required, actual: criterion.actual, ...because.params };
  return {
    ...criterion,
    evidence: words(`reason.${because.code}`, params),
    code: because.code,
    params: because.params,
    warning: warning ? words(`warning.${warning.code}`, warning.params) : null,
  };
}

/** What would make a near miss a match, as a sentence. */
export interface ChangeInWords {
  readonly code: string;
  readonly changeableBy: Change['changeableBy'];
  readonly sentence: string;
  readonly params: Because['params'];
  /** Needed as well; null where the first is enough. */
  readonly and: Omit<ChangeInWords, 'and'> | null;
}

export function changeInWords({ and, ...change }: SmallestChange, words: Words): ChangeInWords {
  const say = ({ because: { code, params }, changeableBy }: Change): Omit<ChangeInWords, 'and'> => ({
    code,
    changeableBy,
    sentence: words(`change.${code}`, params),
    params,
  });
  return { ...say(change), and: and ? say(and) : null };
}
