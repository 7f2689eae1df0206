import type { Opportunity, TeamRequest } from '../../answers/index.js';
import { isLanguage, type Day, type Language } from '../../kernel/index.js';
import type { CriterionShown } from '../shared/criterion.js';
import { enterprisePaths } from './paths.js';

/** An opportunity as pages show it: criteria in words, amounts in one piece. */
export interface OpportunityShown extends Pick<
  Opportunity,
  | 'packageId'
  | 'title'
  | 'tenderTitle'
  | 'description'
  | 'contractor'
  | 'municipality'
  | 'postalCode'
  | 'trades'
  | 'startsOn'
  | 'endsOn'
  | 'deadline'
  | 'status'
  | 'verdict'
  | 'isClosed'
  | 'fitsNow'
  | 'withdrawal'
  | 'questions'
> {
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly hours: { readonly min: string; readonly max: string } | null;
  readonly criteria: readonly CriterionShown[];
  readonly documentLanguage: Language | null;
  readonly given: Opportunity['answer'];
}

export interface OpportunityCard extends OpportunityShown {
  readonly href: string;
  /** Criteria that hold, by key: why it concerns them. */
  readonly because: readonly string[];
  /** Criteria that nobody could check. */
  readonly toCheck: readonly string[];
}

export interface OpportunitiesPage {
  /** What others ask it to take part in, the next deadline first. */
  readonly requests: readonly (TeamRequest & { readonly href: string })[];
  /** Open and not answered yet, the next deadline first. */
  readonly open: readonly OpportunityCard[];
  readonly answered: readonly OpportunityCard[];
  /** Past their deadline, or withdrawn; the latest first. */
  readonly closed: readonly OpportunityCard[];
  /** Told of, and not for this enterprise any more; the latest first. */
  readonly lost: readonly LostShown[];
}

/** A package that went by itself, with what does not fit now as a sentence. */
export interface LostShown {
  readonly tender: string;
  readonly contractor: string;
  readonly on: Day;
  readonly reason: string | null;
}

/** How far back, and how many at most: a reminder of what became of a mail, no archive. */
export const LOST_SHOWN = { days: 60, most: 10 } as const;

export function opportunityShown(found: Opportunity, criteria: readonly CriterionShown[]): OpportunityShown {
  const { value, currency, hoursMin, hoursMax, language, answer, ...rest } = found;
  return {
    ...rest,
    criteria,
    value: value === null ? null : { amount: value, currency: currency ?? 'EUR' },
    hours: hoursMin === null || hoursMax === null ? null : { min: hoursMin, max: hoursMax },
    documentLanguage: isLanguage(language) ? language : null,
    given: answer,
  };
}

export function opportunitiesPage(
  opportunities: readonly OpportunityShown[],
  now: Date,
  requests: readonly TeamRequest[] = [],
  lost: readonly LostShown[] = [],
): OpportunitiesPage {
  const cards = opportunities.map(card).sort((a, b) => time(a.deadline) - time(b.deadline));
  return {
    requests: requests.map((one) => ({ ...one, href: enterprisePaths.teamRequest(one.placeId) })),
    open: cards.filter((item) => isOpen(item, now) && item.given === null),
    answered: cards.filter((item) => isOpen(item, now) && item.given !== null),
    closed: cards.filter((item) => !isOpen(item, now)).reverse(),
    lost,
  };
}

/** It can still be answered. */
export function isOpen(
  {
    status,
    deadline,
    isClosed,
    withdrawal,
  }: Pick<OpportunityShown, 'status' | 'deadline' | 'isClosed' | 'withdrawal'>,
  now: Date,
): boolean {
  return status === 'published' && !isClosed && withdrawal === null && (deadline === null || deadline > now);
}

function card(item: OpportunityShown): OpportunityCard {
  const keys = (result: CriterionShown['result']): string[] =>
    item.criteria.filter((criterion) => criterion.result === result).map((criterion) => criterion.key);
  return {
    ...item,
    href: enterprisePaths.opportunity(item.packageId),
    because: keys('pass'),
    toCheck: keys('unknown'),
  };
}

function time(deadline: Date | null): number {
  return deadline?.getTime() ?? Number.POSITIVE_INFINITY;
}
