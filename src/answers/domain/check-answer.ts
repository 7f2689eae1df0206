import type { Problem } from '../../kernel/index.js';
import { ANSWER_KINDS, REFUSAL_REASONS, type AnswerGiven } from './answer.js';

/** Longest text of a message or a part, in characters. */
export const ANSWER_TEXT_MAX = 2000;

const problem = (code: string, pointer: string, found: string | null, expected: string): Problem => ({
  code,
  severity: 'error',
  place: { pointer },
  found,
  expected,
});

/** Reads an answer as a form or an API call sends it: each field says what is wrong with it. */
export function checkAnswer(given: Readonly<Record<string, unknown>>): AnswerGiven | Problem[] {
  const text = (field: string): string | null => {
    const value = given[field];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().normalize('NFC') : null;
  };
  const kind = ANSWER_KINDS.find((known) => known === given['kind']);
  if (!kind) return [problem('answer.kind.unknown', '/kind', text('kind'), ANSWER_KINDS.join(', '))];

  const problems: Problem[] = [];
  const reason = REFUSAL_REASONS.find((known) => known === given['reason']) ?? null;
  const part = text('part');
  const message = text('message');
  if (kind === 'no' && reason === null) {
    problems.push(problem('answer.reason.missing', '/reason', text('reason'), REFUSAL_REASONS.join(', ')));
  }
  if (kind === 'part' && part === null)
    problems.push(problem('answer.part.missing', '/part', null, '600 m2'));
  for (const [field, value] of [
    ['part', part],
    ['message', message],
  ] as const) {
    if (value !== null && value.length > ANSWER_TEXT_MAX) {
      problems.push(
        problem('answer.text.too-long', `/${field}`, String(value.length), String(ANSWER_TEXT_MAX)),
      );
    }
  }
  if (problems.length > 0) return problems;
  return { kind, reason: kind === 'no' ? reason : null, part: kind === 'part' ? part : null, message };
}
