import { maybeRow, type Tx } from '../platform/db/index.js';
import type { DraftEntries } from './domain/index.js';

/** What an enterprise entered of an answer and did not send. */
export interface AnswerDraft {
  readonly id: string;
  readonly entries: DraftEntries;
  /** Null once that person is gone. */
  readonly savedBy: string | null;
  readonly savedAt: Date;
}

export function answerDraft(tx: Tx, packageId: string, organisationId: string): Promise<AnswerDraft | null> {
  return maybeRow<AnswerDraft>(
    tx,
    `SELECT d.id, d.entries, p.name AS "savedBy", d.saved_at AS "savedAt"
     FROM answers.draft d LEFT JOIN accounts.person p ON p.id = d.saved_by
     WHERE d.package_id = $1 AND d.organisation_id = $2`,
    [packageId, organisationId],
  );
}

export async function deleteDraft(tx: Tx, packageId: string, organisationId: string): Promise<void> {
  await tx.query(`DELETE FROM answers.draft WHERE package_id = $1 AND organisation_id = $2`, [
    packageId,
    organisationId,
  ]);
}

/** In place of the one before. */
export async function saveDraft(
  tx: Tx,
  row: {
    readonly id: string;
    readonly organisationId: string;
    readonly packageId: string;
    readonly entries: DraftEntries;
    readonly savedBy: string;
    readonly savedAt: Date;
  },
): Promise<void> {
  await deleteDraft(tx, row.packageId, row.organisationId);
  await tx.query(
    `INSERT INTO answers.draft (id, organisation_id, package_id, entries, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [row.id, row.organisationId, row.packageId, JSON.stringify(row.entries), row.savedBy, row.savedAt],
  );
}
