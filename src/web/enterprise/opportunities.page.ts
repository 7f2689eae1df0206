import type { AnswerKind } from '../../answers/index.js';
import type { CriterionShown, MatchVerdict } from '../shared/criterion.js';
import { enterprisePaths } from './paths.js';

/** An offered package that matches the enterprise, as its list shows it. */
export interface Opportunity {
  readonly packageId: string;
  readonly title: string;
  readonly contractor: string;
  readonly municipality: string | null;
  readonly trades: readonly string[];
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly deadline: Date | null;
  readonly status: 'published' | 'withdrawn';
  readonly verdict: Exclude<MatchVerdict, 'near-miss'>;
  readonly criteria: readonly CriterionShown[];
  readonly answer: AnswerKind | null;
}

export interface OpportunityCard extends Opportunity {
  readonly href: string;
  /** Criteria that hold, by key: why it concerns them. */
  readonly because: readonly string[];
  /** Criteria that nobody could check. */
  readonly toCheck: readonly string[];
}

export interface OpportunitiesPage {
  /** Open and not answered yet, the next deadline first. */
  readonly open: readonly OpportunityCard[];
  readonly answered: readonly OpportunityCard[];
  /** Past their deadline, or withdrawn. */
  readonly closed: readonly OpportunityCard[];
}

export function opportunitiesPage(opportunities: readonly Opportunity[], now: Date): OpportunitiesPage {
  const cards = opportunities.map(card).sort((a, b) => time(a.deadline) - time(b.deadline));
  const isOpen = (item: OpportunityCard): boolean =>
    item.status === 'published' && (item.deadline === null || item.deadline > now);
  return {
    open: cards.filter((item) => isOpen(item) && item.answer === null),
    answered: cards.filter((item) => isOpen(item) && item.answer !== null),
    closed: cards.filter((item) => !isOpen(item)).reverse(),
  };
}

function card(item: Opportunity): OpportunityCard {
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
