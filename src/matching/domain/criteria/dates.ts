import { daysBetween } from '../../../kernel/index.js';
import type { Capacity } from '../../../registry/domain/index.js';
import { seasonCriterion } from './season.js';
import { criterion, type Criterion, type MatchQuestion } from '../criterion.js';

/** The activity can start when the works do, and the works are in its season. */
export function datesCriterion(question: MatchQuestion, capacity: Capacity): Criterion {
  const start = startCriterion(question, capacity);
  return start.result === 'fail' ? start : (seasonCriterion(question, capacity) ?? start);
}

/** An activity that states no first day is free from now on. */
function startCriterion({ package: asked, on }: MatchQuestion, { from }: Capacity): Criterion {
  const required = asked.start === null ? '' : `${asked.start}..${asked.end ?? ''}`;
  const actual = from ?? '';
  if (from === null || from <= on) return criterion('dates', 'pass', 'free', { required, actual });
  if (asked.start === null) {
    return criterion('dates', 'unknown', 'start-not-stated', {
      required,
      actual,
      changeableBy: 'contractor',
    });
  }
  if (from <= asked.start) return criterion('dates', 'pass', 'free-in-time', { required, actual });
  const params = { days: daysBetween(asked.start, from), from };
  return criterion('dates', 'fail', 'free-too-late', { required, actual, params });
}
