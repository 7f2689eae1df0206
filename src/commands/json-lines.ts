import type { Language, Problem } from '../kernel/index.js';
import { inWords } from './in-words.js';
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
  let number = 0;
  let code: ExitCode = 0;
  const answerOne = (line: string): object => {
    number += 1;
    const { answered, refused } = answerLine(line, number, language, answer);
    if (refused) code = 2;
    return answered;
  };
  for await (const lines of terminal.lines(file)) await terminal.print(...lines.map(answerOne));
  return code;
}

/** The answer to one line, or what is written where it was refused. @param number counts lines from 1 */
export function answerLine<A extends object>(
  line: string,
  number: number,
  language: Language,
  answer: (line: Record<string, unknown>) => A | Problem[],
): { refused: false; answered: A } | { refused: true; answered: object } {
  const asked = readLine(line, number);
  const answered = Array.isArray(asked) ? asked : answer(asked);
  return Array.isArray(answered)
    ? { refused: true, answered: refusedLine(asked, answered, language) }
    : { refused: false, answered };
}

function readLine(line: string, number: number): Record<string, unknown> | Problem[] {
  try {
    const value: unknown = JSON.parse(line);
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
      found: line.slice(0, 80),
      expected: '{…}',
    },
  ];
}

function refusedLine(
  asked: Record<string, unknown> | Problem[],
  problems: readonly Problem[],
  language: Language,
): object {
  const id = Array.isArray(asked) ? undefined : asked['id'];
  const [first, ...others] = problems.map((problem) => inWords(problem, language));
  return {
    ...(id === undefined ? {} : { id }),
    refused: first,
    ...(others.length > 0 ? { problems: others } : {}),
  };
}
