import type { Problem } from '../../kernel/index.js';

/** Longest text of a question or of what is said to it, in characters. */
export const QUESTION_TEXT_MAX = 1000;

/** Reads the text of a question, or of what is said to it, as a form or an API call sends it. */
export function checkQuestionText(given: unknown): string | Problem[] {
  const text = typeof given === 'string' ? given.replaceAll('\r\n', '\n').trim().normalize('NFC') : '';
  const problem = (code: string, found: string | null): Problem[] => [
    { code, severity: 'error', place: { pointer: '/text' }, found, expected: String(QUESTION_TEXT_MAX) },
  ];
  if (text === '') return problem('question.text.missing', null);
  if (text.length > QUESTION_TEXT_MAX) return problem('question.text.too-long', String(text.length));
  return text;
}
