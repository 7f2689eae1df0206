import type { Day } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { StoredDocument } from '../platform/documents/index.js';

/** What proves an approval, without its bytes. Both days are inside. */
export interface ApprovalDocument {
  readonly id: string;
  readonly kind: string;
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly name: string;
  readonly sizeBytes: number;
}

interface NewDocument extends StoredDocument, Omit<ApprovalDocument, 'sizeBytes'> {
  readonly enterpriseId: string;
  readonly receivedBy: string | null;
  readonly receivedAt: Date;
}

export async function insertApprovalDocument(tx: Tx, document: NewDocument): Promise<void> {
  await rows(
    tx,
    `INSERT INTO registry.approval_document
       (id, organisation_id, enterprise_id, kind, valid, name, media_type, content, received_by, received_at)
     VALUES ($1, $2, $3, $4, daterange($5, $6, '[]'), $7, $8, $9, $10, $11)`,
    [
      document.id,
      document.organisationId,
      document.enterpriseId,
      document.kind,
      document.validFrom,
      document.validUntil,
      document.name,
      document.mediaType,
      document.content,
      document.receivedBy,
      document.receivedAt,
    ],
  );
}

/** The documents of an enterprise, the latest first. */
export function approvalDocuments(tx: Tx, enterpriseId: string): Promise<ApprovalDocument[]> {
  return rows<ApprovalDocument>(
    tx,
    `SELECT id, kind, lower(valid)::text AS "validFrom", (upper(valid) - 1)::text AS "validUntil", name,
            octet_length(content) AS "sizeBytes"
       FROM registry.approval_document WHERE enterprise_id = $1 ORDER BY received_at DESC, id`,
    [enterpriseId],
  );
}

/** Null alike for what does not exist and for what the actor may not see. */
export function approvalDocument(tx: Tx, id: string): Promise<StoredDocument | null> {
  return maybeRow<StoredDocument>(
    tx,
    `SELECT organisation_id AS "organisationId", name, media_type AS "mediaType", content
       FROM registry.approval_document WHERE id = $1`,
    [id],
  );
}
