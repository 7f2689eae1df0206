import { compareDecimals, isDay, isDecimal, type Day, type Problem } from '../../kernel/index.js';
import {
  ANSWER_FILES_MAX,
  ANSWER_KINDS,
  NO_TERMS,
  REFUSAL_REASONS,
  type AnswerGiven,
  type AnswerTerms,
  type Asked,
} from './answer.js';

/** Longest text of a message or a part, in characters. */
export const ANSWER_TEXT_MAX = 2000;

const problem = (code: string, pointer: string, found: string | null, expected: string): Problem => ({
  code,
  severity: 'error',
  place: { pointer },
  found,
  expected,
});

/**
 * Reads an answer as a form or an API call sends it: each field says what is wrong with it. Whoever does the work, or a
 * part of it, replies to each question; whoever looks for partners may, and a no needs none.
 */
export function checkAnswer(given: Readonly<Record<string, unknown>>, asked: Asked): AnswerGiven | Problem[] {
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
  const lines = kind === 'part' ? listOf(given['lines']) : [];
  const foreign = lines.find((id) => !asked.lines.has(id));
  if (foreign !== undefined) problems.push(problem('answer.line.unknown', '/lines', foreign, ''));
  if (kind === 'part' && part === null && lines.length === 0)
    problems.push(problem('answer.part.missing', '/part', null, '600 m2'));
  const attachments = kind === 'no' ? [] : listOf(given['attachments']);
  const gone = attachments.find((id) => !asked.attachments.has(id));
  if (gone !== undefined) problems.push(problem('answer.attachment.unknown', '/attachments', gone, ''));
  if (attachments.length > ANSWER_FILES_MAX)
    problems.push(
      problem(
        'answer.attachment.too-many',
        '/attachments',
        String(attachments.length),
        String(ANSWER_FILES_MAX),
      ),
    );
  const said = repliesIn(given, asked.questions.length);
  const mustReply = kind === 'full' || kind === 'part';
  said.forEach((reply, index) => {
    if (mustReply && reply === '')
      problems.push(problem('answer.reply.missing', `/reply${index + 1}`, null, asked.questions[index]!));
  });
  const replies = kind === 'no' || said.every((reply) => reply === '') ? [] : said;
  const terms = kind === 'no' ? NO_TERMS : termsIn(text, problems);
  if (terms.price !== null && !asked.price)
    problems.push(problem('answer.price.not-asked', '/price', terms.price, ''));
  if (mustReply && asked.price && text('price') === null)
    problems.push(problem('answer.price.missing', '/price', null, '2500.50'));
  for (const [field, value] of [
    ['part', part],
    ['message', message],
    ['conditions', terms.conditions],
    ...said.map((reply, index) => [`reply${index + 1}`, reply] as const),
  ] as const) {
    if (value !== null && value.length > ANSWER_TEXT_MAX) {
      problems.push(
        problem('answer.text.too-long', `/${field}`, String(value.length), String(ANSWER_TEXT_MAX)),
      );
    }
  }
  if (problems.length > 0) return problems;
  return {
    kind,
    reason: kind === 'no' ? reason : null,
    part: kind === 'part' ? part : null,
    lines: [...new Set(lines)],
    replies,
    message,
    ...terms,
    attachments: [...new Set(attachments)],
  };
}

const PRICE_MAX = '999999999999.99';

/** Days as YYYY-MM-DD and a price as a decimal number. */
function termsIn(text: (field: string) => string | null, problems: Problem[]): AnswerTerms {
  const day = (field: 'startsOn' | 'endsOn'): Day | null => {
    const found = text(field);
    if (found === null || isDay(found)) return found;
    problems.push(problem('answer.day.unreadable', `/${field}`, found, '2027-02-01'));
    return null;
  };
  const [startsOn, endsOn] = [day('startsOn'), day('endsOn')];
  if (startsOn !== null && endsOn !== null && endsOn < startsOn)
    problems.push(problem('answer.days.reversed', '/endsOn', endsOn, startsOn));
  const price = text('price');
  const isPrice =
    isDecimal(price) &&
    /^\d+(\.\d{1,2})?$/.test(price) &&
    compareDecimals(price, '0') > 0 &&
    compareDecimals(price, PRICE_MAX) <= 0;
  if (price !== null && !isPrice)
    problems.push(problem('answer.price.unreadable', '/price', price, '2500.50'));
  return { startsOn, endsOn, conditions: text('conditions'), price: isPrice ? price : null };
}

/** One text or several, as a form sends boxes that are ticked. */
function listOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item): item is string => typeof item === 'string' && item !== '');
}

/** A form sends `reply1`, `reply2` …, a program a list. */
function repliesIn(given: Readonly<Record<string, unknown>>, count: number): readonly string[] {
  const list: readonly unknown[] = Array.isArray(given['replies'])
    ? given['replies']
    : Array.from({ length: count }, (_, index) => given[`reply${index + 1}`]);
  return Array.from({ length: count }, (_, index) => {
    const value = list[index];
    return typeof value === 'string' ? value.trim().normalize('NFC') : '';
  });
}
