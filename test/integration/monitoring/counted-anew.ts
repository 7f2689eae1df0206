import type { Loss, UptakeCounts, UptakePeriod } from '../../../src/monitoring/index.js';
import { UPTAKE_FIGURES } from '../../../src/monitoring/index.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';

// The figures counted anew each time, in the rows of all rooms, as they were before stages were kept: slow, and what the kept
// ones are compared with. Parameters: $1, $2 days of publication in Brussels, half-open; $3 the last day known, or null.

const STAGED = `
  moment AS (
    SELECT coalesce((($3::date + 1)::timestamp AT TIME ZONE 'Europe/Brussels') - interval '1 microsecond', 'infinity') AS known
  ), published AS (
    SELECT p.id, t.id AS tender_id, t.organisation_id AS contractor, nullif(t.clause->>'basis', '') AS basis,
           coalesce(t.place->>'nis', t.place->>'municipality') AS municipality,
           CASE WHEN jsonb_path_exists(t.clause, '$.answer.duties[*] ? (@.status == "in-force" && @.kind != "motivate")')
                THEN 'imposed' WHEN t.clause->>'instrument' IS NOT NULL THEN 'voluntary' END AS origin
    FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
    WHERE t.published_at >= $1::timestamp AT TIME ZONE 'Europe/Brussels'
      AND t.published_at < $2::timestamp AT TIME ZONE 'Europe/Brussels'
      AND t.published_at <= (SELECT known FROM moment)
  ), staged AS MATERIALIZED (
    SELECT p.*, g.trade, g.placeable, a.answered, a.interested, d.retained, d.awarded, d.confirmed,
      EXISTS (SELECT FROM matching.match m WHERE m.package_id = p.id AND m.verdict IN ('match', 'partial')
              AND lower(m.recorded) <= (SELECT known FROM moment)) AS eligible,
      EXISTS (SELECT FROM notifications.notification n
              WHERE n.tender_id = p.tender_id AND n.package_ids @> ARRAY[p.id] AND n.state IN ('handed', 'delivered')
              AND n.template IN ('tender-published', 'match-new')
              AND n.finished_at <= (SELECT known FROM moment))
        OR EXISTS (SELECT FROM answers.answer WHERE package_id = p.id
                   AND lower(recorded) <= (SELECT known FROM moment)) AS notified
    FROM published p
    CROSS JOIN LATERAL (
      SELECT (array_agg(rpad(left(value, 3), 8, '0') ORDER BY state = 'confirmed' DESC, confidence DESC, value)
                FILTER (WHERE kind = 'trade' AND (state = 'confirmed' OR (state = 'proposed' AND accepted))))[1] AS trade,
             coalesce(bool_or(kind = 'placeable' AND state <> 'rejected' AND value IN ('yes', 'part')), false) AS placeable
      FROM tagging.tag WHERE package_id = p.id
    ) g
    CROSS JOIN LATERAL (
      SELECT count(*) > 0 AS answered, count(*) FILTER (WHERE kind <> 'no') > 0 AS interested
      FROM answers.answer WHERE package_id = p.id AND recorded @> (SELECT known FROM moment)
    ) a
    CROSS JOIN LATERAL (
      SELECT count(*) > 0 AS retained, count(*) FILTER (WHERE state <> 'retained') > 0 AS awarded,
             count(*) FILTER (WHERE state = 'confirmed' AND recorded @> (SELECT known FROM moment)) > 0 AS confirmed
      FROM answers.decision WHERE package_id = p.id AND state IN ('retained', 'awarded', 'confirmed')
        AND lower(recorded) <= (SELECT known FROM moment)
    ) d
  )`;

const BY_KIND = `
  kinds AS (
    SELECT DISTINCT ON (organisation_id) organisation_id, kind
    FROM registry.enterprise_version WHERE upper_inf(recorded) ORDER BY organisation_id, lower(valid) DESC NULLS LAST
  ), acts AS (
    SELECT package_id, enterprise_organisation_id AS organisation_id, 'eligible' AS what FROM matching.match
     WHERE verdict IN ('match', 'partial') AND lower(recorded) <= (SELECT known FROM moment)
    UNION ALL
    SELECT package, organisation_id, 'notified' FROM notifications.notification, unnest(package_ids) AS package
     WHERE state IN ('handed', 'delivered') AND template IN ('tender-published', 'match-new')
       AND finished_at <= (SELECT known FROM moment)
    UNION ALL
    SELECT package_id, organisation_id, 'notified' FROM answers.answer
     WHERE lower(recorded) <= (SELECT known FROM moment)
    UNION ALL
    SELECT package_id, organisation_id, CASE kind WHEN 'no' THEN 'declined' ELSE 'interested' END FROM answers.answer
     WHERE recorded @> (SELECT known FROM moment)
    UNION ALL
    SELECT package_id, enterprise_organisation_id,
           CASE WHEN state = 'confirmed' AND NOT recorded @> (SELECT known FROM moment) THEN 'awarded' ELSE state END
    FROM answers.decision
     WHERE state IN ('retained', 'awarded', 'confirmed') AND lower(recorded) <= (SELECT known FROM moment)
  ), by_kind AS MATERIALIZED (
    SELECT p.id, k.kind, p.placeable,
           bool_or(a.what = 'eligible') AS eligible, bool_or(a.what = 'notified') AS notified,
           bool_or(a.what IN ('declined', 'interested')) AS answered, bool_or(a.what = 'interested') AS interested,
           bool_or(a.what IN ('retained', 'awarded', 'confirmed')) AS retained,
           bool_or(a.what IN ('awarded', 'confirmed')) AS awarded, bool_or(a.what = 'confirmed') AS confirmed
    FROM staged p JOIN acts a ON a.package_id = p.id JOIN kinds k ON k.organisation_id = a.organisation_id
    GROUP BY p.id, k.kind, p.placeable
  )`;

const REACHED = {
  published: 'true',
  placeable: 'placeable',
  eligible: 'placeable AND eligible',
  notified: 'placeable AND eligible AND notified',
  answered: 'placeable AND eligible AND notified AND answered',
  interested: 'placeable AND eligible AND notified AND interested',
  retained: 'placeable AND eligible AND notified AND interested AND retained',
  awarded: 'placeable AND eligible AND notified AND interested AND awarded',
  confirmed: 'placeable AND eligible AND notified AND interested AND confirmed',
} as const;

const COUNTS = UPTAKE_FIGURES.map(
  (figure) => `count(*) FILTER (WHERE ${REACHED[figure]})::int AS ${figure}`,
).join(', ');

const PARTITIONS_SQL = `
  WITH ${STAGED}, grouped AS (
    SELECT CASE grouping(contractor, trade, municipality, basis, origin)
             WHEN 15 THEN 'contractor' WHEN 23 THEN 'trade' WHEN 27 THEN 'municipality' WHEN 29 THEN 'basis' WHEN 30 THEN 'origin'
           END AS by,
           coalesce(contractor::text, trade, municipality, basis, origin) AS key, contractor, ${COUNTS}
    FROM staged
    GROUP BY GROUPING SETS ((), (contractor), (trade), (municipality), (basis), (origin))
  )
  SELECT g.*, o.name FROM grouped g LEFT JOIN accounts.organisation o ON o.id = g.contractor`;

const KINDS_SQL = `WITH ${STAGED}, ${BY_KIND} SELECT kind AS key, ${COUNTS} FROM by_kind GROUP BY kind`;

const LOST = `
  seen AS (
    SELECT s.*, p.offered, p.ordinal, t.deadline > e.at AS open,
           coalesce(t.withdrawn_at <= e.at, false)
             OR EXISTS (SELECT FROM tenders.withdrawn_package w WHERE w.package_id = s.id AND w.withdrawn_at <= e.at) AS withdrawn,
           EXISTS (SELECT FROM tagging.tag g WHERE g.package_id = s.id AND g.kind = 'placeable' AND g.state = 'confirmed') AS judged,
           (SELECT mode() WITHIN GROUP (ORDER BY reason) FROM answers.answer
             WHERE package_id = s.id AND kind = 'no' AND recorded @> (SELECT known FROM moment)) AS said,
           d.standing, d.reason AS declined
    FROM staged s JOIN tenders.work_package p ON p.id = s.id JOIN tenders.tender t ON t.id = p.tender_id
    CROSS JOIN (SELECT least((SELECT known FROM moment), $4::timestamptz) AS at) e
    CROSS JOIN LATERAL (
      SELECT array_agg(CASE WHEN state = 'awarded' AND confirm_by <= e.at THEN 'lapsed' ELSE state END) AS standing,
             mode() WITHIN GROUP (ORDER BY reason) FILTER (WHERE state = 'declined') AS reason
      FROM answers.decision WHERE package_id = s.id AND recorded @> (SELECT known FROM moment)
    ) d
    WHERE NOT (s.placeable AND s.eligible AND s.notified AND s.interested AND s.confirmed)
  ), lost AS (
    SELECT id, ordinal, CASE
        WHEN NOT placeable THEN 'placeable' WHEN NOT eligible THEN 'eligible' WHEN NOT notified THEN 'notified'
        WHEN NOT answered THEN 'answered' WHEN NOT interested THEN 'interested' WHEN NOT awarded THEN 'awarded'
        ELSE 'confirmed' END AS stage,
      CASE
        WHEN NOT placeable THEN CASE WHEN judged THEN 'not-placeable' ELSE 'not-judged' END
        WHEN NOT eligible AND NOT offered THEN 'not-offered'
        WHEN withdrawn THEN 'withdrawn'
        WHEN NOT eligible THEN 'nobody-eligible'
        WHEN NOT notified THEN 'nobody-told'
        WHEN NOT answered THEN CASE WHEN open THEN 'still-open' ELSE 'nobody-answered' END
        WHEN NOT interested THEN 'answer:' || said
        WHEN NOT awarded THEN CASE
          WHEN 'retained' = ANY (standing) THEN 'in-talks' WHEN declined IS NOT NULL THEN 'decision:' || declined
          WHEN open THEN 'still-open' ELSE 'not-decided' END
        ELSE CASE
          WHEN 'awarded' = ANY (standing) THEN 'award-waits' WHEN 'lapsed' = ANY (standing) THEN 'award-lapsed'
          WHEN 'refused' = ANY (standing) THEN 'award-refused' ELSE 'award-changed' END
      END AS reason
    FROM seen
  )`;

/** Groups as text, one line each, in order; to be compared. */
export async function countedAnew(tx: Tx, period: UptakePeriod): Promise<string[]> {
  const params = [period.from, period.until, period.known];
  type Row = UptakeCounts & { by: string | null; key: string | null };
  const partitions = await rows<Row>(tx, PARTITIONS_SQL, params);
  const kinds = await rows<Row>(tx, KINDS_SQL, params);
  const { published, placeable } = partitions.find(({ by }) => by === null)!;
  return [
    ...partitions.map((row) => lineOf(row.by ?? 'total', row.key, row)),
    ...kinds
      .filter(({ eligible }) => eligible > 0)
      .map((row) => lineOf('kind', row.key, { ...row, published, placeable })),
  ].toSorted();
}

export function lineOf(by: string, key: string | null, counts: UptakeCounts): string {
  return [by, key, ...UPTAKE_FIGURES.map((figure) => counts[figure])].join(' ');
}

/** @param now terms that run out later still run */
export function lossesAnew(tx: Tx, period: UptakePeriod, now: Date): Promise<Loss[]> {
  return rows<Loss>(
    tx,
    `WITH ${STAGED}, ${LOST} SELECT stage, reason, count(*)::int AS count FROM lost GROUP BY stage, reason`,
    [period.from, period.until, period.known, now],
  );
}
