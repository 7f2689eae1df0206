import { rows, type Tx } from '../../platform/db/index.js';

/** A tender that executes a public contract with a clause, whose debt nobody entered yet. */
export interface WaitingTender {
  readonly id: string;
  readonly title: string;
}

const WAITING_SQL = `
  SELECT t.id, t.title FROM tenders.tender t
  WHERE t.organisation_id = $1 AND t.status <> 'withdrawn' AND t.buyer->'facts'->>'buyer' = 'pep'
    AND t.buyer->'facts'->>'mainClause' IN ('flex', 'training', 'subcontracting')
    AND NOT EXISTS (
      SELECT FROM obligations.obligation o WHERE o.organisation_id = t.organisation_id
         AND (o.tender_id = t.id OR o.main_contract_key
              = lower(regexp_replace(btrim(t.buyer->'facts'->>'mainContract'), '\\s+', ' ', 'g'))))
  ORDER BY t.created_at DESC, t.id LIMIT 50`;

export function waitingTenders(tx: Tx, organisationId: string): Promise<WaitingTender[]> {
  return rows<WaitingTender>(tx, WAITING_SQL, [organisationId]);
}
