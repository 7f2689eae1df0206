import { maybeRow, type Tx } from '../platform/db/index.js';

/** Whether a tender is this organisation's, asked without leaning on row security. */
export async function ownsTender(tx: Tx, organisationId: string, tenderId: string): Promise<boolean> {
  const sql = `SELECT 1 FROM tenders.tender WHERE id = $1 AND organisation_id = $2`;
  return (await maybeRow(tx, sql, [tenderId, organisationId])) !== null;
}

/** Whether a work package is this organisation's, asked the same way. */
export async function ownsPackage(tx: Tx, organisationId: string, packageId: string): Promise<boolean> {
  const sql = `SELECT 1 FROM tenders.work_package WHERE id = $1 AND organisation_id = $2`;
  return (await maybeRow(tx, sql, [packageId, organisationId])) !== null;
}

/** Whether a reading is this organisation's, asked the same way. */
export async function ownsReading(tx: Tx, organisationId: string, importId: string): Promise<boolean> {
  const sql = `SELECT 1 FROM tenders.import WHERE id = $1 AND organisation_id = $2`;
  return (await maybeRow(tx, sql, [importId, organisationId])) !== null;
}
