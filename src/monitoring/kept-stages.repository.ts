import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { acts, KIND_COLUMNS, KIND_STAGES, PACKAGE_COLUMNS, packageStages } from './stages.query.js';

/**
 * Writes the stages of packages that are marked anew. Marks are taken first, by one worker at a time: an act that
 * commits meanwhile either is seen by what is written, or left a mark that stays.
 * @returns how many packages were taken; fewer than `limit`: none is left, or another worker is at it
 */
export async function keepStages(tx: Tx, limit: number): Promise<number> {
  const turn = await maybeRow<{ ours: boolean }>(
    tx,
    `SELECT pg_try_advisory_xact_lock(hashtext('monitoring.package_stage')) AS ours`,
  );
  if (!turn?.ours) return 0;
  const taken = await rows<{ id: string }>(
    tx,
    `WITH chosen AS (SELECT DISTINCT package_id FROM monitoring.marked_package LIMIT $1),
     gone AS (DELETE FROM monitoring.marked_package m USING chosen c WHERE m.package_id = c.package_id RETURNING m.package_id)
     SELECT DISTINCT package_id AS id FROM gone`,
    [limit],
  );
  const ids = taken.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const table of ['package_stage', 'kind_stage'])
    await rows(tx, `DELETE FROM monitoring.${table} WHERE package_id = ANY ($1)`, [ids]);
  await rows(
    tx,
    `WITH ${acts('$1')}, packages AS (INSERT INTO monitoring.package_stage (${PACKAGE_COLUMNS}) ${packageStages('$1')})
     INSERT INTO monitoring.kind_stage (${KIND_COLUMNS}) ${KIND_STAGES}`,
    [ids],
  );
  return ids.length;
}

/** Names the kept rows that the actor sees, all of them: where it is the same, they are the very same rows. */
export async function keptRows(tx: Tx): Promise<string> {
  const [kept] = await rows<{ name: string }>(
    tx,
    `SELECT count(*) || ' ' || coalesce(bit_xor(drawn), 0) AS name FROM monitoring.package_stage`,
  );
  return kept!.name;
}

/**
 * Published packages whose stages are to be written anew.
 * @returns `ids` of no more than `limit` of them, and how many there are
 */
export async function markedPackages(tx: Tx, limit: number): Promise<{ ids: string[]; count: number }> {
  const marked = await rows<{ id: string; count: number }>(
    tx,
    `SELECT p.id, count(*) OVER ()::int AS count
     FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
     WHERE t.published_at IS NOT NULL AND p.id IN (SELECT package_id FROM monitoring.marked_package) LIMIT $1`,
    [limit],
  );
  return { ids: marked.map(({ id }) => id), count: marked[0]?.count ?? 0 };
}

/** Marks each published package, so that all is written anew. @returns how many */
export function markAll(tx: Tx): Promise<number> {
  return affected(
    tx,
    `INSERT INTO monitoring.marked_package
     SELECT p.id FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id WHERE t.published_at IS NOT NULL`,
  );
}

/** Marks what an enterprise came into that is of another kind now: it is counted under the kind it is of. */
export async function markKindChanged(tx: Tx, enterpriseId: string): Promise<void> {
  await rows(
    tx,
    `WITH changed AS (SELECT DISTINCT organisation_id FROM registry.enterprise_version WHERE enterprise_id = $1)
     INSERT INTO monitoring.marked_package
       SELECT package_id FROM matching.match m JOIN changed c ON c.organisation_id = m.enterprise_organisation_id
       UNION SELECT package_id FROM answers.answer a JOIN changed c ON c.organisation_id = a.organisation_id
       UNION SELECT unnest(package_ids) FROM notifications.notification n JOIN changed c ON c.organisation_id = n.organisation_id`,
    [enterpriseId],
  );
}
