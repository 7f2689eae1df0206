/** Words of docs/glossary.md that a page explains: `word.<key>` and `word.<key>.means`. */
export type Word =
  | 'package'
  | 'trade'
  | 'placeable'
  | 'clause'
  | 'legalBasis'
  | 'approval'
  | 'activity'
  | 'zone'
  | 'match'
  | 'nearMiss'
  | 'team'
  | 'coverage'
  | 'award'
  | 'obligation'
  | 'commitment'
  | 'ledger'
  | 'uptake'
  | 'voluntary';

/**
 * Help on working pages, by template: what the page is for and what to do next (`guide.<room>.<view>.for` and `.next`), and the
 * words that it explains.
 */
export const GUIDES: Readonly<Record<string, readonly Word[]>> = {
  'account/views/account.njk': [],
  'account/views/mails.njk': [],
  'account/views/members.njk': [],
  'account/views/personal-data.njk': [],
  'account/views/tokens.njk': [],
  'administrator/views/approvals.njk': ['approval'],
  'administrator/views/outbox.njk': [],
  'administrator/views/tag-rules.njk': ['trade', 'placeable'],
  'contractor/views/additions.njk': ['package'],
  'contractor/views/attempts.njk': ['obligation'],
  'contractor/views/board.njk': ['coverage', 'team', 'nearMiss', 'award'],
  'contractor/views/answers.njk': ['coverage', 'team', 'award'],
  'contractor/views/bring.njk': ['package'],
  'contractor/views/buyer.njk': ['legalBasis', 'clause'],
  'contractor/views/buyer-check.njk': ['legalBasis', 'clause'],
  'contractor/views/clauses.njk': ['clause', 'legalBasis', 'voluntary'],
  'contractor/views/correction.njk': ['package'],
  'contractor/views/decision.njk': ['award'],
  'contractor/views/description.njk': ['package', 'trade'],
  'contractor/views/files.njk': [],
  'contractor/views/layouts.njk': [],
  'contractor/views/lines.njk': ['package'],
  'contractor/views/obligation.njk': ['obligation', 'commitment', 'ledger'],
  'contractor/views/obligations.njk': ['obligation', 'ledger'],
  'contractor/views/package.njk': ['package', 'trade', 'placeable'],
  'contractor/views/publish.njk': ['match', 'nearMiss', 'clause'],
  'contractor/views/reading.njk': ['package'],
  'contractor/views/tag-rules.njk': ['trade', 'placeable'],
  'contractor/views/tender.njk': ['package', 'placeable', 'trade'],
  'contractor/views/tenders.njk': [],
  'contractor/views/terms.njk': ['approval'],
  'contractor/views/team-call.njk': ['team', 'coverage'],
  'contractor/views/what-if.njk': ['match', 'nearMiss', 'team'],
  'enterprise/views/activity.njk': ['activity', 'zone', 'trade'],
  'enterprise/views/answer.njk': ['coverage'],
  'enterprise/views/approval.njk': ['approval'],
  'enterprise/views/opportunities.njk': ['match', 'nearMiss'],
  'enterprise/views/opportunity.njk': ['match', 'clause', 'team'],
  'enterprise/views/performances.njk': ['commitment', 'ledger'],
  'enterprise/views/profile.njk': ['approval', 'activity', 'zone'],
  'enterprise/views/team.njk': ['team', 'coverage'],
  'enterprise/views/team-request.njk': ['team'],
  'enterprise/views/what-if.njk': ['match', 'zone'],
  'law/views/proposals.njk': ['legalBasis'],
  'law/views/rules.njk': ['legalBasis', 'clause'],
  'news/views/news.njk': [],
  'working-group/views/figures.njk': ['uptake', 'placeable', 'match', 'voluntary'],
  'working-group/views/losses.njk': ['uptake', 'nearMiss'],
  'working-group/views/lost.njk': ['nearMiss'],
  'working-group/views/packages.njk': ['uptake', 'package'],
};

/** What the frame asks for on a page: the start of the keys, and the words. */
export interface Guide {
  readonly key: string;
  readonly words: readonly Word[];
}

/** @returns null for a page without help */
export function guideOf(template: string): Guide | null {
  const words = GUIDES[template];
  return words ? { key: `guide.${template.replace('/views/', '.').replace('.njk', '')}`, words } : null;
}
