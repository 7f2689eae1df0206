import { beginningAt, endedAt, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { oneDeciderAtATime } from './decision.repository.js';
import type { Answer, AnswerGiven } from './domain/index.js';

/** What an answer is about, as the database has it: the actor matches the package, or answered it when it did. */
export interface Answerable {
  readonly packageId: string;
  readonly packageVersion: number;
  readonly tenderId: string;
  readonly contractorOrganisationId: string;
  readonly enterpriseId: string;
  readonly status: string;
  /** The actor matches it now. */
  readonly fitsNow: boolean;
  readonly deadline: Date | null;
  /** The whole of it is awarded and confirmed. */
  readonly isClosed: boolean;
  /** An award of it to this enterprise waits for its word, or was confirmed. */
  readonly isPromised: boolean;
}

/**
 * What the enterprise may answer, or null. Answers of one enterprise to one package follow each other, and no decision
 * falls between: the locks are advisory, since row security lets nobody lock a row that is not theirs to change.
 * @param now an award that was not confirmed by then promises nothing any more
 */
export async function answerable(
  tx: Tx,
  packageId: string,
  enterpriseOrganisationId: string,
  now: Date,
): Promise<Answerable | null> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `answer/${packageId}/${enterpriseOrganisationId}`,
  ]);
  await oneDeciderAtATime(tx, packageId);
  return maybeRow<Answerable>(
    tx,
    `SELECT p.id AS "packageId", p.version AS "packageVersion", t.id AS "tenderId",
            t.organisation_id AS "contractorOrganisationId", coalesce(m.enterprise_id, a.enterprise_id) AS "enterpriseId", t.status, t.deadline,
            m.id IS NOT NULL AS "fitsNow",
            EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id) AS "isClosed",
            EXISTS (SELECT FROM answers.decision d WHERE d.package_id = p.id AND d.enterprise_organisation_id = $2
                     AND upper_inf(d.recorded) AND (d.state = 'confirmed' OR d.state = 'awarded' AND d.confirm_by > $3)) AS "isPromised"
     FROM tenders.work_package p
     JOIN tenders.tender t ON t.id = p.tender_id
     LEFT JOIN matching.match m ON m.package_id = p.id AND m.enterprise_organisation_id = $2 AND upper_inf(m.recorded)
      AND m.verdict IN ('match', 'partial')
     LEFT JOIN answers.answer a ON a.package_id = p.id AND a.organisation_id = $2 AND upper_inf(a.recorded)
     WHERE p.id = $1 AND (m.id IS NOT NULL OR a.id IS NOT NULL)`,
    [packageId, enterpriseOrganisationId, now],
  );
}

const ANSWER_SQL = `
  SELECT a.id, a.tender_id AS "tenderId", a.package_id AS "packageId", a.enterprise_id AS "enterpriseId",
         o.name AS "enterpriseName", a.kind, a.reason, a.part, a.line_ids AS lines, a.replies, a.message, a.starts_on::text AS "startsOn",
         a.ends_on::text AS "endsOn", a.conditions, a.price::text AS price, a.attachment_ids AS attachments,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'sizeBytes', octet_length(f.content), 'scanned', f.scanned)
                                    ORDER BY f.received_at, f.name, f.id), '[]')
            FROM answers.attachment f WHERE f.id = ANY (a.attachment_ids)) AS files,
         a.package_version AS "packageVersion",
         coalesce(p.version > a.package_version, false) AS "isOutdated", lower(a.recorded) AS "answeredAt"
  FROM answers.answer a JOIN accounts.organisation o ON o.id = a.organisation_id
  LEFT JOIN tenders.work_package p ON p.id = a.package_id
  WHERE upper_inf(a.recorded)`;

/** The standing answers to a tender, oldest first. Row security shows each party its own. */
export function answersTo(tx: Tx, tenderId: string): Promise<Answer[]> {
  return rows<Answer>(tx, `${ANSWER_SQL} AND a.tender_id = $1 ORDER BY lower(a.recorded), a.id`, [tenderId]);
}

/** The standing answers to packages, oldest first. */
export function answersToPackages(tx: Tx, packageIds: readonly string[]): Promise<Answer[]> {
  return rows<Answer>(
    tx,
    `${ANSWER_SQL} AND a.package_id = ANY ($1::uuid[]) ORDER BY lower(a.recorded), a.id`,
    [packageIds],
  );
}

/** A standing answer to a tender by its id. */
export function answerById(tx: Tx, tenderId: string, id: string): Promise<Answer | null> {
  return maybeRow<Answer>(tx, `${ANSWER_SQL} AND a.tender_id = $1 AND a.id = $2`, [tenderId, id]);
}

export function standingAnswer(tx: Tx, packageId: string, organisationId: string): Promise<Answer | null> {
  return maybeRow<Answer>(tx, `${ANSWER_SQL} AND a.package_id = $1 AND a.organisation_id = $2`, [
    packageId,
    organisationId,
  ]);
}

/** What an enterprise says to the package it answered last, this one apart, where it can be said again; null when it never said any. */
export function lastWords(
  tx: Tx,
  packageId: string,
  organisationId: string,
): Promise<Pick<AnswerGiven, 'message' | 'conditions'> | null> {
  return maybeRow(
    tx,
    `SELECT message, conditions FROM answers.answer
     WHERE organisation_id = $2 AND upper_inf(recorded) AND package_id <> $1 AND kind <> 'no' AND (message IS NOT NULL OR conditions IS NOT NULL)
     ORDER BY lower(recorded) DESC, id DESC LIMIT 1`,
    [packageId, organisationId],
  );
}

/** Ends the standing answer of the enterprise to the package, if there is one. */
export async function endStandingAnswer(
  tx: Tx,
  packageId: string,
  enterpriseId: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE answers.answer SET recorded = ${endedAt('$3')}
     WHERE package_id = $1 AND enterprise_id = $2 AND upper_inf(recorded)`,
    [packageId, enterpriseId, at],
  );
}

export async function insertAnswer(
  tx: Tx,
  row: AnswerGiven & { id: string; organisationId: string; answeredBy: string; about: Answerable; at: Date },
): Promise<void> {
  const { about } = row;
  await tx.query(
    `INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind,
                                 reason, part, line_ids, replies, message, package_version, answered_by, starts_on, ends_on, conditions,
                                 price, attachment_ids, recorded)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
             ${beginningAt('$20', 'answers.answer', 'package_id = $5 AND enterprise_id = $6')})`,
    [
      row.id,
      row.organisationId,
      about.contractorOrganisationId,
      about.tenderId,
      about.packageId,
      about.enterpriseId,
      row.kind,
      row.reason,
      row.part,
      row.lines,
      row.replies,
      row.message,
      about.packageVersion,
      row.answeredBy,
      row.startsOn,
      row.endsOn,
      row.conditions,
      row.price,
      row.attachments,
      row.at,
    ],
  );
}
