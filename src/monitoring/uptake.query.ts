import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { UptakeCounts } from './domain/index.js';

export interface UptakeRow extends UptakeCounts {
  readonly contractorId: string;
  readonly contractor: string;
  /** Municipality of the works; null where the tender names none. */
  readonly municipality: string | null;
}

/**
 * One row per contractor and municipality: how many packages reached each stage. A package is published with its
 * tender when it is offered or was tagged as placeable: what could have been placed counts, not only what was.
 * @param from,until days of publication in Brussels, half-open
 */
const UPTAKE_SQL = `
  WITH published AS (
    SELECT p.id, t.organisation_id, t.place->>'municipality' AS municipality
    FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
    WHERE t.published_at IS NOT NULL
      AND (t.published_at AT TIME ZONE 'Europe/Brussels')::date >= $1
      AND (t.published_at AT TIME ZONE 'Europe/Brussels')::date < $2
  ), staged AS (
    SELECT p.*,
      EXISTS (SELECT FROM tagging.tag g WHERE g.package_id = p.id AND g.kind = 'placeable'
              AND g.state <> 'rejected' AND g.value IN ('yes', 'part')) AS placeable,
      EXISTS (SELECT FROM matching.match m WHERE m.package_id = p.id AND m.verdict IN ('match', 'partial')) AS eligible,
      EXISTS (SELECT FROM notifications.notification n
              WHERE n.package_ids @> ARRAY[p.id] AND n.state IN ('handed', 'delivered')
              AND n.template IN ('tender-published', 'match-new')) AS notified,
      EXISTS (SELECT FROM answers.answer a WHERE a.package_id = p.id AND upper_inf(a.recorded)) AS answered,
      EXISTS (SELECT FROM answers.answer a WHERE a.package_id = p.id AND upper_inf(a.recorded)
              AND a.kind IN ('full', 'part', 'team')) AS interested,
      EXISTS (SELECT FROM answers.decision d WHERE d.package_id = p.id
              AND d.state IN ('retained', 'awarded', 'confirmed')) AS retained,
      EXISTS (SELECT FROM answers.decision d WHERE d.package_id = p.id AND d.state IN ('awarded', 'confirmed')) AS awarded,
      EXISTS (SELECT FROM answers.decision d WHERE d.package_id = p.id AND upper_inf(d.recorded)
              AND d.state = 'confirmed') AS confirmed
    FROM published p
  )
  SELECT s.organisation_id AS "contractorId", o.name AS contractor, s.municipality,
         count(*)::int AS published,
         count(*) FILTER (WHERE placeable)::int AS placeable,
         count(*) FILTER (WHERE placeable AND eligible)::int AS eligible,
         count(*) FILTER (WHERE placeable AND eligible AND notified)::int AS notified,
         count(*) FILTER (WHERE placeable AND eligible AND notified AND answered)::int AS answered,
         count(*) FILTER (WHERE placeable AND eligible AND notified AND interested)::int AS interested,
         count(*) FILTER (WHERE placeable AND eligible AND notified AND interested AND retained)::int AS retained,
         count(*) FILTER (WHERE placeable AND eligible AND notified AND interested AND awarded)::int AS awarded,
         count(*) FILTER (WHERE placeable AND eligible AND notified AND interested AND confirmed)::int AS confirmed
  FROM staged s JOIN accounts.organisation o ON o.id = s.organisation_id
  GROUP BY s.organisation_id, o.name, s.municipality
  ORDER BY o.name, s.municipality NULLS LAST`;

export function uptake(tx: Tx, period: { from: Day; until: Day }): Promise<UptakeRow[]> {
  return rows<UptakeRow>(tx, UPTAKE_SQL, [period.from, period.until]);
}
