import type { Language, Problem } from '../kernel/index.js';
import type { Messages } from '../platform/i18n/index.js';
import { linesOf, type Line } from './blocks.js';
import { inWords, messages } from './in-words.js';
import type { Call, ExitCode } from './verb.js';

/**
 * One answer per line, in order, in constant memory. A line that is not an object, or that is refused, gives a line
 * with its problems; the following ones go on.
 * @returns 2 when a line was refused
 */
export async function answerLines(
  { terminal, language }: Call,
  file: string,
  answer: (line: Record<string, unknown>) => object | Problem[],
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const speech = { messages: () => messages(language), language };
  for await (const block of terminal.blocks(file)) {
    for (const line of linesOf(block)) {
      const { answered, refused } = answerLine(line, speech, answer);
      if (refused) code = 2;
      await terminal.print(answered);
    }
  }
  return code;
}

/** In which words a problem is told. */
interface Speech {
  /** Reading the sentences takes longer than most answers: they are asked for when there is something to tell. */
  readonly messages: () => Messages;
  readonly language: Language;
}

/** The answer to one line, or what is written where it was refused. */
export function answerLine<A extends object | string>(
  line: Line,
  speech: Speech,
  answer: (line: Record<string, unknown>) => A | Problem[],
): { refused: false; answered: A } | { refused: true; answered: object } {
  const asked = readLine(line);
  const answered = Array.isArray(asked) ? asked : answer(asked);
  return Array.isArray(answered)
    ? { refused: true, answered: refusedLine(asked, answered, speech) }
    : { refused: false, answered };
}

function readLine({ text, number }: Line): Record<string, unknown> | Problem[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // told below
  }
  return [
    {
      code: 'json.line.unreadable',
      severity: 'error',
      place: { line: number },
      found: text.slice(0, 80),
      expected: '{…}',
    },
  ];
}

function refusedLine(
  asked: Record<string, unknown> | Problem[],
  problems: readonly Problem[],
  { messages: spoken, language }: Speech,
): object {
  const id = Array.isArray(asked) ? undefined : asked['id'];
  const [first, ...others] = problems.map((problem) => inWords(problem, language, spoken()));
  return {
    ...(id === undefined ? {} : { id }),
    refused: first,
    ...(others.length > 0 ? { problems: others } : {}),
  };
}
