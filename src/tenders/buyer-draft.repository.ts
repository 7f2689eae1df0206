import { rows, type Tx } from '../platform/db/index.js';
import type { DraftAnswer, FieldAnswers } from './domain/index.js';

/** Answers given and not confirmed yet, in the order of giving. */
export function buyerDraft(tx: Tx, tenderId: string): Promise<DraftAnswer[]> {
  return rows<DraftAnswer>(
    tx,
    `SELECT d.question, d.answers, d.answered_by AS "answeredBy", person.name AS "answeredByName",
            d.answered_at AS "answeredAt"
     FROM tenders.buyer_draft d LEFT JOIN accounts.person person ON person.id = d.answered_by
     WHERE d.tender_id = $1 ORDER BY d.answered_at, d.question`,
    [tenderId],
  );
}

export async function keepBuyerAnswer(
  tx: Tx,
  row: {
    readonly organisationId: string;
    readonly tenderId: string;
    readonly question: string;
    readonly answers: FieldAnswers;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO tenders.buyer_draft (organisation_id, tender_id, question, answers, answered_by, answered_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tender_id, question) DO UPDATE
       SET answers = excluded.answers, answered_by = excluded.answered_by, answered_at = excluded.answered_at`,
    [row.organisationId, row.tenderId, row.question, JSON.stringify(row.answers), row.by, row.at],
  );
}

export async function dropBuyerDraft(tx: Tx, tenderId: string): Promise<void> {
  await rows(tx, `DELETE FROM tenders.buyer_draft WHERE tender_id = $1`, [tenderId]);
}
