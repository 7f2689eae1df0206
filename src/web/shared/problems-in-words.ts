import type { Language, Problem, ProblemInWords } from '../../kernel/index.js';
import type { Messages } from '../../platform/i18n/index.js';

const WEIGHT: Readonly<Record<Problem['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Problems with their sentences, the gravest first, otherwise in the order of the document. */
export function problemsInWords(
  messages: Messages,
  language: Language,
  problems: readonly Problem[],
): ProblemInWords[] {
  return problems
    .map((problem) => ({
      ...problem,
      message: messages.text(language, `problem.${problem.code}`, {
        found: problem.found ?? '',
        expected: problem.expected ?? '',
        ...problem.params,
      }),
      language,
    }))
    .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}
