/**
 * How far each published package came, one row per package; the start of every question about uptake. Every package of a
 * published tender counts, offered or not: what could have been placed, not only what was. Parameters: $1, $2 days of publication in Brussels, half-open; $3 the last day whose knowledge counts, or null
 * for all that is known. Tables under row security are named once each, and what was read is kept: every further mention
 * would be planned with all its policies again, which takes longer than the question. What was answered and decided is taken as it stood then; trades, findings, names and kinds of
 * enterprise have no past and are taken as they are.
 */
export const STAGED = `
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
              AND n.finished_at <= (SELECT known FROM moment)) AS notified
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

/** The same path for each kind of enterprise that came into it: a package is there once for every such kind. */
export const BY_KIND = `
  kinds AS (
    SELECT DISTINCT ON (organisation_id) organisation_id, kind
    FROM registry.enterprise_version WHERE upper_inf(recorded) ORDER BY organisation_id, lower(valid) DESC
  ), acts AS (
    SELECT package_id, enterprise_organisation_id AS organisation_id, 'eligible' AS what FROM matching.match
     WHERE verdict IN ('match', 'partial') AND lower(recorded) <= (SELECT known FROM moment)
    UNION ALL
    SELECT package, organisation_id, 'notified' FROM notifications.notification, unnest(package_ids) AS package
     WHERE state IN ('handed', 'delivered') AND template IN ('tender-published', 'match-new')
       AND finished_at <= (SELECT known FROM moment)
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

/** What must hold of a row of `staged` or `by_kind` to be counted under a figure: the whole path before it. */
export const REACHED = {
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
