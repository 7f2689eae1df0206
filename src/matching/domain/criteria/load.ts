import { daysBetween, type Day } from '../../../kernel/index.js';
import type { PackageToMatch } from '../package-to-match.js';
import type { Engagement } from '../standing.js';

/**
 * Hours of work already taken on that fall into the days of a package, spread evenly over each job's own days. A job
 * whose hours or days are not stated is not counted here. @see hoursPerhapsTaken
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

/**
 * Hours that other work may take in the days of a package beside those of `hoursTaken`: all of a job whose days are not
 * stated, and no telling how many of one whose hours are not stated and whose days are not known to be others.
 */
export function hoursPerhapsTaken(
  engagements: readonly Engagement[],
  { id, start, end }: Pick<PackageToMatch, 'id' | 'start' | 'end'>,
): number {
  const isElsewhere = (job: Engagement): boolean =>
    (job.end !== null && start !== null && job.end < start) ||
    (job.start !== null && end !== null && job.start > end);
  return engagements
    .filter((job) => job.packageId !== id && !isElsewhere(job))
    .filter((job) => job.hours === null || job.start === null || job.end === null)
    .reduce((sum, { hours }) => sum + (hours ?? Number.POSITIVE_INFINITY), 0);
}

/** Days that two periods have in common, all four ends inside. */
function daysShared(start: Day, end: Day, otherStart: Day, otherEnd: Day): number {
  const from = start > otherStart ? start : otherStart;
  const until = end < otherEnd ? end : otherEnd;
  return until < from ? 0 : daysBetween(from, until) + 1;
}
