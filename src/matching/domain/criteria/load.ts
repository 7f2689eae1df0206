import { daysBetween, type Day } from '../../../kernel/index.js';
import type { PackageToMatch } from '../package-to-match.js';
import type { Engagement } from '../standing.js';

/**
 * Hours of work already taken on that fall into the days of a package, spread evenly over each job's own days. A job
 * whose hours or days are not stated is not counted: what is not known takes nothing away.
 */
export function hoursTaken(
  engagements: readonly Engagement[],
  { id, start, end }: Pick<PackageToMatch, 'id' | 'start' | 'end'>,
): number {
  if (start === null || end === null) return 0;
  const hours = engagements
    .filter(({ packageId }) => packageId !== id)
    .map((job) =>
      job.hours === null || job.start === null || job.end === null
        ? 0
        : (job.hours * daysShared(start, end, job.start, job.end)) / (daysBetween(job.start, job.end) + 1),
    );
  return Math.ceil(hours.reduce((sum, some) => sum + some, 0));
}

/** Days that two periods have in common, all four ends inside. */
function daysShared(start: Day, end: Day, otherStart: Day, otherEnd: Day): number {
  const from = start > otherStart ? start : otherStart;
  const until = end < otherEnd ? end : otherEnd;
  return until < from ? 0 : daysBetween(from, until) + 1;
}
