import { QUESTIONS_MAX, VISIBILITIES, type TenderCorrection } from '../../tenders/index.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { isUuid } from '../../platform/http/index.js';
import { readDeadlineForm } from './deadline-form.js';

/** Longest question, in characters: it is read on a phone, in a mail. */
const QUESTION_MAX = 300;

type Publication = Required<Pick<TenderCorrection, 'deadline' | 'questions' | 'asksPrice'>> &
  Pick<TenderCorrection, 'audience'>;

/** Until when to answer, who hears of it and what they are asked, as the form gives them; or what is wrong, at its field. */
export function readPublicationForm(
  body: Readonly<Record<string, unknown>>,
  now: Date,
  exampleDay: string,
): Publication | { readonly problems: readonly FieldProblem[] } {
  const asked = questionFields().map((field) => ({ field, text: textOf(body[field]) }));
  const problems = asked
    .filter(({ text }) => text.length > QUESTION_MAX)
    .map(({ field }) => ({ field, key: 'publish.problem.question', params: { max: String(QUESTION_MAX) } }));
  const until = readDeadlineForm(body, now, exampleDay);
  if ('problems' in until) return { problems: [...until.problems, ...problems] };
  if (problems.length > 0) return { problems };
  const visibility = VISIBILITIES.find((known) => known === body['visibility']);
  return {
    deadline: until.deadline,
    asksPrice: body['asksPrice'] === 'yes',
    questions: asked.map(({ text }) => text).filter((text) => text !== ''),
    // A form without the choice, of an older page say, leaves it as it is.
    ...(visibility ? { audience: { visibility, invited: [body['invited']].flat().filter(isUuid) } } : {}),
  };
}

export function questionFields(): readonly string[] {
  return Array.from({ length: QUESTIONS_MAX }, (_, index) => `question${index + 1}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().normalize('NFC') : '';
}
