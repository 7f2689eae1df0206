import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { Problem } from '../kernel/index.js';
import type { FirstRows, Numbering, ParsedTender, WholeSaid } from './domain/index.js';
import { ImportRow, type ImportState } from './import.entity.js';
import { SourceFileRow } from './source-file.entity.js';

/** A reading with the name of the file it reads. */
export interface Import {
  readonly id: string;
  readonly organisationId: string;
  readonly sourceFileId: string;
  readonly fileName: string;
  readonly state: ImportState;
  readonly parsed: ParsedTender | null;
  readonly problems: readonly Problem[];
  /** How the sheets of a refused file begin; null when a table was found, or no sheet could hold one. */
  readonly firstRows: readonly FirstRows[] | null;
  readonly receivedAt: Date;
  /** A scanner for malware looked at the file, and found nothing. */
  readonly scanned: boolean;
  /** The tender it became or corrected, once applied; also when a corrected document has replaced it since. */
  readonly tenderId: string | null;
}

export type NewSourceFile = Omit<SourceFileRow, 'id'> & { readonly id: string };

/** Keeps the bytes once per organisation. @returns false when the same bytes are already there */
export async function insertSourceFile(tx: Tx, file: NewSourceFile): Promise<boolean> {
  const inserted = await rows(
    tx,
    `INSERT INTO tenders.source_file (id, organisation_id, sha256, name, size_bytes, content, received_by, received_at, scanned)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT ON CONSTRAINT source_file_same_bytes_once DO NOTHING RETURNING id`,
    [
      file.id,
      file.organisationId,
      file.sha256,
      file.name,
      file.sizeBytes,
      file.content,
      file.receivedBy,
      file.receivedAt,
      file.scanned,
    ],
  );
  return inserted.length === 1;
}

export async function insertImport(
  tx: Tx,
  row: Pick<ImportRow, 'id' | 'organisationId' | 'sourceFileId' | 'receivedAt'>,
): Promise<void> {
  await tx
    .getRepository(ImportRow)
    .insert({ ...row, state: 'received', parsed: null, firstRows: null, problems: [], finishedAt: null });
}

const IMPORT_SQL = `
  SELECT i.id, i.organisation_id AS "organisationId", i.source_file_id AS "sourceFileId", f.name AS "fileName", f.scanned,
         i.state, i.parsed, i.problems, i.first_rows AS "firstRows", i.received_at AS "receivedAt",
         coalesce(t.id, (SELECT c.tender_id FROM tenders.package_change c WHERE c.replaced_import_id = i.id)) AS "tenderId"
  FROM tenders.import i
  JOIN tenders.source_file f ON f.id = i.source_file_id
  LEFT JOIN tenders.tender t ON t.import_id = i.id`;

export function importById(tx: Tx, id: string): Promise<Import | null> {
  return maybeRow<Import>(tx, `${IMPORT_SQL} WHERE i.id = $1`, [id]);
}

/** What a document says apart from its lines, of which there may be thousands; null while it is not read. */
export async function wholeSaidBy(tx: Tx, importId: string): Promise<WholeSaid | null> {
  const found = await maybeRow<{ said: WholeSaid | null }>(
    tx,
    `SELECT jsonb_build_object('tender', parsed->'tender', 'lots', (
              SELECT coalesce(jsonb_agg(jsonb_build_object('ref', lot->'ref', 'title', lot->'title')), '[]')
                FROM jsonb_array_elements(parsed->'lots') AS l (lot))) AS said
       FROM tenders.import WHERE id = $1 AND parsed IS NOT NULL`,
    [importId],
  );
  return found?.said ?? null;
}

/** A reading, for whoever changes it: others wait, and see what was made of it. */
export async function lockImport(tx: Tx, id: string): Promise<Import | null> {
  await rows(tx, `SELECT id FROM tenders.import WHERE id = $1 FOR UPDATE`, [id]);
  return importById(tx, id);
}

export function importOfBytes(tx: Tx, organisationId: string, sha256: string): Promise<Import | null> {
  return maybeRow<Import>(tx, `${IMPORT_SQL} WHERE f.organisation_id = $1 AND f.sha256 = $2`, [
    organisationId,
    sha256,
  ]);
}

/** Readings that were neither taken up as a draft nor refused, newest first. */
export function openImports(tx: Tx, organisationId: string): Promise<Import[]> {
  return rows<Import>(
    tx,
    `${IMPORT_SQL} WHERE i.organisation_id = $1 AND i.state IN ('received', 'staged') ORDER BY i.received_at DESC LIMIT 25`,
    [organisationId],
  );
}

/** The catalogue whose numbers a document carries; null when it states none. */
export async function numberingOfImport(tx: Tx, id: string): Promise<Numbering | null> {
  const found = await maybeRow<{ numbering: Numbering | null }>(
    tx,
    `SELECT parsed -> 'numbering' AS numbering FROM tenders.import WHERE id = $1`,
    [id],
  );
  return found?.numbering ?? null;
}

export function fileContent(tx: Tx, sourceFileId: string): Promise<{ name: string; content: Buffer } | null> {
  return maybeRow(tx, `SELECT name, content FROM tenders.source_file WHERE id = $1`, [sourceFileId]);
}

/** Writes what a reading found, once: a second, slower reader of the same file changes nothing. */
export async function finishReading(
  tx: Tx,
  id: string,
  outcome: {
    state: 'staged' | 'refused';
    parsed: ParsedTender | null;
    problems: readonly Problem[];
    firstRows?: readonly FirstRows[] | undefined;
    finishedAt: Date;
  },
): Promise<boolean> {
  const changed = await rows(
    tx,
    `UPDATE tenders.import SET state = $2, parsed = $3, problems = $4, finished_at = $5, first_rows = $6
     WHERE id = $1 AND state = 'received' RETURNING id`,
    [
      id,
      outcome.state,
      outcome.parsed === null ? null : JSON.stringify(outcome.parsed),
      JSON.stringify(outcome.problems),
      outcome.finishedAt,
      outcome.firstRows ? JSON.stringify(outcome.firstRows) : null,
    ],
  );
  return changed.length === 1;
}

/** What a reading found when it was done again, as a person told it. @returns false when it is taken up meanwhile */
export async function replaceReading(tx: Tx, id: string, parsed: ParsedTender, at: Date): Promise<boolean> {
  const replaced = await rows(
    tx,
    `UPDATE tenders.import SET state = 'staged', parsed = $2, problems = $3, finished_at = $4, first_rows = NULL
     WHERE id = $1 AND (state = 'staged' OR (state = 'refused' AND first_rows IS NOT NULL)) RETURNING id`,
    [id, JSON.stringify(parsed), JSON.stringify(parsed.problems), at],
  );
  return replaced.length === 1;
}

/** Takes the staged reading for a draft. @returns false when somebody else already has */
export async function takeStaged(tx: Tx, id: string): Promise<boolean> {
  const taken = await rows(
    tx,
    `UPDATE tenders.import SET state = 'applied' WHERE id = $1 AND state = 'staged' RETURNING id`,
    [id],
  );
  return taken.length === 1;
}
