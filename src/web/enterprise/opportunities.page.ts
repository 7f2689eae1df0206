import {
  OPPORTUNITY_STATES,
  type FoundOpportunities,
  type Opportunity,
  type OpportunityState,
  type TeamRequest,
} from '../../answers/index.js';
import { isLanguage, type Day, type Language } from '../../kernel/index.js';
import type { CriterionShown } from '../shared/criterion.js';
import { pagesOf, type Pages } from '../shared/paging.js';
import { readSearch } from '../shared/search-words.js';
import { enterprisePaths } from './paths.js';

/** An opportunity as pages show it: amounts in one piece; criteria in words where they are read one by one. */
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
  | 'isInvited'
  | 'withdrawal'
  | 'questions'
  | 'asksPrice'
  | 'draftedAt'
> {
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly hours: { readonly min: string; readonly max: string } | null;
  readonly criteria: readonly CriterionNamed[];
  readonly documentLanguage: Language | null;
  readonly given: Opportunity['answer'];
}

type CriterionNamed = Pick<CriterionShown, 'key' | 'result'>;

export interface OpportunityCard extends OpportunityShown {
  readonly href: string;
  /** Criteria that hold, by key: why it concerns them. */
  readonly because: readonly string[];
  /** Criteria that nobody could check. */
  readonly toCheck: readonly string[];
}

export const OPPORTUNITIES_A_PAGE = 50;

/** What somebody wants to see of the list, as it stands in the address. */
export interface OpportunitiesQuestion {
  readonly state?: unknown;
  readonly q?: unknown;
  readonly page?: unknown;
}

export interface OpportunitiesPage {
  /** What others ask it to take part in, the next deadline first; on the first page of all. */
  readonly requests: readonly (TeamRequest & { readonly href: string })[];
  /** What is open and not answered yet, what is answered, what is over; those of this page. */
  readonly sections: readonly {
    readonly state: OpportunityState;
    /** On all pages. */
    readonly count: number;
    readonly cards: readonly OpportunityCard[];
  }[];
  readonly isNothingOpen: boolean;
  /** Told of, and not for this enterprise any more; the latest first. */
  readonly lost: readonly LostShown[];
  readonly question: string;
  /** Where to look at one state alone, null for all of them; empty while all fit on one page. */
  readonly filters: readonly {
    readonly state: OpportunityState | null;
    readonly count: number;
    readonly href: string;
    readonly isCurrent: boolean;
  }[];
  readonly state: OpportunityState | null;
  readonly href: string;
  readonly pages: Pages;
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

export function opportunityShown(found: Opportunity, criteria: readonly CriterionNamed[]): OpportunityShown {
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

/** The part of the list that is asked for; a state that is none is all of them. */
export function readQuestion({ state, q }: OpportunitiesQuestion): {
  readonly state: OpportunityState | null;
  readonly question: string;
  readonly words: readonly string[];
} {
  return { state: OPPORTUNITY_STATES.find((known) => known === state) ?? null, ...readSearch(q) };
}

export function opportunitiesPage(
  found: Pick<FoundOpportunities, 'counts'> & { readonly items: readonly OpportunityShown[] },
  asked: OpportunitiesQuestion,
  now: Date,
  requests: readonly TeamRequest[] = [],
  lost: readonly LostShown[] = [],
): OpportunitiesPage {
  const { state, question } = readQuestion(asked);
  const hrefOf = (of: OpportunityState | null, page = 1): string => {
    const kept = new URLSearchParams({
      ...(of === null ? {} : { state: of }),
      ...(question === '' ? {} : { q: question }),
      ...(page === 1 ? {} : { page: String(page) }),
    });
    return kept.size === 0 ? enterprisePaths.opportunities() : `${enterprisePaths.opportunities()}?${kept}`;
  };
  const all = OPPORTUNITY_STATES.reduce((sum, one) => sum + found.counts[one], 0);
  const count = state === null ? all : found.counts[state];
  const pages = pagesOf(count, OPPORTUNITIES_A_PAGE, asked.page, (page) => hrefOf(state, page));
  const isBeginning = state === null && question === '' && pages.current === 1;
  const isLong = all > OPPORTUNITIES_A_PAGE || state !== null || question !== '';
  const cards = Map.groupBy(found.items, (item) => stateOf(item, now));
  return {
    requests: isBeginning
      ? requests.map((one) => ({ ...one, href: enterprisePaths.teamRequest(one.placeId) }))
      : [],
    sections: OPPORTUNITY_STATES.flatMap((one) => {
      const here = cards.get(one);
      return here ? [{ state: one, count: found.counts[one], cards: here.map(card) }] : [];
    }),
    isNothingOpen: isBeginning && found.counts.open === 0,
    lost: isBeginning ? lost : [],
    question,
    filters: isLong
      ? [null, ...OPPORTUNITY_STATES].map((one) => ({
          state: one,
          count: one === null ? all : found.counts[one],
          href: hrefOf(one),
          isCurrent: one === state,
        }))
      : [],
    state,
    href: enterprisePaths.opportunities(),
    pages,
  };
}

function stateOf(item: OpportunityShown, now: Date): OpportunityState {
  if (!isOpen(item, now)) return 'closed';
  return item.given === null ? 'open' : 'answered';
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
