import type { Day, Problem } from '../../kernel/index.js';
import { REGIONS } from '../../legal-basis/domain/index.js';
import { FieldReader } from './field-reader.js';
import { DEBT_CLAUSES, DEBT_SOURCES, routesOf, type DebtTerms } from './obligation.js';

/**
 * Reads what a contractor says of its debt. `hours` in hours, `share` as a fraction of the approved `offer` in EUR
 * without VAT, all decimals as text; `region` may be left out.
 * @returns the terms, or what is wrong with each field
 */
export function checkDebt(given: Readonly<Record<string, unknown>>, today: Day): DebtTerms | Problem[] {
  const read = new FieldReader(given);
  const clause = read.oneOf('clause', DEBT_CLAUSES);
  const terms: DebtTerms = {
    noticeDate: read.day('noticeDate', today),
    region: REGIONS.find((region) => region === given['region']) ?? null,
    clause,
    hours: read.optionalQuantity('hours'),
    share: read.optionalShare('share'),
    offer: read.optionalQuantity('offer'),
    source: read.oneOf('source', DEBT_SOURCES),
    document: read.text('document'),
    clauseNumber: read.optionalText('clauseNumber'),
  };
  checkEffort(read, terms);
  return read.problems.length > 0 ? read.problems : terms;
}

/** The clause fixes an effort by each route it names; a flexible one may name only one of them. */
function checkEffort(read: FieldReader, { clause, hours, share, offer }: DebtTerms): void {
  const routes = routesOf(clause);
  if (hours !== null && !routes.includes('training')) read.refuse('hours.not-of-clause', 'hours', hours);
  if (share !== null && !routes.includes('subcontracting'))
    read.refuse('share.not-of-clause', 'share', share);
  if (hours === null && share === null)
    read.refuse('effort.missing', clause === 'subcontracting' ? 'share' : 'hours');
  if (share !== null && offer === null) read.refuse('missing.offer', 'offer');
  if (share === null && offer !== null) read.refuse('missing.share', 'share');
}
