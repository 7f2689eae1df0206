import { dayInBrussels, type Problem } from '../../kernel/index.js';
import { isAnsweredOtherwise, type DraftAnswer } from './buyer-draft.js';
import type { Tender, WorkPackage } from './tender.js';

/** Why a package cannot be told to enterprises yet: it would match nobody, or everybody. */
export interface OfferedPackage {
  readonly workPackage: WorkPackage;
  /** CPV codes the contractor confirmed. */
  readonly trades: readonly string[];
}

function missing(code: string, pointer: string, params: Record<string, string> = {}): Problem {
  return { code, severity: 'error', place: { pointer }, found: null, expected: null, params };
}

/** As many places as enterprises are looked up for; a package of more is several. */
export const MOST_SITES = 200;

/**
 * What is still missing before a draft may be published; empty when nothing is.
 * @param draft answers about the buyer that nobody has confirmed yet
 * @param now the deadline for answers must lie ahead of it
 */
export function whatPublishingLacks(
  tender: Tender,
  draft: readonly DraftAnswer[],
  offered: readonly OfferedPackage[],
  now: Date,
): Problem[] {
  const problems: Problem[] = [];
  if (tender.buyer === null) problems.push(missing('tender.buyer.unknown', '/buyer'));
  else if (isAnsweredOtherwise(tender.buyer.answers, draft))
    problems.push(missing('tender.buyer.unconfirmed', '/buyer'));
  if (tender.buyer !== null && typeof tender.clause?.instrument !== 'string') {
    problems.push(missing('tender.clause.unchosen', '/clause'));
  }
  if (tender.deadline === null) problems.push(missing('tender.deadline.missing', '/deadline'));
  else if (tender.deadline <= now) {
    problems.push({
      ...missing('tender.deadline.past', '/deadline'),
      found: dayInBrussels(tender.deadline),
      expected: dayInBrussels(now),
    });
  }
  if (tender.visibility === 'invited' && tender.invited.length === 0)
    problems.push(missing('tender.invited.none', '/visibility'));
  if (offered.length === 0) problems.push(missing('tender.packages.none-offered', '/packages'));
  for (const { workPackage, trades } of offered) {
    const pointer = `/packages/${workPackage.ref}`;
    if (trades.length === 0)
      problems.push(missing('package.trade.missing', `${pointer}/trades`, { ref: workPackage.ref }));
    const places = workPackage.sites.length;
    const { ref } = workPackage;
    if (places === 0) problems.push(missing('package.site.missing', `${pointer}/sites`, { ref }));
    if (places > MOST_SITES) {
      problems.push({
        ...missing('package.sites.too-many', `${pointer}/sites`, { ref }),
        found: String(places),
        expected: String(MOST_SITES),
      });
    }
  }
  return problems;
}
