import type { Activity } from '../../../registry/domain/index.js';
import { criterion, type Criterion, type MatchQuestion } from '../criterion.js';

/** Work on site, goods or lent staff: the activity must be offered in the way the package asks. */
export function modeCriterion({ package: asked }: MatchQuestion, activity: Activity): Criterion {
  const actual = activity.modes.join(', ');
  if (asked.mode === null) return criterion('mode', 'pass', 'any', { required: '', actual });
  const required = asked.mode;
  if (activity.modes.length === 0) return criterion('mode', 'unknown', 'not-stated', { required, actual });
  return activity.modes.includes(asked.mode)
    ? criterion('mode', 'pass', 'offered', { required, actual })
    : criterion('mode', 'fail', 'not-offered', { required, actual });
}
