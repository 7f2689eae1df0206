import { rows, type Tx } from '../platform/db/index.js';
import { LOSS_STAGES, stageReached, type Loss, type UptakePeriod } from './domain/index.js';
import { packagesOfPage, stagedNow } from './staged.query.js';
import type { UptakePackage } from './uptake.query.js';

/**
 * Each package that did not come to the end of the path: where it was lost, and why. Beside the parameters of `Staged`, $5 is
 * the instant up to which terms are looked at. Of several enterprises that said no, or were declined, the reason given
 * most often counts. What a machine proposes is no judgement: a finding counts as one once it is confirmed.
 */
const lost = (stages: string): string => `
  seen AS (
    SELECT s.id, s.published_at, s.stage AS reached, s.offered, s.judged, s.deadline > e.at AS open, coalesce(s.withdrawn_at <= e.at, false) AS withdrawn,
           n.said, d.standing, d.declined
    FROM staged s CROSS JOIN moment m CROSS JOIN LATERAL (SELECT least(m.known, $5::timestamptz) AS at) e
    LEFT JOIN LATERAL (
      SELECT mode() WITHIN GROUP (ORDER BY reason) AS said
      FROM unnest(s.no_reasons, s.no_recorded) AS n (reason, recorded) WHERE recorded @> m.known
    ) n ON s.stage = 4
    LEFT JOIN LATERAL (
      SELECT array_agg(CASE WHEN state = 'awarded' AND confirm_by <= e.at THEN 'lapsed' ELSE state END) AS standing,
             mode() WITHIN GROUP (ORDER BY reason) FILTER (WHERE state = 'declined') AS declined
      FROM unnest(s.decision_states, s.decision_reasons, s.decision_terms, s.decision_recorded) AS d (state, reason, confirm_by, recorded)
      WHERE recorded @> m.known
    ) d ON s.stage BETWEEN 5 AND 7
    WHERE ${stages}
  ), lost AS (
    SELECT id, published_at, (ARRAY['placeable', 'eligible', 'notified', 'answered', 'interested', 'awarded', 'awarded', 'confirmed'])[reached + 1] AS stage,
      CASE
        WHEN reached = 0 THEN CASE WHEN judged THEN 'not-placeable' ELSE 'not-judged' END
        WHEN reached = 1 AND NOT offered THEN 'not-offered'
        WHEN withdrawn THEN 'withdrawn'
        WHEN reached = 1 THEN 'nobody-eligible'
        WHEN reached = 2 THEN 'nobody-told'
        WHEN reached = 3 THEN CASE WHEN open THEN 'still-open' ELSE 'nobody-answered' END
        WHEN reached = 4 THEN 'answer:' || said
        WHEN reached < 7 THEN CASE
          WHEN 'retained' = ANY (standing) THEN 'in-talks' WHEN declined IS NOT NULL THEN 'decision:' || declined
          WHEN open THEN 'still-open' ELSE 'not-decided' END
        ELSE CASE
          WHEN 'awarded' = ANY (standing) THEN 'award-waits' WHEN 'lapsed' = ANY (standing) THEN 'award-lapsed'
          WHEN 'refused' = ANY (standing) THEN 'award-refused' ELSE 'award-changed' END
      END AS reason
    FROM seen
  )`;

/** How many packages were lost at each stage for each reason. @param now terms that run out later still run */
export async function losses(tx: Tx, period: UptakePeriod, now: Date): Promise<Loss[]> {
  const { packages, params } = await stagedNow(tx, period);
  return rows<Loss>(
    tx,
    `WITH ${packages}, ${lost('s.stage < 8')} SELECT stage, reason, count(*)::int AS count FROM lost GROUP BY stage, reason
     ORDER BY array_position($6::text[], stage), reason`,
    [...params, now, LOSS_STAGES],
  );
}

/** The packages lost for one reason, newest publication first. */
export async function lostPackages(
  tx: Tx,
  period: UptakePeriod,
  now: Date,
  reason: string,
  page: { readonly size: number; readonly number: number },
): Promise<UptakePackage[]> {
  const { packages, params } = await stagedNow(tx, period);
  return rows<UptakePackage>(
    tx,
    `WITH ${packages}, ${lost('s.stage = coalesce($9::int, s.stage) AND s.stage < 8')}
     ${packagesOfPage('lost s WHERE s.reason = $6', '$7', '$8')}`,
    [...params, now, reason, page.size, (page.number - 1) * page.size, stageReached(reason)],
  );
}
