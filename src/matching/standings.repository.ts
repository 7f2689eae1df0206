import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { Standing, TrackRecord } from './domain/index.js';
import { keepPostingChanges } from './posting-changes.query.js';

/** What is known of enterprises beside their profiles; who is not in the answer is new. */
export async function standingsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const found = await rows<{ enterpriseId: string; merit: number }>(
    tx,
    `SELECT enterprise_id AS "enterpriseId", merit::float8 AS merit FROM matching.merit WHERE enterprise_id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(found.map(({ enterpriseId, merit }) => [enterpriseId, { merit, engagements: [] }]));
}

/** Keeps the number of enterprises with the counts it is made of, and where candidates are looked up. */
export async function keepMerits(
  tx: Tx,
  merits: readonly { readonly enterpriseId: string; readonly merit: number; readonly record: TrackRecord }[],
  on: Day,
): Promise<void> {
  if (merits.length === 0) return;
  await rows(
    tx,
    `INSERT INTO matching.merit (enterprise_id, merit, record, computed_on)
     SELECT m."enterpriseId", m.merit, m.record, $2 FROM jsonb_to_recordset($1::jsonb)
            AS m ("enterpriseId" uuid, merit numeric, record jsonb)
     ON CONFLICT (enterprise_id) DO UPDATE SET merit = excluded.merit, record = excluded.record,
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
