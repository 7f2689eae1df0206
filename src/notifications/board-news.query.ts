import { rows, type Tx } from '../platform/db/index.js';
import { PERSON, RHYTHM } from './recipient-person.query.js';

/** What changed on the board of a tender, and what waits there for its contractor. */
export interface BoardNews {
  readonly tenderId: string;
  readonly title: string;
  readonly deadline: Date | null;
  /** Answers given since the mail before that still stand. */
  readonly interested: number;
  readonly declined: number;
  readonly questions: number;
  /** Packages that close soon and that nobody has said yes to, by title. */
  readonly atRisk: readonly string[];
}

/** Answers that stand, given after the moment of `since` and not after `$1`. Questions wait, and risks hold, as they stand. */
const news = (contractor: string, since: string): string => `
  SELECT t.id AS "tenderId", t.title, t.deadline, t.organisation_id AS "organisationId",
         (SELECT count(*) FROM answers.answer a WHERE a.tender_id = t.id AND upper_inf(a.recorded) AND a.kind <> 'no'
            AND lower(a.recorded) > ${since} AND lower(a.recorded) <= $1)::int AS interested,
         (SELECT count(*) FROM answers.answer a WHERE a.tender_id = t.id AND upper_inf(a.recorded) AND a.kind = 'no'
            AND lower(a.recorded) > ${since} AND lower(a.recorded) <= $1)::int AS declined,
         (SELECT count(*) FROM answers.question q JOIN tenders.work_package p ON p.id = q.package_id AND p.offered
           WHERE q.tender_id = t.id AND q.asked_at <= $1
             AND NOT EXISTS (SELECT FROM answers.clarification c WHERE c.id = q.id))::int AS questions,
         ARRAY(SELECT p.title FROM tenders.work_package p
                WHERE p.tender_id = t.id AND p.offered AND t.deadline > $1 AND t.deadline <= $1::timestamptz + interval '7 days'
                  AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)
                  AND NOT EXISTS (SELECT FROM answers.answer a
                                   WHERE a.package_id = p.id AND upper_inf(a.recorded) AND a.kind <> 'no')
                ORDER BY p.ordinal, p.id) AS "atRisk"
    FROM tenders.tender t
   WHERE t.status = 'published' AND (${contractor})`;
const SOMETHING = `(interested + declined + questions > 0 OR cardinality("atRisk") > 0)`;

/** Of one contractor, the tenders with the nearest deadlines first. @param until what came later is told next time */
export function boardNews(tx: Tx, organisationId: string, since: Date, until: Date): Promise<BoardNews[]> {
  return rows<BoardNews>(
    tx,
    `SELECT "tenderId", title, deadline, interested, declined, questions, "atRisk"
       FROM (${news('t.organisation_id = $2', '$3::timestamptz')}) AS about
      WHERE ${SOMETHING} ORDER BY deadline NULLS LAST, "tenderId"`,
    [until, organisationId, since],
  );
}

/** A contractor with something to hear of, and since when. */
export interface BoardsToTell {
  readonly organisationId: string;
  readonly since: Date;
}

/** When the last mail of a morning was planned, and the first thing that was left to the next: without one there is nothing new. */
const SINCE = `
  SELECT coalesce((SELECT min(came.occurred_at) - interval '1 second'
                     FROM accounts.person colleague
                     JOIN notifications.notification n ON n.recipient_id = colleague.id AND n.channel = 'mail' AND n.reason = 'in-digest'
                     JOIN platform.event came ON came.id = n.event_id
                    WHERE colleague.organisation_id = organisation.id AND n.created_at > coalesce(last.at, '-infinity')), $1) AS since
    FROM (SELECT max(e.occurred_at) AS at FROM platform.event e
           WHERE e.subject_id = organisation.id AND e.type = 'boards.morning') AS last`;

/** Contractors with people who want one mail in the morning, and something for it that came and was left to it, or waits. */
export function boardsToTell(tx: Tx, now: Date): Promise<BoardsToTell[]> {
  return rows<BoardsToTell>(
    tx,
    `SELECT organisation.id AS "organisationId", before.since
       FROM accounts.organisation organisation
       CROSS JOIN LATERAL (${SINCE}) AS before
      WHERE organisation.role = 'contractor'
        AND EXISTS (SELECT FROM accounts.person person WHERE person.organisation_id = organisation.id
                     AND person.disabled_at IS NULL AND ${RHYTHM} <> 'at-once')
        AND EXISTS (SELECT FROM (${news('t.organisation_id = organisation.id', 'before.since')}) AS about WHERE ${SOMETHING})
      ORDER BY organisation.id`,
    [now],
  );
}

export const BOARD_DIGEST_SQL = `
  SELECT ${PERSON}, ARRAY[]::uuid[] AS "packageIds", e.payload AS params
    FROM platform.event e
    JOIN accounts.organisation organisation ON organisation.id = e.organisation_id
    JOIN accounts.person person ON person.organisation_id = organisation.id AND person.disabled_at IS NULL
   WHERE e.id = $2 AND ${RHYTHM} <> 'at-once'`;
