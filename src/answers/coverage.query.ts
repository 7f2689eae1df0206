import { rows, type Tx } from '../platform/db/index.js';
import type { Coverage } from './domain/index.js';

/**
 * What the standing answers cover, by package; not those that were declined, nor whose enterprise refused the award. An
 * answer of a team counts by its partners' consent, not here.
 */
export async function coverageOf(
  tx: Tx,
  packageIds: readonly string[],
): Promise<ReadonlyMap<string, Coverage>> {
  const found = await rows<Coverage & { readonly packageId: string }>(
    tx,
    `WITH standing AS (
       SELECT a.package_id, a.kind, a.line_ids FROM answers.answer a
        WHERE a.package_id = ANY ($1::uuid[]) AND upper_inf(a.recorded) AND a.kind IN ('full', 'part')
          AND NOT EXISTS (SELECT FROM answers.decision d WHERE d.answer_id = a.id AND upper_inf(d.recorded)
                           AND d.state IN ('declined', 'refused'))
     )
     SELECT l.package_id AS "packageId", count(*)::int AS lines,
            count(*) FILTER (WHERE EXISTS (SELECT FROM standing s WHERE s.package_id = l.package_id
                                            AND (s.kind = 'full' OR l.id = ANY (s.line_ids))))::int AS covered,
            bool_or(EXISTS (SELECT FROM standing s WHERE s.package_id = l.package_id
                             AND s.kind = 'part' AND s.line_ids = '{}')) AS "hasUncounted"
       FROM tenders.bill_line l
      WHERE l.package_id IN (SELECT package_id FROM standing)
      GROUP BY l.package_id`,
    [packageIds],
  );
  return new Map(found.map(({ packageId, ...coverage }) => [packageId, coverage]));
}
