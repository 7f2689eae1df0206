import type { Language, Problem, ProblemInWords } from '../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../platform/i18n/index.js';

let loaded: Messages | null = null;

export function messages(): Messages {
  loaded ??= Messages.load(MESSAGES_FOLDER);
  return loaded;
}

/** The problem with its sentence, as the contract shows it. */
export function inWords(problem: Problem, language: Language): ProblemInWords {
  const { found, expected } = problem;
  const params = {
    ...(found === null ? {} : { found }),
    ...(expected === null ? {} : { expected }),
    ...problem.params,
  };
  return { ...problem, message: messages().text(language, `problem.${problem.code}`, params), language };
}
