import { rows, type Tx } from '../platform/db/index.js';
import type { Coverage } from './domain/index.js';

/** What the standing answers cover, by package. An answer of a team counts by its partners' consent, not here. */
export async function coverageOf(
  tx: Tx,
  packageIds: readonly string[],
): Promise<ReadonlyMap<string, Coverage>> {
  const found = await rows<Coverage & { readonly packageId: string }>(
    tx,
    `WITH standing AS (
       SELECT package_id, kind, line_ids FROM answers.answer
        WHERE package_id = ANY ($1::uuid[]) AND upper_inf(recorded) AND kind IN ('full', 'part')
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
