import { maybeRow, rows, type Tx } from '../platform/db/index.js';

/** What a person entered so far to describe a tender, by field of the form. */
export interface DescriptionDraft {
  readonly id: string;
  readonly entries: Readonly<Record<string, string>>;
  readonly keptAt: Date;
  /** The reading it last became; null while it is only a draft. */
  readonly importId: string | null;
}

const COLUMNS = `id, entries, kept_at AS "keptAt", import_id AS "importId"`;

export function descriptionDraft(tx: Tx, id: string, personId: string): Promise<DescriptionDraft | null> {
  return maybeRow<DescriptionDraft>(
    tx,
    `SELECT ${COLUMNS} FROM tenders.description_draft WHERE id = $1 AND described_by = $2`,
    [id, personId],
  );
}

/** Those of one person that became no document yet, the last one first. */
export function openDescriptions(tx: Tx, personId: string): Promise<DescriptionDraft[]> {
  return rows<DescriptionDraft>(
    tx,
    `SELECT ${COLUMNS} FROM tenders.description_draft
     WHERE described_by = $1 AND import_id IS NULL ORDER BY kept_at DESC, id LIMIT 10`,
    [personId],
  );
}

/** The description a person wrote that this reading comes from. */
export function descriptionOfImport(
  tx: Tx,
  importId: string,
  personId: string,
): Promise<DescriptionDraft | null> {
  return maybeRow<DescriptionDraft>(
    tx,
    `SELECT ${COLUMNS} FROM tenders.description_draft
     WHERE import_id = $1 AND described_by = $2 ORDER BY kept_at DESC LIMIT 1`,
    [importId, personId],
  );
}

/**
 * Enters it first, and replaces it when it is there: another person's row cannot be seen, and a single statement that ran
 * into it would be refused by the database instead of finding nothing.
 * @returns false when the draft is somebody else's
 */
export async function keepDescription(
  tx: Tx,
  row: {
    readonly id: string;
    readonly organisationId: string;
    readonly personId: string;
    readonly entries: Readonly<Record<string, string>>;
    readonly at: Date;
  },
): Promise<boolean> {
  const entries = JSON.stringify(row.entries);
  const entered = await rows(
    tx,
    `INSERT INTO tenders.description_draft (id, organisation_id, described_by, entries, kept_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [row.id, row.organisationId, row.personId, entries, row.at],
  );
  if (entered.length === 1) return true;
  const replaced = await rows(
    tx,
    `UPDATE tenders.description_draft SET entries = $3, kept_at = $4 WHERE id = $1 AND described_by = $2 RETURNING id`,
    [row.id, row.personId, entries, row.at],
  );
  return replaced.length === 1;
}

export async function descriptionBecame(
  tx: Tx,
  id: string,
  personId: string,
  importId: string,
): Promise<void> {
  await rows(tx, `UPDATE tenders.description_draft SET import_id = $3 WHERE id = $1 AND described_by = $2`, [
    id,
    personId,
    importId,
  ]);
}

export async function dropDescription(tx: Tx, id: string, personId: string): Promise<void> {
  await rows(tx, `DELETE FROM tenders.description_draft WHERE id = $1 AND described_by = $2`, [id, personId]);
}
