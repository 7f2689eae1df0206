import { rows, type Tx } from '../platform/db/index.js';
import type { AnswerKind } from './domain/index.js';

/** What came to the board of a tender: an answer that stands, or a question. */
export interface BoardEntry {
  readonly id: string;
  /** Null for a question. */
  readonly kind: AnswerKind | null;
  readonly tenderId: string;
  readonly tender: string;
  readonly title: string;
  readonly enterprise: string;
  /** Of a question. */
  readonly text: string | null;
  readonly at: Date;
}

/** Of a contractor's published tenders, the latest first. */
export function boardEntries(tx: Tx, organisationId: string, most: number): Promise<BoardEntry[]> {
  return rows<BoardEntry>(
    tx,
    `SELECT came.id, came.kind, t.id AS "tenderId", t.title AS tender, p.title, o.name AS enterprise, came.text, came.at
       FROM tenders.tender t
      CROSS JOIN LATERAL (
        SELECT a.id, a.kind, a.package_id, a.organisation_id, NULL AS text, lower(a.recorded) AS at
          FROM answers.answer a WHERE a.tender_id = t.id AND upper_inf(a.recorded)
         UNION ALL
        SELECT q.id, NULL, q.package_id, q.organisation_id, q.text, q.asked_at FROM answers.question q WHERE q.tender_id = t.id
      ) AS came
       JOIN tenders.work_package p ON p.id = came.package_id
       JOIN accounts.organisation o ON o.id = came.organisation_id
      WHERE t.organisation_id = $1 AND t.status = 'published'
      ORDER BY came.at DESC, came.id LIMIT $2`,
    [organisationId, most],
  );
}
