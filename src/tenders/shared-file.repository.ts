import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { StoredDocument } from '../platform/documents/index.js';

/** A file that enterprises which see the tender may have. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  readonly scanned: boolean;
  /** The document that the tender was read from. */
  readonly isOriginal: boolean;
  readonly addedAt: Date;
}

const FROM = `FROM tenders.shared_file f LEFT JOIN tenders.source_file s ON s.id = f.source_file_id`;
const NAME = `coalesce(f.name, s.name)`;

/** The document first, then what was added, in the order in which it came. */
export function sharedFilesOf(tx: Tx, tenderId: string): Promise<SharedFile[]> {
  return rows<SharedFile>(
    tx,
    `SELECT f.id, ${NAME} AS name, coalesce(f.scanned, s.scanned) AS scanned, f.source_file_id IS NOT NULL AS "isOriginal",
            f.added_at AS "addedAt"
     ${FROM} WHERE f.tender_id = $1 AND ${NAME} IS NOT NULL
     ORDER BY f.source_file_id IS NULL, f.added_at, ${NAME}, f.id`,
    [tenderId],
  );
}

/** One of them with its content; null alike for what does not exist and what belongs to another tender. */
export function sharedFile(tx: Tx, tenderId: string, id: string): Promise<StoredDocument | null> {
  return maybeRow<StoredDocument>(
    tx,
    `SELECT f.organisation_id AS "organisationId", ${NAME} AS name, coalesce(f.media_type, 'application/octet-stream') AS "mediaType",
            coalesce(f.content, s.content) AS content
     ${FROM} WHERE f.tender_id = $1 AND f.id = $2 AND ${NAME} IS NOT NULL`,
    [tenderId, id],
  );
}

interface Added {
  readonly id: string;
  readonly organisationId: string;
  readonly tenderId: string;
  readonly by: string;
  readonly at: Date;
}

export async function insertSharedFile(
  tx: Tx,
  row: Added & Omit<StoredDocument, 'organisationId'> & { readonly scanned: boolean },
): Promise<void> {
  await tx.query(
    `INSERT INTO tenders.shared_file (id, organisation_id, tender_id, name, media_type, content, scanned, added_by, added_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.id,
      row.organisationId,
      row.tenderId,
      row.name,
      row.mediaType,
      row.content,
      row.scanned,
      row.by,
      row.at,
    ],
  );
}

/** Shares the document that the tender is read from now; a second time changes nothing. */
export async function shareOriginal(tx: Tx, row: Added): Promise<void> {
  await tx.query(
    `INSERT INTO tenders.shared_file (id, organisation_id, tender_id, source_file_id, added_by, added_at)
     SELECT $1, $2, t.id, i.source_file_id, $4, $5
     FROM tenders.tender t JOIN tenders.import i ON i.id = t.import_id WHERE t.id = $3
     ON CONFLICT (tender_id) WHERE source_file_id IS NOT NULL DO NOTHING`,
    [row.id, row.organisationId, row.tenderId, row.by, row.at],
  );
}

/** Where the document is shared, the one that replaced it is. */
export async function shareCorrected(tx: Tx, tenderId: string, sourceFileId: string): Promise<void> {
  await tx.query(
    `UPDATE tenders.shared_file SET source_file_id = $2 WHERE tender_id = $1 AND source_file_id IS NOT NULL`,
    [tenderId, sourceFileId],
  );
}

/** @returns false when there is no such file */
export async function unshare(tx: Tx, tenderId: string, id: string): Promise<boolean> {
  const sql = `DELETE FROM tenders.shared_file WHERE tender_id = $1 AND id = $2`;
  return (await affected(tx, sql, [tenderId, id])) === 1;
}
