import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { StoredDocument } from '../platform/documents/index.js';
import type { AttachedFile } from './domain/index.js';

interface NewAttachment extends StoredDocument {
  readonly id: string;
  readonly contractorOrganisationId: string;
  readonly packageId: string;
  readonly scanned: boolean;
  readonly receivedBy: string;
  readonly receivedAt: Date;
}

/** What an enterprise put beside its answer to a package, sent or not yet, in the order in which it came. */
export function attachmentsOf(tx: Tx, packageId: string, organisationId: string): Promise<AttachedFile[]> {
  return rows<AttachedFile>(
    tx,
    `SELECT id, name, octet_length(content) AS "sizeBytes", scanned FROM answers.attachment
     WHERE package_id = $1 AND organisation_id = $2 ORDER BY received_at, name, id`,
    [packageId, organisationId],
  );
}

/** One of them with its content; null alike for what does not exist and what belongs elsewhere. */
export function attachmentOf(
  tx: Tx,
  packageId: string,
  organisationId: string,
  id: string,
): Promise<StoredDocument | null> {
  return maybeRow<StoredDocument>(
    tx,
    `SELECT organisation_id AS "organisationId", name, media_type AS "mediaType", content FROM answers.attachment
     WHERE id = $3 AND package_id = $1 AND organisation_id = $2`,
    [packageId, organisationId, id],
  );
}

/** One that stands beside an answer to a tender of this contractor. */
export function attachmentOfAnswer(
  tx: Tx,
  of: { readonly tenderId: string; readonly answerId: string; readonly contractorOrganisationId: string },
  id: string,
): Promise<StoredDocument | null> {
  return maybeRow<StoredDocument>(
    tx,
    `SELECT f.organisation_id AS "organisationId", f.name, f.media_type AS "mediaType", f.content
     FROM answers.answer a
     JOIN answers.attachment f ON f.id = ANY (a.attachment_ids) AND f.package_id = a.package_id
      AND f.organisation_id = a.organisation_id
     WHERE a.id = $2 AND a.tender_id = $1 AND a.contractor_organisation_id = $3 AND upper_inf(a.recorded) AND f.id = $4`,
    [of.tenderId, of.answerId, of.contractorOrganisationId, id],
  );
}

export async function insertAttachment(tx: Tx, row: NewAttachment): Promise<void> {
  await tx.query(
    `INSERT INTO answers.attachment (id, organisation_id, contractor_organisation_id, package_id, name, media_type, content,
                                     scanned, received_by, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.organisationId,
      row.contractorOrganisationId,
      row.packageId,
      row.name,
      row.mediaType,
      row.content,
      row.scanned,
      row.receivedBy,
      row.receivedAt,
    ],
  );
}

/** What stands beside an answer goes with it to whoever gives that answer from now on. Runs as system. */
export async function handAttachmentsOver(
  tx: Tx,
  packageId: string,
  { from, to, ids }: { readonly from: string; readonly to: string; readonly ids: readonly string[] },
): Promise<void> {
  await tx.query(
    `UPDATE answers.attachment SET organisation_id = $3
     WHERE package_id = $1 AND organisation_id = $2 AND id = ANY ($4::uuid[])`,
    [packageId, from, to, ids],
  );
}

/** Keeps these alone: what is not sent with the answer, or no longer, is nobody's to read. */
export async function keepAttachments(
  tx: Tx,
  packageId: string,
  organisationId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.query(
    `DELETE FROM answers.attachment WHERE package_id = $1 AND organisation_id = $2 AND NOT id = ANY ($3::uuid[])`,
    [packageId, organisationId, ids],
  );
}
