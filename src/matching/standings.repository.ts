import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { Standing, TrackRecord } from './domain/index.js';
import { keepPostingChanges } from './posting-changes.query.js';

/** What is known of enterprises beside their profiles; who is not in the answer is new. */
export async function standingsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const found = await rows<Standing & { readonly enterpriseId: string }>(
    tx,
    `SELECT enterprise_id AS "enterpriseId", merit::float8 AS merit, engagements
     FROM matching.merit WHERE enterprise_id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(found.map(({ enterpriseId, merit, engagements }) => [enterpriseId, { merit, engagements }]));
}

/** Keeps the number of enterprises with the counts it is made of, and where candidates are looked up. */
export async function keepMerits(
  tx: Tx,
  merits: readonly (Standing & { readonly enterpriseId: string; readonly record: TrackRecord })[],
  on: Day,
): Promise<void> {
  if (merits.length === 0) return;
  await rows(
    tx,
    `INSERT INTO matching.merit (enterprise_id, merit, record, engagements, computed_on)
     SELECT m."enterpriseId", m.merit, m.record, m.engagements, $2 FROM jsonb_to_recordset($1::jsonb)
            AS m ("enterpriseId" uuid, merit numeric, record jsonb, engagements jsonb)
     ON CONFLICT (enterprise_id) DO UPDATE SET merit = excluded.merit, record = excluded.record,
                                               engagements = excluded.engagements,
                                               computed_on = excluded.computed_on`,
    [JSON.stringify(merits), on],
  );
  const moved = await rows<{ id: string }>(
    tx,
    `UPDATE matching.posting p SET merit = m.merit
     FROM jsonb_to_recordset($1::jsonb) AS m ("enterpriseId" uuid, merit real)
     WHERE p.enterprise_id = m."enterpriseId" AND p.merit <> m.merit
     RETURNING p.enterprise_id AS id`,
    [JSON.stringify(merits)],
  );
  await keepPostingChanges(tx, [...new Set(moved.map(({ id }) => id))]);
}
