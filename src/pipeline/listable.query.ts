import { rows, type Tx } from '../platform/db/index.js';

/**
 * Of packages, those that an enterprise may be shown and that it was not put to yet, in the order given: open, not awarded,
 * not for others alone.
 */
export async function listablePackages(
  tx: Tx,
  packageIds: readonly string[],
  enterprise: { readonly id: string; readonly organisationId: string },
  now: Date,
): Promise<string[]> {
  if (packageIds.length === 0) return [];
  const found = await rows<{ id: string }>(
    tx,
    // Looked up by lists and not joined: row security has the planner expect one row of each table.
    `WITH judged AS MATERIALIZED (
       SELECT m.package_id FROM matching.match m WHERE m.enterprise_id = $2 AND upper_inf(m.recorded)
     )
     SELECT p.id FROM tenders.work_package p
     JOIN tenders.tender t ON t.id = p.tender_id AND t.status = 'published' AND (t.deadline IS NULL OR t.deadline > $4)
     WHERE p.id = ANY ($1::uuid[]) AND p.offered AND p.id NOT IN (SELECT package_id FROM judged)
       AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)
       AND tenders.may_hear(t.id, $3)
     ORDER BY array_position($1, p.id)`,
    [packageIds, enterprise.id, enterprise.organisationId, now],
  );
  return found.map(({ id }) => id);
}
