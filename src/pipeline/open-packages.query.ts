import { rows, type Tx } from '../platform/db/index.js';

/** Published tenders whose answer day has not passed, oldest first. */
export async function openTenderIds(tx: Tx, now: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT id FROM tenders.tender WHERE status = 'published' AND (deadline IS NULL OR deadline > $1) ORDER BY id`,
    [now],
  );
  return found.map(({ id }) => id);
}

/**
 * Open packages that an enterprise may have to do with: those it has a verdict on, and those that ask for a trade
 * of the divisions it serves. This may name too many, never too few.
 * @param divisions as `divisionsServed` says
 */
export async function packagesToReconsider(
  tx: Tx,
  enterpriseId: string,
  divisions: readonly string[],
  now: Date,
): Promise<{ readonly packageId: string; readonly tenderId: string }[]> {
  return rows(
    tx,
    `SELECT p.id AS "packageId", p.tender_id AS "tenderId"
     FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
     WHERE t.status = 'published' AND (t.deadline IS NULL OR t.deadline > $3) AND p.offered
       AND (EXISTS (SELECT FROM tagging.tag g WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed'
                    AND left(g.value, 2) = ANY ($2::text[]))
            OR EXISTS (SELECT FROM matching.match m WHERE m.package_id = p.id AND m.enterprise_id = $1
                       AND upper_inf(m.recorded)))
     ORDER BY p.id`,
    [enterpriseId, divisions, now],
  );
}

/** Packages published in the twelve months before `now`, newest first. */
export function packagesOfYear(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ readonly packageId: string; readonly tenderId: string }[]> {
  return rows(
    tx,
    `SELECT p.id AS "packageId", t.id AS "tenderId" FROM tenders.tender t
     JOIN tenders.work_package p ON p.tender_id = t.id AND p.offered
     WHERE t.published_at BETWEEN $1::timestamptz - interval '1 year' AND $1
     ORDER BY t.published_at DESC, p.id LIMIT $2`,
    [now, limit],
  );
}
