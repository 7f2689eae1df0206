import type { Decimal } from '../kernel/index.js';
import { beginningAt, endedAt, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { BillLineRow } from './bill-line.entity.js';
import type { StoredBillLine, StoredLot, Tender, WorkPackage } from './domain/index.js';
import { LotRow } from './lot.entity.js';
import { TenderRow } from './tender.entity.js';
import { WorkPackageRow } from './work-package.entity.js';

export const TENDER_COLUMNS = `
  id, organisation_id AS "organisationId", import_id AS "importId", status, version, title, description, language, nature,
  notice_date::text AS "noticeDate", deadline, value::text AS value, currency, place, buyer, clause,
  questions, asks_price AS "asksPrice",
  coalesce((SELECT a.kind FROM tenders.audience a WHERE a.tender_id = tender.id), 'eligible') AS visibility,
  ARRAY(SELECT i.enterprise_id FROM tenders.invited i WHERE i.tender_id = tender.id ORDER BY 1) AS invited,
  published_at AS "publishedAt", withdrawn_at AS "withdrawnAt"`;

const PACKAGE_COLUMNS = `
  p.id, p.organisation_id AS "organisationId", p.tender_id AS "tenderId", p.lot_id AS "lotId", p.ordinal, p.ref, p.title,
  p.confirmed, p.offered, p.mode, p.value::text AS value, p.currency, p.hours_min::text AS "hoursMin",
  p.hours_max::text AS "hoursMax", p.hours_method AS "hoursMethod", p.sites, p.starts_on::text AS "startsOn",
  p.ends_on::text AS "endsOn", p.version,
  '{"approval": null, "approvalClass": null, "asbestosTechnique": null, "paymentDays": null, "chainLevel": null}' || p.terms AS terms`;

export function tenderById(tx: Tx, id: string): Promise<Tender | null> {
  return maybeRow<Tender>(tx, `SELECT ${TENDER_COLUMNS} FROM tenders.tender WHERE id = $1`, [id]);
}

/** Locks the tender until the transaction ends: two changes of one tender follow each other. */
export async function lockTender(tx: Tx, id: string): Promise<Tender | null> {
  // Read after the lock is held: what belongs to the tender in other tables is then as the last holder left it.
  await tx.query('SELECT FROM tenders.tender WHERE id = $1 FOR UPDATE', [id]);
  return tenderById(tx, id);
}

/** Whether the tender of a package is the actor's to change: row security alone answers, by what it lets lock. */
export async function mayChangePackage(tx: Tx, packageId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `SELECT id FROM tenders.tender WHERE id = (SELECT tender_id FROM tenders.work_package WHERE id = $1) FOR KEY SHARE`,
    [packageId],
  );
  return found.length > 0;
}

export function packageById(tx: Tx, id: string): Promise<WorkPackage | null> {
  return maybeRow<WorkPackage>(tx, `SELECT ${PACKAGE_COLUMNS} FROM tenders.work_package p WHERE p.id = $1`, [
    id,
  ]);
}

export function packagesOf(tx: Tx, tenderId: string): Promise<WorkPackage[]> {
  return rows<WorkPackage>(
    tx,
    `SELECT ${PACKAGE_COLUMNS} FROM tenders.work_package p WHERE p.tender_id = $1 ORDER BY p.ordinal, p.id`,
    [tenderId],
  );
}

/** A package as lists of thousands need it. */
export type PackageInShort = Pick<
  WorkPackage,
  | 'id'
  | 'tenderId'
  | 'lotId'
  | 'ref'
  | 'title'
  | 'confirmed'
  | 'offered'
  | 'value'
  | 'currency'
  | 'hoursMin'
  | 'hoursMax'
  | 'version'
>;

/** All packages of a tender, in the order of the document. */
export function packagesInShort(tx: Tx, tenderId: string): Promise<PackageInShort[]> {
  return rows<PackageInShort>(
    tx,
    `SELECT id, tender_id AS "tenderId", lot_id AS "lotId", ref, title, confirmed, offered, value::text AS value, currency,
            hours_min::text AS "hoursMin", hours_max::text AS "hoursMax", version
     FROM tenders.work_package WHERE tender_id = $1 ORDER BY ordinal, id`,
    [tenderId],
  );
}

/** Those of these names, and those of these identities. */
export function packagesNamed(
  tx: Tx,
  tenderId: string,
  { refs, ids }: { readonly refs: readonly string[]; readonly ids: readonly string[] },
): Promise<Pick<WorkPackage, 'id' | 'lotId' | 'ref' | 'title'>[]> {
  return rows(
    tx,
    `SELECT id, lot_id AS "lotId", ref, title FROM tenders.work_package
     WHERE tender_id = $1 AND (ref = ANY ($2::text[]) OR id = ANY ($3::uuid[]))`,
    [tenderId, refs, ids],
  );
}

/** The first of what a tender offers, or all of it. */
export function offeredOf(tx: Tx, tenderId: string, most: number | null = null): Promise<WorkPackage[]> {
  return rows<WorkPackage>(
    tx,
    `SELECT ${PACKAGE_COLUMNS} FROM tenders.work_package p
     WHERE p.tender_id = $1 AND p.offered ORDER BY p.ordinal, p.id LIMIT $2`,
    [tenderId, most],
  );
}

export async function countOffered(tx: Tx, tenderId: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    'SELECT count(*)::int AS count FROM tenders.work_package WHERE tender_id = $1 AND offered',
    [tenderId],
  );
  return found!.count;
}

/** Those of these packages that the actor may see, in the order of the document. */
export function packagesById(tx: Tx, ids: readonly string[]): Promise<WorkPackage[]> {
  return rows<WorkPackage>(
    tx,
    `SELECT ${PACKAGE_COLUMNS} FROM tenders.work_package p WHERE p.id = ANY ($1::uuid[]) ORDER BY p.ordinal, p.id`,
    [ids],
  );
}

export function lotsOf(tx: Tx, tenderId: string): Promise<StoredLot[]> {
  return rows<StoredLot>(
    tx,
    `SELECT id, ordinal, ref, title, description, cpv FROM tenders.lot WHERE tender_id = $1 ORDER BY ordinal`,
    [tenderId],
  );
}

/** These lines, in the order of the document. */
export function linesById(tx: Tx, ids: readonly string[]): Promise<StoredBillLine[]> {
  return rows<StoredBillLine>(
    tx,
    `SELECT ${LINE_COLUMNS} FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
     WHERE b.id = ANY ($1::uuid[]) ORDER BY l.ordinal, b.ordinal`,
    [ids],
  );
}

/** A line as it is compared with those of a corrected document. */
export type BillLineInShort = Pick<
  StoredBillLine,
  | 'id'
  | 'lotId'
  | 'packageId'
  | 'unassignedReason'
  | 'ref'
  | 'label'
  | 'unit'
  | 'quantity'
  | 'nature'
  | 'unitPrice'
  | 'total'
  | 'variant'
  | 'zone'
  | 'section'
>;

const LINE_COLUMNS = `
  b.id, b.lot_id AS "lotId", b.package_id AS "packageId", b.unassigned_reason AS "unassignedReason", b.ordinal, b.ref,
  b.catalogue_code AS "catalogueCode", b.label, b.unit, b.unit_norm AS "unitNorm", b.quantity::text AS quantity, b.nature, b.kind, b.section, b.zone,
  b.unit_price::text AS "unitPrice", b.total::text AS total, b.currency, b.variant, b.place`;

/** Lines of one package or several, in the order of the document. */
export function linesOf(tx: Tx, ...packageIds: readonly string[]): Promise<StoredBillLine[]> {
  return rows<StoredBillLine>(
    tx,
    `SELECT ${LINE_COLUMNS} FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
     WHERE b.package_id = ANY ($1) ORDER BY l.ordinal, b.ordinal`,
    [packageIds],
  );
}

/** What lines of one lot are found by, in their order: lists of one length. */
export interface LineNames {
  readonly lotId: string;
  readonly ids: readonly string[];
  readonly packageIds: readonly (string | null)[];
  readonly refs: readonly (string | null)[];
  readonly labels: readonly string[];
  readonly units: readonly (string | null)[];
  readonly quantities: readonly (Decimal | null)[];
  readonly sections: readonly (readonly string[])[];
  readonly zones: readonly (string | null)[];
}

/** The lines of `linesOfTender`, lot by lot. A value for each list: of thousands of rows most of the time goes into taking them apart. */
export function lineNames(tx: Tx, tenderId: string): Promise<LineNames[]> {
  return rows<LineNames>(
    tx,
    `SELECT b.lot_id AS "lotId", json_agg(b.id ORDER BY b.ordinal) AS ids, json_agg(b.package_id ORDER BY b.ordinal) AS "packageIds",
            json_agg(b.ref ORDER BY b.ordinal) AS refs, json_agg(b.label ORDER BY b.ordinal) AS labels,
            json_agg(b.unit ORDER BY b.ordinal) AS units, json_agg(b.quantity::text ORDER BY b.ordinal) AS quantities,
            json_agg(to_json(b.section) ORDER BY b.ordinal) AS sections, json_agg(b.zone ORDER BY b.ordinal) AS zones
     FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
     WHERE l.tender_id = $1 AND b.unassigned_reason IS DISTINCT FROM 'removed' GROUP BY b.lot_id, l.ordinal ORDER BY l.ordinal`,
    [tenderId],
  );
}

/** The lines of `linesOfTender`, in their order, or these of them. */
export function linesInShort(
  tx: Tx,
  tenderId: string,
  ids: readonly string[] | null = null,
): Promise<BillLineInShort[]> {
  return rows<BillLineInShort>(
    tx,
    `SELECT b.id, b.lot_id AS "lotId", b.package_id AS "packageId", b.unassigned_reason AS "unassignedReason", b.ref, b.label,
            b.unit, b.quantity::text AS quantity, b.nature, b.unit_price::text AS "unitPrice", b.total::text AS total, b.variant,
            b.zone, to_json(b.section) AS section
     FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
     WHERE l.tender_id = $1 AND b.unassigned_reason IS DISTINCT FROM 'removed' AND ($2::uuid[] IS NULL OR b.id = ANY ($2))
     ORDER BY l.ordinal, b.ordinal`,
    [tenderId, ids],
  );
}

/** Every line of the tender, also those in no package; without those a corrected document no longer has. */
export function linesOfTender(tx: Tx, tenderId: string): Promise<StoredBillLine[]> {
  return rows<StoredBillLine>(
    tx,
    `SELECT ${LINE_COLUMNS} FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
     WHERE l.tender_id = $1 AND b.unassigned_reason IS DISTINCT FROM 'removed' ORDER BY l.ordinal, b.ordinal`,
    [tenderId],
  );
}

/** How many lines are in no package. */
export async function unplacedLines(tx: Tx, tenderId: string): Promise<number> {
  const found = await maybeRow<{ count: number }>(
    tx,
    `SELECT count(*)::int AS count FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
     WHERE l.tender_id = $1 AND b.package_id IS NULL AND b.unassigned_reason <> 'removed'`,
    [tenderId],
  );
  return found?.count ?? 0;
}

export async function insertTender(tx: Tx, row: TenderRow): Promise<void> {
  await tx.getRepository(TenderRow).insert(row as never);
}

export async function insertLots(tx: Tx, lots: readonly LotRow[]): Promise<void> {
  if (lots.length > 0) await tx.getRepository(LotRow).insert([...lots]);
}

/** Calls lots anew; they may take each other's number. */
export async function renameLots(
  tx: Tx,
  lots: readonly { readonly id: string; readonly ref: string }[],
): Promise<void> {
  const [ids, refs] = [lots.map(({ id }) => id), lots.map(({ ref }) => ref)];
  const changed = await rows<{ id: string; ref: string }>(
    tx,
    `UPDATE tenders.lot l SET ref = l.id::text FROM unnest($1::uuid[], $2::text[]) AS n (id, ref)
     WHERE n.id = l.id AND l.ref <> n.ref RETURNING l.id, n.ref`,
    [ids, refs],
  );
  if (changed.length === 0) return;
  await rows(
    tx,
    `UPDATE tenders.lot l SET ref = n.ref FROM unnest($1::uuid[], $2::text[]) AS n (id, ref) WHERE n.id = l.id`,
    [changed.map(({ id }) => id), changed.map(({ ref }) => ref)],
  );
}

export async function insertPackages(tx: Tx, packages: readonly WorkPackageRow[]): Promise<void> {
  if (packages.length > 0) await tx.getRepository(WorkPackageRow).insert([...packages]);
}

/** One statement per thousand lines: a statement takes at most 65,535 parameters. */
export async function insertLines(tx: Tx, lines: readonly BillLineRow[]): Promise<void> {
  for (let from = 0; from < lines.length; from += 1000) {
    await tx.getRepository(BillLineRow).insert(lines.slice(from, from + 1000));
  }
}

/** Changes a tender that `lockTender` holds, and its version with it. */
export async function updateTender(tx: Tx, tender: Tender, change: Partial<TenderRow>): Promise<void> {
  await tx
    .getRepository(TenderRow)
    .update({ id: tender.id }, { ...change, version: tender.version + 1 } as never);
}

/** @returns false when the package is no longer at `version` */
export async function updatePackage(
  tx: Tx,
  id: string,
  version: number,
  change: Partial<WorkPackageRow>,
): Promise<boolean> {
  const result = await tx
    .getRepository(WorkPackageRow)
    .update({ id, version }, { ...change, version: version + 1 } as never);
  return result.affected === 1;
}

/** Keeps what the tender says from `at` on, and ends what it said before. */
export async function recordTenderVersion(
  tx: Tx,
  version: {
    id: string;
    tenderId: string;
    organisationId: string;
    version: number;
    snapshot: object;
    by: string | null;
    at: Date;
  },
): Promise<void> {
  await tx.query(
    `UPDATE tenders.tender_version SET recorded = ${endedAt('$2')} WHERE tender_id = $1 AND upper_inf(recorded)`,
    [version.tenderId, version.at],
  );
  await tx.query(
    `INSERT INTO tenders.tender_version (id, tender_id, organisation_id, version, snapshot, recorded, recorded_by)
     VALUES ($1, $2, $3, $4, $5, ${beginningAt('$6', 'tenders.tender_version', 'tender_id = $2')}, $7)`,
    [
      version.id,
      version.tenderId,
      version.organisationId,
      version.version,
      JSON.stringify(version.snapshot),
      version.at,
      version.by,
    ],
  );
}
