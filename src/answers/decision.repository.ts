import { beginningAt, endedAt, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { AnswerKind, DecisionState, DeclineReason } from './domain/index.js';

/** What stands about an answer; without a decision, `state` and what belongs to it are null. */
export interface Decision {
  readonly answerId: string;
  readonly organisationId: string;
  readonly enterpriseOrganisationId: string;
  readonly tenderId: string;
  readonly packageId: string;
  readonly kind: AnswerKind;
  /** The package changed since the answer. */
  readonly isOutdated: boolean;
  readonly tenderStatus: string;
  readonly id: string | null;
  readonly state: DecisionState | null;
  readonly reason: DeclineReason | null;
  readonly message: string | null;
  readonly confirmBy: Date | null;
  readonly decidedAt: Date | null;
  /** Null for what followed from the award to another. */
  readonly decidedByName: string | null;
}

const DECISION_SQL = `
  SELECT a.id AS "answerId", a.contractor_organisation_id AS "organisationId", a.organisation_id AS "enterpriseOrganisationId",
         a.tender_id AS "tenderId", a.package_id AS "packageId", a.kind, p.version > a.package_version AS "isOutdated",
         t.status AS "tenderStatus", d.id, d.state, d.reason, d.message, d.confirm_by AS "confirmBy",
         lower(d.recorded) AS "decidedAt", person.name AS "decidedByName"
  FROM answers.answer a
  JOIN tenders.work_package p ON p.id = a.package_id
  JOIN tenders.tender t ON t.id = a.tender_id
  LEFT JOIN answers.decision d ON d.answer_id = a.id AND upper_inf(d.recorded)
  LEFT JOIN accounts.person person ON person.id = d.decided_by
  WHERE upper_inf(a.recorded)`;

/** What stands about each standing answer to a tender. */
export function decisionsOn(tx: Tx, tenderId: string): Promise<Decision[]> {
  return rows<Decision>(tx, `${DECISION_SQL} AND a.tender_id = $1`, [tenderId]);
}

/** What stands about each standing answer to packages. */
export function decisionsOnPackages(tx: Tx, packageIds: readonly string[]): Promise<Decision[]> {
  return rows<Decision>(tx, `${DECISION_SQL} AND a.package_id = ANY ($1::uuid[])`, [packageIds]);
}

export function decisionOn(tx: Tx, answerId: string): Promise<Decision | null> {
  return maybeRow<Decision>(tx, `${DECISION_SQL} AND a.id = $1`, [answerId]);
}

/** A decision by its own id; null when another followed. */
export function standingDecision(tx: Tx, id: string): Promise<Decision | null> {
  return maybeRow<Decision>(tx, `${DECISION_SQL} AND d.id = $1`, [id]);
}

/** What stands about the answer of an enterprise to a package. */
export function decisionFor(tx: Tx, packageId: string, organisationId: string): Promise<Decision | null> {
  return maybeRow<Decision>(tx, `${DECISION_SQL} AND a.package_id = $1 AND a.organisation_id = $2`, [
    packageId,
    organisationId,
  ]);
}

/** Standing answers to a package that were not given a last word, and are not a no. */
export function undecidedOf(tx: Tx, packageId: string): Promise<Decision[]> {
  return rows<Decision>(
    tx,
    `${DECISION_SQL} AND a.package_id = $1 AND a.kind <> 'no'
       AND (d.state IS NULL OR d.state IN ('retained', 'awarded')) ORDER BY a.id`,
    [packageId],
  );
}

/** Until the transaction ends, nobody else decides on answers to this package. */
export async function oneDeciderAtATime(tx: Tx, packageId: string): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`decision/${packageId}`]);
}

/** Whether the whole, or any part, of a package is promised to an answer other than this one. */
export async function promisedToOthers(
  tx: Tx,
  packageId: string,
  answerId: string,
): Promise<{ readonly whole: boolean; readonly part: boolean }> {
  const found = await rows<{ whole: boolean }>(
    tx,
    `SELECT DISTINCT whole FROM answers.decision
     WHERE package_id = $1 AND answer_id <> $2 AND upper_inf(recorded) AND state IN ('awarded', 'confirmed')`,
    [packageId, answerId],
  );
  return { whole: found.some(({ whole }) => whole), part: found.some(({ whole }) => !whole) };
}

/** Whether anything of a package is awarded, or confirmed. @param now an award that was not confirmed by then promises nothing */
export async function isPromised(tx: Tx, packageId: string, now: Date): Promise<boolean> {
  const found = await rows(
    tx,
    `SELECT 1 FROM answers.decision WHERE package_id = $1 AND upper_inf(recorded)
      AND (state = 'confirmed' OR state = 'awarded' AND confirm_by > $2) LIMIT 1`,
    [packageId, now],
  );
  return found.length > 0;
}

/** Awards that were not confirmed in time no longer stand in the way of others. */
export async function endLapsed(tx: Tx, packageId: string, now: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE answers.decision SET recorded = ${endedAt('$2')}
     WHERE package_id = $1 AND upper_inf(recorded) AND state = 'awarded' AND confirm_by <= $2 RETURNING 1`,
    [packageId, now],
  );
}

export async function keepDecision(
  tx: Tx,
  about: Decision,
  given: {
    readonly id: string;
    readonly state: DecisionState;
    readonly reason: DeclineReason | null;
    readonly message: string | null;
    readonly confirmBy: Date | null;
    readonly decidedBy: string | null;
    readonly at: Date;
  },
): Promise<void> {
  await rows(
    tx,
    `UPDATE answers.decision SET recorded = ${endedAt('$2')}
     WHERE answer_id = $1 AND upper_inf(recorded) RETURNING 1`,
    [about.answerId, given.at],
  );
  await rows(
    tx,
    `INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id, state,
                                   whole, reason, message, confirm_by, decided_by, recorded)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
             ${beginningAt('$13', 'answers.decision', 'answer_id = $6')})`,
    [
      given.id,
      about.organisationId,
      about.enterpriseOrganisationId,
      about.tenderId,
      about.packageId,
      about.answerId,
      given.state,
      about.kind !== 'part',
      given.reason,
      given.message,
      given.confirmBy,
      given.decidedBy,
      given.at,
    ],
  );
}

/** A package whose whole is confirmed takes no more answers. */
export async function closePackage(tx: Tx, { packageId, organisationId }: Decision, at: Date): Promise<void> {
  await rows(
    tx,
    `INSERT INTO answers.closed_package (package_id, organisation_id, closed_at) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [packageId, organisationId, at],
  );
}
