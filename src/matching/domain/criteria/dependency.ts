import type { Because, MatchQuestion } from '../criterion.js';
import type { Engagement } from '../standing.js';

/** From so many jobs on, this one counted in, a share means something; and the share from which one client is most of it. */
export const DEPENDENCY = { jobs: 3, share: 0.5 } as const;

/**
 * A warning, never a verdict: with this package, more than half of what the enterprise has taken on would come from
 * one client. Hours are compared where all are known, else the number of jobs.
 * @returns null where there is nothing to warn of, or the client is not known
 */
export function dependencyWarning(
  { package: asked, contractor }: Pick<MatchQuestion, 'package' | 'contractor'>,
  engagements: readonly Engagement[],
): Because | null {
  const others = engagements.filter(
    ({ packageId, contractor: of }) => packageId !== asked.id && of !== undefined,
  );
  const jobs = [...others, { contractor, hours: asked.hours }];
  if (contractor === null || jobs.length < DEPENDENCY.jobs) return null;
  const areHoursKnown = jobs.every(({ hours }) => hours !== null && hours > 0);
  const weigh = (some: typeof jobs): number =>
    some.reduce((sum, { hours }) => sum + (areHoursKnown ? hours! : 1), 0);
  const share = weigh(jobs.filter((job) => job.contractor === contractor)) / weigh(jobs);
  if (share <= DEPENDENCY.share) return null;
  return { code: 'capacity.one-client', params: { share: Math.round(share * 100), jobs: jobs.length } };
}
