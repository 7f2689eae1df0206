import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { DeadlineChange, PackageWithdrawal, WithdrawalGiven } from './domain/index.js';

const WITHDRAWAL = `package_id AS "packageId", reason, message, withdrawn_at AS "withdrawnAt"`;

/** That a package was taken back, and why; null for one that was not. */
export function packageWithdrawal(tx: Tx, packageId: string): Promise<PackageWithdrawal | null> {
  return maybeRow<PackageWithdrawal>(
    tx,
    `SELECT ${WITHDRAWAL} FROM tenders.withdrawn_package WHERE package_id = $1`,
    [packageId],
  );
}

/** All that was taken back of a tender. */
export function withdrawalsOf(tx: Tx, tenderId: string): Promise<PackageWithdrawal[]> {
  return rows<PackageWithdrawal>(
    tx,
    `SELECT ${WITHDRAWAL} FROM tenders.withdrawn_package WHERE tender_id = $1`,
    [tenderId],
  );
}

/** Takes packages back from what is offered, for good. What is answered to them is not made to look outdated. */
export async function insertWithdrawals(
  tx: Tx,
  packageIds: readonly string[],
  given: WithdrawalGiven & { readonly by: string; readonly at: Date },
): Promise<void> {
  const taken = await affected(
    tx,
    `INSERT INTO tenders.withdrawn_package (package_id, organisation_id, tender_id, reason, message, withdrawn_by, withdrawn_at)
     SELECT p.id, p.organisation_id, p.tender_id, $2, $3, $4, $5 FROM tenders.work_package p WHERE p.id = ANY ($1)`,
    [packageIds, given.reason, given.message, given.by, given.at],
  );
  if (taken !== packageIds.length) throw new Error('a package to withdraw is gone');
  await rows(tx, `UPDATE tenders.work_package SET offered = false WHERE id = ANY ($1) RETURNING id`, [
    packageIds,
  ]);
}

/** Packages that are not offered and could be: a corrected document brought them, or they were left out at first. */
export async function additionsOf(tx: Tx, tenderId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT p.id FROM tenders.work_package p
     WHERE p.tender_id = $1 AND NOT p.offered
       AND NOT EXISTS (SELECT FROM tenders.withdrawn_package w WHERE w.package_id = p.id)
       AND (EXISTS (SELECT FROM tenders.bill_line b WHERE b.package_id = p.id)
            OR NOT EXISTS (SELECT FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id WHERE l.tender_id = $1))
     ORDER BY p.ordinal, p.id`,
    [tenderId],
  );
  return found.map(({ id }) => id);
}

/** Offers packages of a published tender. What is answered to others is not touched. */
export async function offerPackages(tx: Tx, packageIds: readonly string[]): Promise<void> {
  await rows(tx, `UPDATE tenders.work_package SET offered = true WHERE id = ANY ($1) RETURNING id`, [
    packageIds,
  ]);
}

/** The moves of a tender's deadline, oldest first; none while it stands as it was published. */
export function deadlineChanges(tx: Tx, tenderId: string): Promise<DeadlineChange[]> {
  return rows<DeadlineChange>(
    tx,
    `SELECT before, after, reason, changed_at AS "changedAt" FROM tenders.deadline_change
     WHERE tender_id = $1 ORDER BY changed_at, id`,
    [tenderId],
  );
}

export async function insertDeadlineChange(
  tx: Tx,
  row: DeadlineChange & {
    readonly id: string;
    readonly organisationId: string;
    readonly tenderId: string;
    readonly changedBy: string;
  },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO tenders.deadline_change (id, organisation_id, tender_id, before, after, reason, changed_by, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [
      row.id,
      row.organisationId,
      row.tenderId,
      row.before,
      row.after,
      row.reason,
      row.changedBy,
      row.changedAt,
    ],
  );
}
