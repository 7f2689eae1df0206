import { rows, type Tx } from '../platform/db/index.js';
import type { PackageAmendment } from './domain/index.js';

/** What was changed in a package after it was published, oldest first. */
export function amendmentsOf(tx: Tx, packageId: string): Promise<PackageAmendment[]> {
  return rows<PackageAmendment>(
    tx,
    `SELECT differences, reconfirm_by AS "reconfirmBy", amended_at AS "amendedAt" FROM tenders.package_amendment
     WHERE package_id = $1 ORDER BY amended_at, id`,
    [packageId],
  );
}

export async function insertAmendments(
  tx: Tx,
  amendments: readonly (PackageAmendment & {
    readonly id: string;
    readonly packageId: string;
    readonly organisationId: string;
    readonly tenderId: string;
  })[],
): Promise<void> {
  if (amendments.length === 0) return;
  await rows(
    tx,
    `INSERT INTO tenders.package_amendment (id, organisation_id, tender_id, package_id, differences, reconfirm_by, amended_at)
     SELECT a.id, a."organisationId", a."tenderId", a."packageId", a.differences, a."reconfirmBy", a."amendedAt"
     FROM jsonb_to_recordset($1) AS a (id uuid, "organisationId" uuid, "tenderId" uuid, "packageId" uuid, differences jsonb,
          "reconfirmBy" timestamptz, "amendedAt" timestamptz) RETURNING id`,
    [JSON.stringify(amendments)],
  );
}
