import { rows, type Tx } from '../platform/db/index.js';

/** A package of which nobody offers the whole, and of which more may fit than were told. */
export interface Uncovered {
  readonly packageId: string;
  /** The last round that was told of it, from 0. */
  readonly round: number;
  /** Some of that round are still to be told. */
  readonly goesOn: boolean;
}

/**
 * Of what a tender offers: no answer for all of it stands, nor one of a team that is complete, but for those that were declined
 * or whose enterprise refused the award; and as many fit as the rounds until now could take. What parts cover together is to be counted apart.
 * @param size enterprises of a round @param now what was planned until then counts as told
 */
export function uncoveredPackages(tx: Tx, tenderId: string, size: number, now: Date): Promise<Uncovered[]> {
  return rows<Uncovered>(
    tx,
    `SELECT p.id AS "packageId", told.round, told.goes_on AS "goesOn"
     FROM tenders.work_package p
     CROSS JOIN LATERAL (SELECT coalesce(max(i.round), 0)::int AS round, coalesce(bool_or(i.state = 'planned' AND i.due_at > $3), false) AS goes_on
                           FROM matching.invitation i WHERE i.package_id = p.id) told
     WHERE p.tender_id = $1 AND p.offered
       AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)
       AND NOT EXISTS (SELECT FROM answers.answer a WHERE a.package_id = p.id AND upper_inf(a.recorded)
                        AND NOT EXISTS (SELECT FROM answers.decision d WHERE d.answer_id = a.id AND upper_inf(d.recorded)
                                         AND d.state IN ('declined', 'refused'))
                        AND (a.kind = 'full' OR a.kind = 'team' AND (
                          SELECT count(*) > 0 AND bool_and(s.state = 'accepted')
                          FROM answers.team t JOIN answers.team_place s ON s.team_id = t.id AND s.state <> 'dropped'
                          WHERE t.package_id = p.id AND t.organisation_id = a.organisation_id)))
       AND (SELECT count(*) FROM matching.match m
             WHERE m.package_id = p.id AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')) >= $2 * (told.round + 1)
     ORDER BY p.id`,
    [tenderId, size, now],
  );
}
