import { rows, type Tx } from '../platform/db/index.js';
import { MOST_SITES } from '../tenders/index.js';

/** Published tenders whose answer day has not passed, oldest first. */
export async function openTenderIds(tx: Tx, now: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT id FROM tenders.tender WHERE status = 'published' AND (deadline IS NULL OR deadline > $1) ORDER BY id`,
    [now],
  );
  return found.map(({ id }) => id);
}

/** Which of the packages are offered and take answers. */
export async function stillOpen(tx: Tx, packageIds: readonly string[], now: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT p.id FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
     WHERE p.id = ANY ($1::uuid[]) AND p.offered AND t.status = 'published' AND (t.deadline IS NULL OR t.deadline > $2)`,
    [packageIds, now],
  );
  return found.map(({ id }) => id);
}

/** Tenders of which demand is written and that take no answers any more. */
export async function tendersClosed(tx: Tx, now: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT DISTINCT o.tender_id AS id FROM matching.open_package o JOIN tenders.tender t ON t.id = o.tender_id
     WHERE t.status <> 'published' OR t.deadline <= $1`,
    [now],
  );
  return found.map(({ id }) => id);
}

/** Of what a tender offers, the first package of each set of trades that was confirmed. */
export async function onePackageOfEachTrade(tx: Tx, tenderId: string, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT DISTINCT ON (trades) id
     FROM (SELECT p.id, p.ordinal, array_agg(g.value ORDER BY g.value) AS trades
           FROM tenders.work_package p
           JOIN tagging.tag g ON g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed'
           WHERE p.tender_id = $1 AND p.offered AND cardinality(p.sites) > 0
           GROUP BY p.id) AS confirmed
     ORDER BY trades, ordinal, id LIMIT $2`,
    [tenderId, limit],
  );
  return found.map(({ id }) => id);
}

/** Packages of what a tender offers that may lack something before it is published: too many perhaps, never too few. */
export async function offeredInDoubt(tx: Tx, tenderId: string, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT p.id FROM tenders.work_package p
     WHERE p.tender_id = $1 AND p.offered
       AND (cardinality(p.sites) NOT BETWEEN 1 AND $2
            OR NOT EXISTS (SELECT FROM tagging.tag g
                            WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed'))
     ORDER BY p.ordinal, p.id LIMIT $3`,
    [tenderId, MOST_SITES, limit],
  );
  return found.map(({ id }) => id);
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
