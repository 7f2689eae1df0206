import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';

/** A question as both sides of it read it. */
export interface Question {
  readonly id: string;
  readonly packageId: string;
  readonly packageTitle: string;
  /** Who asked: told to the contractor alone. */
  readonly enterprise: string;
  readonly text: string;
  readonly askedAt: Date;
  readonly reply: string | null;
  readonly repliedAt: Date | null;
}

/** What was asked and said about a package, as everybody may read it who sees the package. */
export interface Clarification {
  readonly id: string;
  readonly question: string;
  readonly reply: string;
  readonly repliedAt: Date;
}

const QUESTION_SQL = `
  SELECT q.id, q.package_id AS "packageId", p.title AS "packageTitle", o.name AS enterprise, q.text, q.asked_at AS "askedAt",
         c.text AS reply, c.said_at AS "repliedAt"
  FROM answers.question q
  JOIN accounts.organisation o ON o.id = q.organisation_id
  JOIN tenders.work_package p ON p.id = q.package_id
  LEFT JOIN answers.clarification c ON c.id = q.id`;

/** All that was asked about a tender, what waits first. Row security shows an enterprise its own. */
export function questionsOn(tx: Tx, tenderId: string): Promise<Question[]> {
  return rows<Question>(
    tx,
    `${QUESTION_SQL} WHERE q.tender_id = $1 ORDER BY c.id IS NOT NULL, q.asked_at, q.id`,
    [tenderId],
  );
}

/** All that was asked about packages, what waits first. */
export function questionsOnPackages(tx: Tx, packageIds: readonly string[]): Promise<Question[]> {
  return rows<Question>(
    tx,
    `${QUESTION_SQL} WHERE q.package_id = ANY ($1::uuid[]) ORDER BY c.id IS NOT NULL, q.asked_at, q.id`,
    [packageIds],
  );
}

/** The question of a tender, or null for one that the actor may not see. */
export function questionById(tx: Tx, tenderId: string, id: string): Promise<Question | null> {
  return maybeRow<Question>(tx, `${QUESTION_SQL} WHERE q.tender_id = $1 AND q.id = $2`, [tenderId, id]);
}

/** What an enterprise asked about a package and was not answered yet, oldest first. */
export function waitingQuestions(tx: Tx, packageId: string, organisationId: string): Promise<Question[]> {
  return rows<Question>(
    tx,
    `${QUESTION_SQL} WHERE q.package_id = $1 AND q.organisation_id = $2 AND c.id IS NULL ORDER BY q.asked_at, q.id`,
    [packageId, organisationId],
  );
}

export function clarificationsOf(tx: Tx, packageId: string): Promise<Clarification[]> {
  return rows<Clarification>(
    tx,
    `SELECT id, question, text AS reply, said_at AS "repliedAt" FROM answers.clarification
     WHERE package_id = $1 ORDER BY said_at, id`,
    [packageId],
  );
}

/** @returns false when the same enterprise asked the same already */
export async function insertQuestion(
  tx: Tx,
  row: {
    readonly id: string;
    readonly organisationId: string;
    readonly contractorOrganisationId: string;
    readonly tenderId: string;
    readonly packageId: string;
    readonly text: string;
    readonly askedBy: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const count = await affected(
    tx,
    `INSERT INTO answers.question (id, organisation_id, contractor_organisation_id, tender_id, package_id, text, asked_by, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      row.id,
      row.organisationId,
      row.contractorOrganisationId,
      row.tenderId,
      row.packageId,
      row.text,
      row.askedBy,
      row.at,
    ],
  );
  return count === 1;
}

/** @returns false when somebody answered already */
export async function insertClarification(
  tx: Tx,
  row: { readonly id: string; readonly text: string; readonly saidBy: string; readonly at: Date },
): Promise<boolean> {
  const count = await affected(
    tx,
    `INSERT INTO answers.clarification (id, organisation_id, tender_id, package_id, question, text, said_by, said_at)
     SELECT q.id, q.contractor_organisation_id, q.tender_id, q.package_id, q.text, $2, $3, $4
     FROM answers.question q WHERE q.id = $1 ON CONFLICT DO NOTHING`,
    [row.id, row.text, row.saidBy, row.at],
  );
  return count === 1;
}
