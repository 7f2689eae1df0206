import type { Role } from '../../kernel/index.js';
import { rows, type Tx } from '../db/index.js';

/** What the record says when somebody else opens a document, by what it is. */
export type DocumentReading = 'approval-document.read' | 'answer-attachment.read' | 'tender-document.read';

/** That others opened a document, by what they are: who they were stays between them and their own organisation. */
export interface DocumentRead {
  readonly documentId: string;
  readonly role: Role;
  readonly count: number;
  readonly lastAt: Date;
}

/** Who opened the documents of an organisation, as its own record says it. */
export function documentReads(
  tx: Tx,
  organisationId: string,
  reading: DocumentReading,
  documentIds: readonly string[],
): Promise<DocumentRead[]> {
  return rows<DocumentRead>(
    tx,
    `SELECT subject_id AS "documentId", actor_role AS role, count(*)::int AS count, max(at) AS "lastAt"
       FROM platform.audit_entry
      WHERE subject_id = ANY($2) AND organisation_id = $1 AND action = $3
      GROUP BY subject_id, actor_role ORDER BY max(at) DESC`,
    [organisationId, documentIds, reading],
  );
}
