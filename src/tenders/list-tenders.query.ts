import { rows, type Tx } from '../platform/db/index.js';
import type { TenderStatus } from './domain/index.js';

export interface TenderSummary {
  readonly id: string;
  readonly title: string;
  readonly status: TenderStatus;
  readonly municipality: string | null;
  readonly deadline: Date | null;
  readonly packages: number;
  readonly offered: number;
  readonly createdAt: Date;
}

/** The organisation's tenders, newest first. @param before continue after this tender id (ids are time-ordered) */
export function listTenders(
  tx: Tx,
  organisationId: string,
  limit: number,
  before: string | null,
): Promise<TenderSummary[]> {
  return rows<TenderSummary>(
    tx,
    `SELECT t.id, t.title, t.status, t.place->>'municipality' AS municipality, t.deadline, t.created_at AS "createdAt",
            count(p.id)::int AS packages, count(p.id) FILTER (WHERE p.offered)::int AS offered
     FROM tenders.tender t LEFT JOIN tenders.work_package p ON p.tender_id = t.id
     WHERE t.organisation_id = $1 AND ($3::uuid IS NULL OR t.id < $3)
     GROUP BY t.id ORDER BY t.id DESC LIMIT $2`,
    [organisationId, limit, before],
  );
}
