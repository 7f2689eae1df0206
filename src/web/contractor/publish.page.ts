import { addDays, dayInBrussels, type Day, type ProblemInWords } from '../../kernel/index.js';
import type { InvitationForecast } from '../../pipeline/index.js';
import type { Tender } from '../../tenders/index.js';
import type { PackageLine } from './tender.page.js';
import { contractorPaths } from './paths.js';

/** Shorter, and an enterprise has no time to look at the site and to find a partner. */
export const RECOMMENDED_DAYS = 14;

export interface PublishPage {
  readonly title: string;
  readonly tenderHref: string;
  readonly href: string;
  readonly deadline: { readonly day: Day | null; readonly time: string | null };
  readonly recommendedDay: Day;
  readonly offered: readonly PackageLine[];
  /** Everything is there: it can be published. */
  readonly ready: boolean;
  readonly lacking: readonly (ProblemInWords & { readonly href: string })[];
  readonly clauseLabel: string | null;
  readonly forecast: InvitationForecast | null;
}

export interface PublishFacts {
  /** Null when it was not asked: the tender is too large. */
  readonly forecast: InvitationForecast | null;
  readonly tender: Tender;
  readonly packages: readonly PackageLine[];
  readonly lacking: readonly ProblemInWords[];
  readonly clauseLabel: string | null;
  readonly today: Day;
}

export function publishPage(facts: PublishFacts): PublishPage {
  const { tender, packages, lacking, clauseLabel, today, forecast } = facts;
  const deadline = tender.deadline;
  return {
    title: tender.title,
    tenderHref: contractorPaths.tender(tender.id),
    href: contractorPaths.publish(tender.id),
    deadline: {
      day: deadline && dayInBrussels(deadline),
      time: deadline && timeInBrussels(deadline),
    },
    recommendedDay: forecast?.recommended ?? addDays(today, RECOMMENDED_DAYS),
    forecast,
    offered: packages.filter((item) => item.offered),
    ready: tender.status === 'draft' && lacking.every(isDeadline),
    lacking: lacking.map((problem) => ({ ...problem, href: whereToFix(tender.id, problem, packages) })),
    clauseLabel,
  };
}

/** The page on which what is missing can be given. */
export function whereToFix(
  tenderId: string,
  problem: ProblemInWords,
  packages: readonly PackageLine[],
): string {
  const pointer = problem.place && 'pointer' in problem.place ? problem.place.pointer : '';
  if (pointer === '/buyer') return contractorPaths.buyer(tenderId);
  if (pointer === '/clause') return contractorPaths.clauses(tenderId);
  if (pointer === '/deadline') return '#deadlineDay';
  const ref = /^\/packages\/(.+)\/(?:trades|sites)$/.exec(pointer)?.[1];
  return packages.find((item) => item.ref === ref)?.href ?? contractorPaths.tender(tenderId);
}

function timeInBrussels(instant: Date): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Brussels',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
}

/** The deadline is on this very page: publishing sends it along. */
function isDeadline(problem: ProblemInWords): boolean {
  return problem.place !== null && 'pointer' in problem.place && problem.place.pointer === '/deadline';
}
