import { DEBT_CLAUSES, obligationOfTender } from '../../obligations/index.js';
import type { Tender } from '../../tenders/index.js';
import type { Tx } from '../../platform/db/index.js';
import { newObligationHref } from './obligations.page.js';
import { contractorPaths } from './paths.js';

/** The debt under the main contract a tender executes, or where to enter it; null for a tender without such a clause. */
export async function obligationHrefOf(tx: Tx, tender: Tender): Promise<string | null> {
  const { buyer, mainClause, mainContract } = tender.buyer?.facts ?? {};
  if (buyer !== 'pep' || !DEBT_CLAUSES.some((clause) => clause === mainClause)) return null;
  const known = await obligationOfTender(tx, tender.organisationId, {
    id: tender.id,
    mainContract: typeof mainContract === 'string' ? mainContract : null,
  });
  return known ? contractorPaths.obligation(known.id) : newObligationHref(tender.id);
}
