import { rows, type Tx } from '../../platform/db/index.js';
import type { Criterion } from '../../matching/index.js';
import type { Opportunity } from './opportunities.page.js';

/** An offered package that matches the enterprise, before its criteria are put in words. */
export type OpportunityRow = Omit<Opportunity, 'criteria'> & { readonly criteria: readonly Criterion[] };

const OPPORTUNITIES_SQL = `
  SELECT p.id AS "packageId", p.title, o.name AS contractor, t.place->>'municipality' AS municipality,
         t.deadline, t.status, m.verdict, m.criteria,
         CASE WHEN p.value IS NULL THEN NULL
              ELSE jsonb_build_object('amount', p.value::text, 'currency', coalesce(p.currency, 'EUR')) END AS value,
         ARRAY(SELECT g.value FROM tagging.tag g
               WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed' ORDER BY g.value) AS trades,
         (SELECT a.kind FROM answers.answer a
          WHERE a.package_id = p.id AND a.organisation_id = $1 AND upper_inf(a.recorded)) AS answer
  FROM matching.match m
  JOIN tenders.work_package p ON p.id = m.package_id
  JOIN tenders.tender t ON t.id = m.tender_id
  JOIN accounts.organisation o ON o.id = t.organisation_id
  WHERE m.enterprise_organisation_id = $1 AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
    AND p.offered AND t.status <> 'draft' AND ($2::uuid IS NULL OR p.id = $2)
  ORDER BY t.deadline NULLS LAST, p.id
  LIMIT 500`;

/** What an enterprise may answer or has answered. @param packageId one package alone, or all of them */
export function opportunities(
  tx: Tx,
  organisationId: string,
  packageId: string | null = null,
): Promise<OpportunityRow[]> {
  return rows<OpportunityRow>(tx, OPPORTUNITIES_SQL, [organisationId, packageId]);
}
