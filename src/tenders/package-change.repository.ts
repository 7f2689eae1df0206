import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { Home, LineCorrection, LineFigures, PastAct, PlacementChange } from './domain/index.js';
import { WorkPackageRow } from './work-package.entity.js';

export type PackageChangeKind = 'split' | 'merge' | 'move' | 'undo' | 'correction' | 'line';

/** Packages as they were before an act, and what was found on them: kept to be put back. */
export interface BeforeChange {
  readonly packages: readonly WorkPackageRow[];
  /** Findings by the room that owns them; handed back as they are when the act is undone. */
  readonly findings: readonly object[];
}

export interface NewPackageChange {
  readonly id: string;
  readonly organisationId: string;
  readonly tenderId: string;
  readonly kind: PackageChangeKind;
  readonly change: object;
  readonly before: BeforeChange;
  readonly undoes: string | null;
  readonly replacedImportId: string | null;
  readonly doneBy: string;
  readonly doneAt: Date;
}

/** The tender is locked by the caller, so numbers follow each other. */
export async function insertPackageChange(tx: Tx, change: NewPackageChange): Promise<void> {
  await rows(
    tx,
    `INSERT INTO tenders.package_change (id, organisation_id, tender_id, number, kind, change, before, undoes,
                                         replaced_import_id, done_by, done_at)
     SELECT $1, $2, $3, 1 + coalesce(max(number), 0), $4, $5, $6, $7, $8, $9, $10
     FROM tenders.package_change WHERE tender_id = $3`,
    [
      change.id,
      change.organisationId,
      change.tenderId,
      change.kind,
      JSON.stringify(change.change),
      JSON.stringify(change.before),
      change.undoes,
      change.replacedImportId,
      change.doneBy,
      change.doneAt,
    ],
  );
}

/** What was done to the packages of a tender, oldest first; a correction of the document moves no line by itself. */
export async function pastActs(tx: Tx, tenderId: string): Promise<PastAct[]> {
  const acts = await rows<Omit<PastAct, 'sites'> & { sites: Record<string, string[]> }>(
    tx,
    `SELECT c.id, c.undoes, c.change->'moved' AS moved,
            coalesce((SELECT jsonb_object_agg(p->>'id', p->'sites') FROM jsonb_array_elements(c.before->'packages') p), '{}') AS sites
     FROM tenders.package_change c
     WHERE c.tender_id = $1 AND c.kind <> 'correction' ORDER BY c.number`,
    [tenderId],
  );
  return acts.map((act) => ({ ...act, sites: new Map(Object.entries(act.sites)) }));
}

/** The act that would be undone now. */
export interface UndoableAct {
  readonly number: number;
  readonly kind: PackageChangeKind;
}

export interface UndoableChange extends UndoableAct {
  readonly id: string;
  readonly change: PlacementChange;
  readonly before: BeforeChange;
}

/** The newest act that still stands. What was done before a correction of the document cannot be undone any more. */
const LAST_UNDOABLE = `
     FROM tenders.package_change c
     WHERE c.tender_id = $1 AND c.kind IN ('split', 'merge', 'move', 'line')
       AND NOT EXISTS (SELECT FROM tenders.package_change u WHERE u.undoes = c.id)
       AND c.number > (SELECT coalesce(max(number), 0) FROM tenders.package_change k
                       WHERE k.tender_id = $1 AND k.kind = 'correction')
     ORDER BY c.number DESC LIMIT 1`;

export function lastUndoable(tx: Tx, tenderId: string): Promise<UndoableChange | null> {
  return maybeRow<UndoableChange>(tx, `SELECT c.id, c.number, c.kind, c.change, c.before ${LAST_UNDOABLE}`, [
    tenderId,
  ]);
}

/** The same without what it takes to undo it. */
export function undoableAct(tx: Tx, tenderId: string): Promise<UndoableAct | null> {
  return maybeRow<UndoableAct>(tx, `SELECT c.number, c.kind ${LAST_UNDOABLE}`, [tenderId]);
}

/** Number of the last change of a tender's packages; 0 before the first. */
export async function lastChangeNumber(tx: Tx, tenderId: string): Promise<number> {
  const found = await maybeRow<{ number: number }>(
    tx,
    `SELECT coalesce(max(number), 0) AS number FROM tenders.package_change WHERE tender_id = $1`,
    [tenderId],
  );
  return found?.number ?? 0;
}

/** One act on the packages of a tender, as its history shows it. */
export interface PackageChangeShown {
  readonly id: string;
  readonly number: number;
  readonly kind: PackageChangeKind;
  /** Number of the act that it took back. */
  readonly undoes: number | null;
  readonly isUndone: boolean;
  readonly lines: number;
  /** Titles of the packages it made or changed. */
  readonly titles: readonly string[];
  readonly doneBy: string | null;
  readonly doneAt: Date;
}

/** The history of a tender's packages, newest first. */
export function packageChanges(tx: Tx, tenderId: string, limit: number): Promise<PackageChangeShown[]> {
  return rows<PackageChangeShown>(
    tx,
    `SELECT c.id, c.number, c.kind, undone.number AS undoes,
            EXISTS (SELECT FROM tenders.package_change u WHERE u.undoes = c.id) AS "isUndone",
            CASE c.kind WHEN 'correction'
              THEN (c.change->>'added')::int + (c.change->>'removed')::int + (c.change->>'changed')::int
              ELSE jsonb_array_length(c.change->'moved') + coalesce(jsonb_array_length(c.change->'corrected'), 0)
            END AS lines,
            ARRAY(SELECT p->>'title' FROM jsonb_array_elements(c.before->'packages') p) AS titles,
            person.name AS "doneBy", c.done_at AS "doneAt"
     FROM tenders.package_change c
     LEFT JOIN tenders.package_change undone ON undone.id = c.undoes
     LEFT JOIN accounts.person person ON person.id = c.done_by
     WHERE c.tender_id = $1 ORDER BY c.number DESC LIMIT $2`,
    [tenderId, limit],
  );
}

/** Moves lines to their new homes, in one statement. @returns how many lines were moved */
export async function moveLines(tx: Tx, moved: readonly { line: string; to: Home }[]): Promise<number> {
  if (moved.length === 0) return 0;
  const homes = moved.map(({ line, to }) => ({
    line,
    package_id: 'packageId' in to ? to.packageId : null,
    reason: 'reason' in to ? to.reason : null,
  }));
  const changed = await rows(
    tx,
    `UPDATE tenders.bill_line b SET package_id = h.package_id, unassigned_reason = h.reason
     FROM jsonb_to_recordset($1) AS h(line uuid, package_id uuid, reason text)
     WHERE b.id = h.line RETURNING b.id`,
    [JSON.stringify(homes)],
  );
  return changed.length;
}

/** Writes the figures of corrected lines. @returns how many lines were written */
export async function correctLines(tx: Tx, corrected: readonly LineCorrection[]): Promise<number> {
  if (corrected.length === 0) return 0;
  const changed = await rows(
    tx,
    `UPDATE tenders.bill_line b SET quantity = c.quantity, total = c.total
     FROM jsonb_to_recordset($1) AS c (line uuid, quantity numeric, total numeric)
     WHERE b.id = c.line RETURNING b.id`,
    [JSON.stringify(corrected.map(({ line, to }) => ({ line, ...to })))],
  );
  return changed.length;
}

/** What the document says of lines whose quantity a person corrected; a corrected document keeps those it says nothing else of. */
export async function figuresRead(tx: Tx, tenderId: string): Promise<ReadonlyMap<string, LineFigures>> {
  const found = await rows<{ line: string; figures: LineFigures }>(
    tx,
    `SELECT DISTINCT ON (line) l->>'line' AS line, l->'from' AS figures
     FROM tenders.package_change c CROSS JOIN jsonb_array_elements(c.change->'corrected') l
     WHERE c.tender_id = $1 AND c.kind IN ('line', 'correction')
       AND NOT EXISTS (SELECT FROM tenders.package_change u WHERE u.undoes = c.id)
       AND c.number >= (SELECT coalesce(max(number), 0) FROM tenders.package_change k
                        WHERE k.tender_id = $1 AND k.kind = 'correction')
     ORDER BY line, c.number`,
    [tenderId],
  );
  return new Map(found.map(({ line, figures }) => [line, figures]));
}

export function packageRows(tx: Tx, ids: readonly string[]): Promise<WorkPackageRow[]> {
  return tx
    .getRepository(WorkPackageRow)
    .createQueryBuilder('p')
    .where('p.id = ANY (:ids)', { ids })
    .orderBy('p.ordinal')
    .addOrderBy('p.id')
    .getMany();
}

export async function deletePackages(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(`DELETE FROM tenders.work_package WHERE id = ANY ($1)`, [ids]);
}

/**
 * Puts packages back as they were, under a version of their own: forms opened meanwhile are too old. What no act
 * changes (days, conditions, how the work is done) stays as it was said since.
 */
export async function restorePackages(tx: Tx, before: readonly WorkPackageRow[]): Promise<void> {
  for (const row of before) {
    const { id, mode: _mode, startsOn: _start, endsOn: _end, terms: _terms, ...words } = row;
    const updated = await tx
      .getRepository(WorkPackageRow)
      .update({ id }, { ...words, version: (() => 'version + 1') as never });
    if (updated.affected === 0) {
      await tx.getRepository(WorkPackageRow).insert({ ...row, version: row.version + 1 });
    }
  }
}
