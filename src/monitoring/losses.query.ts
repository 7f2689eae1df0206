import { rows, type Tx } from '../platform/db/index.js';
import { LOSS_STAGES, type Loss } from './domain/index.js';
import { STAGED } from './staged.query.js';
import type { UptakePackage, UptakePeriod } from './uptake.query.js';

/**
 * Each package that did not come to the end of the path: where it was lost, and why. Beside the parameters of STAGED, $4 is
 * the instant up to which terms are looked at. Of several enterprises that said no, or were declined, the reason given
 * most often counts. What a machine proposes is no judgement: a finding counts as one once it is confirmed.
 */
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

/** How many packages were lost at each stage for each reason. @param now terms that run out later still run */
export function losses(tx: Tx, period: UptakePeriod, now: Date): Promise<Loss[]> {
  return rows<Loss>(
    tx,
    `WITH ${STAGED}, ${LOST} SELECT stage, reason, count(*)::int AS count FROM lost GROUP BY stage, reason
     ORDER BY array_position($5::text[], stage), reason`,
    [period.from, period.until, period.known, now, LOSS_STAGES],
  );
}

/** The packages lost for one reason, newest publication first. */
export function lostPackages(
  tx: Tx,
  period: UptakePeriod,
  now: Date,
  reason: string,
  page: { readonly size: number; readonly number: number },
): Promise<UptakePackage[]> {
  return rows<UptakePackage>(
    tx,
    `WITH ${STAGED}, ${LOST}
     SELECT t.title AS tender, p.ref, p.title, t.place->>'municipality' AS municipality,
            (t.published_at AT TIME ZONE 'Europe/Brussels')::date::text AS "publishedOn"
     FROM lost l JOIN tenders.work_package p ON p.id = l.id JOIN tenders.tender t ON t.id = p.tender_id
     WHERE l.reason = $5 ORDER BY t.published_at DESC, t.id, l.ordinal LIMIT $6 OFFSET $7`,
    [period.from, period.until, period.known, now, reason, page.size, (page.number - 1) * page.size],
  );
}
