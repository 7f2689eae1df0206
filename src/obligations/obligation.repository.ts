import { affected, beginningAt, endedAt, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { Debt, DebtLaw, DebtTerms, Obligation } from './domain/index.js';

const OBLIGATION_SQL = `
  SELECT o.id, o.organisation_id AS "organisationId", o.tender_id AS "tenderId", o.main_contract AS "mainContract"
  FROM obligations.obligation o`;

/** Obligations of the actor, the newest first; row security shows a contractor its own. */
export function obligationsOf(tx: Tx, organisationId: string): Promise<Obligation[]> {
  return rows<Obligation>(
    tx,
    `${OBLIGATION_SQL} WHERE o.organisation_id = $1 ORDER BY o.created_at DESC, o.id`,
    [organisationId],
  );
}

export function obligationById(tx: Tx, id: string): Promise<Obligation | null> {
  return maybeRow<Obligation>(tx, `${OBLIGATION_SQL} WHERE o.id = $1`, [id]);
}

export async function ownsObligation(tx: Tx, organisationId: string, id: string): Promise<boolean> {
  return (await obligationById(tx, id))?.organisationId === organisationId;
}

/** The debt that serves the main contract of a tender, when it was entered. */
export function obligationOfTender(
  tx: Tx,
  organisationId: string,
  tender: { readonly id: string; readonly mainContract: string | null },
): Promise<Obligation | null> {
  return maybeRow<Obligation>(
    tx,
    `${OBLIGATION_SQL} WHERE o.organisation_id = $1
       AND (o.tender_id = $2 OR o.main_contract_key = lower(regexp_replace(btrim($3), '\\s+', ' ', 'g')))
     ORDER BY (o.tender_id = $2) DESC NULLS LAST LIMIT 1`,
    [organisationId, tender.id, tender.mainContract],
  );
}

/** Changes of one obligation follow each other: what one of them was judged with stays true until it is written. */
export async function lockObligation(tx: Tx, id: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`obligation/${id}`]);
}

export async function insertObligation(
  tx: Tx,
  row: Obligation & { readonly createdAt: Date; readonly createdBy: string },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO obligations.obligation (id, organisation_id, tender_id, main_contract, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [row.id, row.organisationId, row.tenderId, row.mainContract, row.createdAt, row.createdBy],
  );
}

const DEBT_SQL = `
  SELECT d.obligation_id AS "obligationId", d.version, d.notice_date::text AS "noticeDate", d.region, d.clause,
         d.hours::text AS hours, trim_scale(d.share)::text AS share, d.offer::text AS offer, d.amount::text AS amount,
         d.source, d.document, d.clause_number AS "clauseNumber", d.reason, d.regime, d.basis,
         d.law_versions AS "lawVersions", d.law_known_at AS "lawKnownAt", d.confidence,
         lower(d.recorded) AS "recordedAt", upper(d.recorded) AS "endedAt"
  FROM obligations.debt d`;

export type DebtOf = Debt & { readonly obligationId: string };

/** Every version of each debt, the one in force first. */
export function debtsOf(tx: Tx, obligationIds: readonly string[]): Promise<DebtOf[]> {
  return rows<DebtOf>(
    tx,
    `${DEBT_SQL} WHERE d.obligation_id = ANY ($1) ORDER BY d.obligation_id, d.version DESC`,
    [obligationIds],
  );
}

export interface NewDebt extends DebtTerms, DebtLaw {
  readonly id: string;
  readonly organisationId: string;
  readonly obligationId: string;
  readonly version: number;
  readonly reason: string | null;
  readonly lawKnownAt: Date;
  readonly by: string;
  readonly at: Date;
}

/** Ends the version in force. @returns false when there is none */
export async function endDebt(tx: Tx, obligationId: string, at: Date): Promise<boolean> {
  const ended = await affected(
    tx,
    `UPDATE obligations.debt SET recorded = ${endedAt('$2')} WHERE obligation_id = $1 AND upper_inf(recorded)`,
    [obligationId, at],
  );
  return ended === 1;
}

export async function insertDebt(tx: Tx, debt: NewDebt): Promise<void> {
  await rows(
    tx,
    `INSERT INTO obligations.debt (id, organisation_id, obligation_id, version, notice_date, region, clause, hours, share,
                                   offer, source, document, clause_number, reason, regime, basis, law_versions,
                                   law_known_at, confidence, recorded_by, recorded)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             ${beginningAt('$21', 'obligations.debt', 'obligation_id = $3')})`,
    [
      debt.id,
      debt.organisationId,
      debt.obligationId,
      debt.version,
      debt.noticeDate,
      debt.region,
      debt.clause,
      debt.hours,
      debt.share,
      debt.offer,
      debt.source,
      debt.document,
      debt.clauseNumber,
      debt.reason,
      debt.regime,
      debt.basis,
      debt.lawVersions,
      debt.lawKnownAt,
      debt.confidence,
      debt.by,
      debt.at,
    ],
  );
}
