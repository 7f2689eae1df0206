import { rows, type Tx } from '../platform/db/index.js';
import type { Tender } from './domain/index.js';
import { TENDER_COLUMNS } from './tender.repository.js';

/** Tenders on which the law was asked, drafts and published ones that can still be answered, oldest first. */
export function openTendersWithLaw(tx: Tx, now: Date): Promise<Tender[]> {
  return rows<Tender>(
    tx,
    `SELECT ${TENDER_COLUMNS} FROM tenders.tender
      WHERE buyer IS NOT NULL AND clause IS NOT NULL
        AND (status = 'draft' OR (status = 'published' AND (deadline IS NULL OR deadline > $1)))
      ORDER BY created_at, id`,
    [now],
  );
}

/** Every tender on which the law was asked, whatever became of it, a page at a time in the order of their ids. */
export function tendersWithLawAfter(tx: Tx, afterId: string | null, limit: number): Promise<Tender[]> {
  return rows<Tender>(
    tx,
    `SELECT ${TENDER_COLUMNS} FROM tenders.tender
      WHERE buyer IS NOT NULL AND clause IS NOT NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [afterId, limit],
  );
}
