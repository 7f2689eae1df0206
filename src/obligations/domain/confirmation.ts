import type { Problem } from '../../kernel/index.js';
import { FieldReader } from './field-reader.js';

/** What an enterprise says of work that a contractor entered as done by it. */
export const VERDICTS = ['confirmed', 'disputed'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface ConfirmationGiven {
  readonly verdict: Verdict;
  /** Why it is disputed; a remark on what is confirmed. */
  readonly reason: string | null;
}

/** @returns what was said, or what is wrong with each field */
export function checkConfirmation(given: Readonly<Record<string, unknown>>): ConfirmationGiven | Problem[] {
  const read = new FieldReader(given);
  const verdict = read.oneOf('verdict', VERDICTS);
  const reason = read.optionalText('reason');
  if (verdict === 'disputed' && reason === null) read.refuse('missing.reason', 'reason');
  return read.problems.length > 0 ? read.problems : { verdict, reason };
}
