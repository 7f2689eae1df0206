import { instantInBrussels } from '../../kernel/index.js';
import { readDay, readTime } from '../shared/read-day.js';
import type { FieldProblem } from '../shared/render/page-context.js';

/** The deadline a form gives, as an instant, or what is wrong with it. */
export type DeadlineForm = { readonly deadline: Date } | { readonly problems: readonly FieldProblem[] };

/** @param now a deadline must lie ahead of it */
export function readDeadlineForm(
  body: Readonly<Record<string, unknown>>,
  now: Date,
  exampleDay: string,
): DeadlineForm {
  const day = readDay(body['deadlineDay']);
  const time = readTime(body['deadlineTime']);
  const problems: FieldProblem[] = [];
  if (!day)
    problems.push({ field: 'deadlineDay', key: 'publish.problem.day', params: { example: exampleDay } });
  if (!time) problems.push({ field: 'deadlineTime', key: 'publish.problem.time' });
  if (!day || !time) return { problems };
  const deadline = instantInBrussels(day, time);
  if (deadline <= now) return { problems: [{ field: 'deadlineDay', key: 'publish.problem.past' }] };
  return { deadline };
}
