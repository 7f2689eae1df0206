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
    `SELECT p.id FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place)
     JOIN tenders.work_package p ON p.id = asked.id AND p.offered
     JOIN tenders.tender t ON t.id = p.tender_id AND t.status = 'published' AND (t.deadline IS NULL OR t.deadline > $4)
     WHERE NOT EXISTS (SELECT FROM matching.match m
                        WHERE m.package_id = p.id AND m.enterprise_id = $2 AND upper_inf(m.recorded))
       AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)
       AND tenders.may_hear(t.id, $3)
     ORDER BY asked.place`,
    [packageIds, enterprise.id, enterprise.organisationId, now],
  );
  return found.map(({ id }) => id);
}
