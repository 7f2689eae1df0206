import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/** A date that somebody has to keep. */
export interface DateToKeep {
  /**
   * Until when can be answered; until when an answer to what changed is to be said again; until when an award is to be
   * confirmed; first and last day of works that are taken on.
   */
  readonly kind: 'answer' | 'reconfirm' | 'confirm' | 'start' | 'end';
  /** Of what has the date: a package or a tender, a decision, an answer. */
  readonly id: string;
  readonly tenderId: string;
  /** Null for a date of the whole tender. */
  readonly packageId: string | null;
  readonly title: string;
  readonly tender: string;
  readonly contractor: string;
  /** An instant of `answer` and `confirm`, a day of the others. */
  readonly at: Date | null;
  readonly on: Day | null;
  /** Higher each time that the date has moved. */
  readonly moved: number;
  readonly changedAt: Date;
}

/** Of works that are long over nobody looks up the dates. */
const KEPT_DAYS = 60;

/** Dates of what is awarded and taken on: what the winner said where it said when, else what the contractor asked for. */
const awards = (whose: 'organisation_id' | 'enterprise_organisation_id'): string => `
  SELECT 'confirm' AS kind, d.id, d.tender_id, d.package_id, p.title, t.title AS tender, t.organisation_id, d.confirm_by AS at,
         NULL::date AS "on", 0 AS moved, lower(d.recorded) AS changed_at
    FROM answers.decision d
    JOIN tenders.work_package p ON p.id = d.package_id
    JOIN tenders.tender t ON t.id = d.tender_id AND t.status = 'published'
   WHERE d.${whose} = $1 AND upper_inf(d.recorded) AND d.state = 'awarded' AND d.confirm_by > $2
   UNION ALL
  SELECT work.kind, a.id, d.tender_id, d.package_id, p.title, t.title, t.organisation_id, NULL, work.day, p.version,
         greatest(lower(d.recorded), (SELECT max(m.amended_at) FROM tenders.package_amendment m WHERE m.package_id = p.id))
    FROM answers.decision d
    JOIN answers.answer a ON a.id = d.answer_id
    JOIN tenders.work_package p ON p.id = d.package_id
    JOIN tenders.tender t ON t.id = d.tender_id
   CROSS JOIN LATERAL (VALUES ('start', coalesce(a.starts_on, p.starts_on)), ('end', coalesce(a.ends_on, p.ends_on))) work (kind, day)
   WHERE d.${whose} = $1 AND upper_inf(d.recorded) AND d.state = 'confirmed'
     AND work.day > ($2::timestamptz AT TIME ZONE 'Europe/Brussels')::date - ${KEPT_DAYS}`;

const moves = `(SELECT count(*)::int FROM tenders.deadline_change c WHERE c.tender_id = t.id) AS moved`;
const since = `greatest(t.published_at, (SELECT max(c.changed_at) FROM tenders.deadline_change c WHERE c.tender_id = t.id))`;

/** Answers to what changed since: they cannot be awarded until they are said again. */
const RECONFIRM = `
  SELECT 'reconfirm', p.id, t.id, p.id, p.title, t.title, t.organisation_id, changed.reconfirm_by, NULL::date, p.version, changed.amended_at
    FROM answers.answer a
    JOIN tenders.work_package p ON p.id = a.package_id AND p.version > a.package_version
    JOIN tenders.tender t ON t.id = p.tender_id AND t.status = 'published'
   CROSS JOIN LATERAL (SELECT m.reconfirm_by, m.amended_at FROM tenders.package_amendment m WHERE m.package_id = p.id
                        ORDER BY m.amended_at DESC, m.id DESC LIMIT 1) changed
   WHERE a.organisation_id = $1 AND upper_inf(a.recorded) AND a.kind <> 'no' AND changed.reconfirm_by > $2
     AND NOT EXISTS (SELECT FROM tenders.withdrawn_package w WHERE w.package_id = p.id)
     AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)`;

const dates = (deadlines: string, others: string): string => `
  SELECT k.kind, k.id, k.tender_id AS "tenderId", k.package_id AS "packageId", k.title, k.tender, o.name AS contractor, k.at,
         k."on"::text AS "on", k.moved, k.changed_at AS "changedAt"
    FROM (SELECT * FROM (${deadlines}) AS deadline UNION ALL ${others}) AS k
    JOIN accounts.organisation o ON o.id = k.organisation_id
   ORDER BY coalesce(k.at, k."on"::timestamp AT TIME ZONE 'Europe/Brussels'), k.kind, k.id`;

/** The nearest are chosen first: row security looks at each row of every table that is joined. */
const ENTERPRISE_SQL = dates(
  `WITH nearest AS MATERIALIZED (
     SELECT f.package_id FROM answers.offered_to_actor($2) f
      WHERE f.state IN ('open', 'answered') AND f.deadline IS NOT NULL
        AND f.package_id NOT IN (SELECT a.package_id FROM answers.answer a
                                  WHERE a.organisation_id = $1 AND upper_inf(a.recorded) AND a.kind = 'no')
      ORDER BY f.deadline, f.package_id LIMIT $3)
   SELECT 'answer' AS kind, p.id, t.id AS tender_id, p.id AS package_id, p.title, t.title AS tender, t.organisation_id,
          t.deadline AS at, NULL::date AS "on", ${moves}, ${since} AS changed_at
     FROM nearest
     JOIN tenders.work_package p ON p.id = nearest.package_id
     JOIN tenders.tender t ON t.id = p.tender_id`,
  `${RECONFIRM} UNION ALL ${awards('enterprise_organisation_id')}`,
);

const CONTRACTOR_SQL = dates(
  `SELECT 'answer' AS kind, t.id, t.id AS tender_id, NULL::uuid AS package_id, t.title, t.title AS tender, t.organisation_id,
          t.deadline AS at, NULL::date AS "on", ${moves}, ${since} AS changed_at
     FROM tenders.tender t
    WHERE t.organisation_id = $1 AND t.status = 'published' AND t.deadline > $2
    ORDER BY t.deadline, t.id LIMIT $3`,
  awards('organisation_id'),
);

/** Of an enterprise that acts: what it can still answer and did not refuse, answers to say again, and what it was awarded. @param most deadlines, the nearest */
export function datesOfEnterprise(
  tx: Tx,
  organisationId: string,
  now: Date,
  most: number,
): Promise<DateToKeep[]> {
  return rows<DateToKeep>(tx, ENTERPRISE_SQL, [organisationId, now, most]);
}

/** Of a contractor: its own tenders, and what it awarded. @param most deadlines, the nearest */
export function datesOfContractor(
  tx: Tx,
  organisationId: string,
  now: Date,
  most: number,
): Promise<DateToKeep[]> {
  return rows<DateToKeep>(tx, CONTRACTOR_SQL, [organisationId, now, most]);
}
