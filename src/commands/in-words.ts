import type { Language, Problem, ProblemInWords } from '../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../platform/i18n/index.js';

const loaded = new Map<Language, Messages>();

/** The sentences of one language: a command line speaks no other, and each takes its time to read. */
export function messages(language: Language): Messages {
  const known =
    loaded.get(language) ?? Messages.load(MESSAGES_FOLDER, [...new Set([language, 'fr'] as const)]);
  loaded.set(language, known);
  return known;
}

/** The problem with its sentence, as the contract shows it. */
export function inWords(
  problem: Problem,
  language: Language,
  spoken: Messages = messages(language),
): ProblemInWords {
  const { found, expected } = problem;
  const params = {
    ...(found === null ? {} : { found }),
    ...(expected === null ? {} : { expected }),
    ...problem.params,
  };
  return { ...problem, message: spoken.text(language, `problem.${problem.code}`, params), language };
}
