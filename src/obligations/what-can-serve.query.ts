import type { Decimal } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { Acceptable } from './domain/index.js';

/** A package the contractor offered, which serves no obligation yet. */
export interface FreePackage {
  readonly id: string;
  readonly title: string;
  readonly tenderTitle: string;
  readonly value: Decimal | null;
}

/** Packages the contractor offered in published tenders; those of the obligation's own tender first. */
const FREE_PACKAGES_SQL = `
  SELECT p.id, p.title, t.title AS "tenderTitle", p.value::text AS value
  FROM obligations.obligation o
  JOIN tenders.tender t ON t.organisation_id = o.organisation_id AND t.status <> 'draft'
  JOIN tenders.work_package p ON p.tender_id = t.id AND p.offered
  WHERE o.id = $1 AND NOT EXISTS (
    SELECT FROM obligations.ledger_entry e WHERE e.package_id = p.id AND upper_inf(e.recorded))
  ORDER BY (t.id = o.tender_id) DESC NULLS LAST, t.published_at DESC, p.ordinal, p.id LIMIT 500`;

export function freePackages(tx: Tx, obligationId: string): Promise<FreePackage[]> {
  return rows<FreePackage>(tx, FREE_PACKAGES_SQL, [obligationId]);
}

/** Every package the contractor offered in a published tender; which of them are taken, the ledger's constraint says. */
export async function offeredPackageIds(tx: Tx, organisationId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT p.id FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
     WHERE t.organisation_id = $1 AND t.status <> 'draft' AND p.offered`,
    [organisationId],
  );
  return found.map(({ id }) => id);
}

/** Yes in full, in part or with others, to a package planned for the obligation, and engaged by no entry yet. */
const ACCEPTABLE_SQL = `
  SELECT a.id, a.package_id AS "packageId", n.name AS "enterpriseName"
  FROM obligations.ledger_entry e
  JOIN answers.answer a ON a.package_id = e.package_id AND a.kind <> 'no' AND upper_inf(a.recorded)
  JOIN accounts.organisation n ON n.id = a.organisation_id
  WHERE e.obligation_id = $1 AND upper_inf(e.recorded) AND NOT EXISTS (
    SELECT FROM obligations.ledger_entry c WHERE c.answer_id = a.id AND upper_inf(c.recorded))
  ORDER BY n.name, a.id`;

export function acceptableAnswers(tx: Tx, obligationId: string): Promise<Acceptable[]> {
  return rows<Acceptable>(tx, ACCEPTABLE_SQL, [obligationId]);
}
