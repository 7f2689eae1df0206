import { rows, type Tx } from '../platform/db/index.js';
import type { ColumnLayout } from './domain/index.js';

/** A remembered layout as people see it. */
export interface StoredLayout extends ColumnLayout {
  readonly id: string;
  /** Column letter to the words above it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
}

/** The newest count: more headers than one contractor meets. */
const MOST = 200;

/** Layouts in force, newest first. */
export function columnLayouts(tx: Tx, organisationId: string): Promise<StoredLayout[]> {
  return rows<StoredLayout>(
    tx,
    `SELECT l.id, l.fingerprint, l.headers, l.columns, person.name AS "decidedBy", l.decided_at AS "decidedAt"
     FROM tenders.column_layout l LEFT JOIN accounts.person person ON person.id = l.decided_by
     WHERE l.organisation_id = $1 AND l.revoked_at IS NULL ORDER BY l.decided_at DESC, l.id DESC LIMIT ${MOST}`,
    [organisationId],
  );
}

/** Ends what an organisation remembers of a header, by its id or by its fingerprint. @returns false when there was nothing */
export async function revokeLayout(
  tx: Tx,
  organisationId: string,
  which: { readonly id: string } | { readonly fingerprint: string },
  by: string,
  at: Date,
): Promise<boolean> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['fingerprint', which.fingerprint];
  const ended = await rows(
    tx,
    `UPDATE tenders.column_layout SET revoked_by = $1, revoked_at = $2
     WHERE organisation_id = $3 AND ${column} = $4 AND revoked_at IS NULL RETURNING id`,
    [by, at, organisationId, value],
  );
  return ended.length > 0;
}

export async function insertLayout(
  tx: Tx,
  layout: ColumnLayout & {
    readonly id: string;
    readonly organisationId: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly decidedBy: string;
    readonly decidedAt: Date;
  },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO tenders.column_layout (id, organisation_id, fingerprint, headers, columns, decided_by, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      layout.id,
      layout.organisationId,
      layout.fingerprint,
      JSON.stringify(layout.headers),
      JSON.stringify(layout.columns),
      layout.decidedBy,
      layout.decidedAt,
    ],
  );
}
