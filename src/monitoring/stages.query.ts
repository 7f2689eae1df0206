/**
 * When, and by whom, something happened to packages: what their stages are read from. Rows are found by the identities
 * themselves: under row security the planner takes every list for one of a few, and would walk through it again and again.
 * @param ids the parameter that holds the identities of the packages
 */
export const acts = (ids: string): string => `
  acts AS MATERIALIZED (
    SELECT m.package_id, m.enterprise_organisation_id AS enterprise, 'eligible' AS what, lower(m.recorded) AS at, m.recorded AS during
    FROM unnest(${ids}::uuid[]) AS p (id) JOIN matching.match m ON m.package_id = p.id WHERE m.verdict IN ('match', 'partial')
    UNION ALL
    SELECT told.id, n.organisation_id, 'notified', n.finished_at, NULL
    FROM notifications.notification n CROSS JOIN unnest(n.package_ids) AS told (id)
    WHERE n.tender_id = ANY (ARRAY(SELECT DISTINCT tender_id FROM tenders.work_package WHERE id = ANY (${ids})))
      AND n.state IN ('handed', 'delivered') AND n.template IN ('tender-published', 'match-new') AND told.id = ANY (${ids})
    UNION ALL
    SELECT a.package_id, a.organisation_id, CASE a.kind WHEN 'no' THEN 'declined' ELSE 'interested' END, lower(a.recorded), a.recorded
    FROM unnest(${ids}::uuid[]) AS p (id) JOIN answers.answer a ON a.package_id = p.id
    UNION ALL
    SELECT d.package_id, d.enterprise_organisation_id, d.state, lower(d.recorded), d.recorded
    FROM answers.decision d WHERE d.package_id = ANY (${ids}) AND d.state IN ('retained', 'awarded', 'confirmed')
  )`;

/**
 * From when a stage was reached, or during what it held: what was answered or confirmed may be taken back. Whoever answers
 * knows of the package, also when it found it on its list and nobody wrote to it.
 */
const REACHED = `
  min(at) FILTER (WHERE what = 'eligible') AS eligible_at,
  min(at) FILTER (WHERE what IN ('notified', 'declined', 'interested')) AS notified_at,
  range_agg(during) FILTER (WHERE what IN ('declined', 'interested')) AS answered,
  range_agg(during) FILTER (WHERE what = 'interested') AS interested,
  min(at) FILTER (WHERE what IN ('retained', 'awarded', 'confirmed')) AS retained_at,
  min(at) FILTER (WHERE what IN ('awarded', 'confirmed')) AS awarded_at,
  range_agg(during) FILTER (WHERE what = 'confirmed') AS confirmed`;

/** How far a row of stages had come at an instant: the number of a figure, in the order of the path. Each includes all before it. */
export const stageAt = (known: string): string => `
  CASE
    WHEN NOT placeable THEN 0
    WHEN eligible_at IS NULL OR eligible_at > ${known} THEN 1
    WHEN notified_at IS NULL OR notified_at > ${known} THEN 2
    WHEN answered IS NULL OR NOT answered @> ${known}::timestamptz THEN 3
    WHEN interested IS NULL OR NOT interested @> ${known}::timestamptz THEN 4
    WHEN retained_at IS NULL OR retained_at > ${known} THEN 5
    WHEN awarded_at IS NULL OR awarded_at > ${known} THEN 6
    WHEN confirmed IS NULL OR NOT confirmed @> ${known}::timestamptz THEN 7
    ELSE 8
  END AS stage`;

/** Columns of `monitoring.package_stage`, in the order in which packageStages gives them. */
export const PACKAGE_COLUMNS = `package_id, organisation_id, published_at, trade, municipality, basis, origin, placeable, judged, offered,
  deadline, withdrawn_at, eligible_at, notified_at, answered, interested, retained_at, awarded_at, confirmed,
  no_reasons, no_recorded, decision_states, decision_reasons, decision_terms, decision_recorded, stage`;

/**
 * How far each package came, from the rows that say so; what was not published is left out. What was answered and
 * decided is known as it stood at any instant; trades, findings, names and kinds of enterprise have no past and are taken as they are.
 * Asks `acts` of the same packages, in the same statement.
 */
export const packageStages = (ids: string): string => `
  SELECT s.*, ${stageAt(`'infinity'`)} FROM (WITH reached AS (SELECT package_id, ${REACHED} FROM acts GROUP BY package_id)
  SELECT p.id AS package_id, t.organisation_id, t.published_at, g.trade, coalesce(t.place->>'nis', t.place->>'municipality') AS municipality,
         nullif(t.clause->>'basis', '') AS basis,
         CASE WHEN jsonb_path_exists(t.clause, '$.answer.duties[*] ? (@.status == "in-force" && @.kind != "motivate")')
              THEN 'imposed' WHEN t.clause->>'instrument' IS NOT NULL THEN 'voluntary' END AS origin,
         g.placeable, g.judged, p.offered, t.deadline,
         least(t.withdrawn_at, (SELECT min(w.withdrawn_at) FROM tenders.withdrawn_package w WHERE w.package_id = p.id)) AS withdrawn_at,
         r.eligible_at, r.notified_at, r.answered, r.interested, r.retained_at, r.awarded_at, r.confirmed,
         n.reasons AS no_reasons, n.recorded AS no_recorded, d.states AS decision_states, d.reasons AS decision_reasons,
         d.terms AS decision_terms, d.recorded AS decision_recorded
  FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id LEFT JOIN reached r ON r.package_id = p.id
  CROSS JOIN LATERAL (
    SELECT (array_agg(rpad(left(value, 3), 8, '0') ORDER BY state = 'confirmed' DESC, confidence DESC, value)
              FILTER (WHERE kind = 'trade' AND (state = 'confirmed' OR (state = 'proposed' AND accepted))))[1] AS trade,
           coalesce(bool_or(kind = 'placeable' AND state <> 'rejected' AND value IN ('yes', 'part')), false) AS placeable,
           coalesce(bool_or(kind = 'placeable' AND state = 'confirmed'), false) AS judged
    FROM tagging.tag WHERE package_id = p.id
  ) g
  CROSS JOIN LATERAL (
    SELECT array_agg(reason) AS reasons, array_agg(recorded) AS recorded
    FROM answers.answer WHERE package_id = p.id AND kind = 'no'
  ) n
  CROSS JOIN LATERAL (
    SELECT array_agg(state) AS states, array_agg(reason) AS reasons, array_agg(confirm_by) AS terms, array_agg(recorded) AS recorded
    FROM answers.decision WHERE package_id = p.id
  ) d
  WHERE p.id = ANY (${ids}) AND t.published_at IS NOT NULL) s`;

/** Columns of `monitoring.kind_stage`, in the order in which kindStages gives them. */
export const KIND_COLUMNS = `package_id, kind, organisation_id, published_at, placeable,
  eligible_at, notified_at, answered, interested, retained_at, awarded_at, confirmed, stage`;

/** The same path for each kind of enterprise that came into it, once for every such kind. Asks `acts` too. */
export const KIND_STAGES = `
  SELECT s.*, ${stageAt(`'infinity'`)} FROM (WITH kinds AS (
    SELECT DISTINCT ON (organisation_id) organisation_id, kind
    FROM registry.enterprise_version WHERE upper_inf(recorded) AND organisation_id = ANY (ARRAY(SELECT DISTINCT enterprise FROM acts))
    ORDER BY organisation_id, lower(valid) DESC NULLS LAST
  ), reached AS (
    SELECT package_id, kind, ${REACHED} FROM acts JOIN kinds ON organisation_id = enterprise GROUP BY package_id, kind
  )
  SELECT r.package_id, r.kind, t.organisation_id, t.published_at,
         EXISTS (SELECT FROM tagging.tag g WHERE g.package_id = r.package_id AND g.kind = 'placeable' AND g.state <> 'rejected'
                 AND g.value IN ('yes', 'part')) AS placeable,
         r.eligible_at, r.notified_at, r.answered, r.interested, r.retained_at, r.awarded_at, r.confirmed
  FROM reached r JOIN tenders.work_package p ON p.id = r.package_id JOIN tenders.tender t ON t.id = p.tender_id
  WHERE t.published_at IS NOT NULL) s`;
