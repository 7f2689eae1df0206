import type { Role } from '../../kernel/index.js';
import { rows, type Tx } from '../../platform/db/index.js';
import type { DocumentReading } from '../../platform/documents/index.js';

/** That something which is not public was opened. Who the person was, only their own organisation learns. */
interface Opened {
  readonly at: Date;
  readonly action: 'work-package.read' | 'mail.read' | DocumentReading;
  readonly role: Role;
  /** The reader's organisation; null where the record names none, as of administrators. */
  readonly by: string | null;
  /** Whose it is. */
  readonly of: string | null;
  /** The title of the package and its tender; null for what is no package. */
  readonly title: string | null;
}

/** Further back nobody leafs: the record itself holds all. */
const MOST = 5_000;

/** A package of a tender open to everybody is no secret. */
const OPENED_SQL = `
  FROM platform.audit_entry e
  LEFT JOIN tenders.work_package p ON e.action = 'work-package.read' AND p.id = e.subject_id
  LEFT JOIN tenders.tender t ON t.id = p.tender_id
  WHERE e.action IN ('work-package.read', 'approval-document.read', 'mail.read', 'answer-attachment.read', 'tender-document.read')
    AND NOT EXISTS (SELECT FROM tenders.audience a WHERE a.tender_id = t.id AND a.kind = 'public')`;

/** How often, at most 5,000. */
export async function openedCount(tx: Tx): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    `SELECT count(*)::int AS count FROM (SELECT 1 ${OPENED_SQL} LIMIT ${MOST}) s`,
    [],
  );
  return found!.count;
}

/** The newest first. */
export function opened(tx: Tx, page: { readonly size: number; readonly number: number }): Promise<Opened[]> {
  return rows<Opened>(
    tx,
    `SELECT picked.*, o.name AS "of", b.name AS "by"
     FROM (SELECT e.at, e.seq, e.action, e.actor_role AS role, e.organisation_id, e.details->>'by' AS reader,
                  t.title || ' – ' || p.title AS title
           ${OPENED_SQL} ORDER BY e.at DESC, e.organisation_id, e.seq DESC LIMIT $1 OFFSET $2) picked
     LEFT JOIN accounts.organisation o ON o.id = picked.organisation_id
     LEFT JOIN accounts.organisation b ON b.id::text = picked.reader
     ORDER BY picked.at DESC, picked.organisation_id, picked.seq DESC`,
    [page.size, (page.number - 1) * page.size],
  );
}
