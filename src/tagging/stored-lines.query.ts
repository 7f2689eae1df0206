import { rows, type Tx } from '../platform/db/index.js';

/** The same words of many lines, counted. */
export interface StoredLabel {
  readonly text: string;
  readonly number: string | null;
  readonly count: number;
}

/** The newest lines: enough to show what a rule would change. */
export const LINES_LOOKED_AT = 10_000;

/** What the newest lines of an organisation say, each wording once. */
export function storedLabels(tx: Tx, organisationId: string): Promise<StoredLabel[]> {
  return rows<StoredLabel>(
    tx,
    `SELECT label AS text, min(coalesce(catalogue_code, ref)) AS number, count(*)::int AS count
     FROM (SELECT label, catalogue_code, ref FROM tenders.bill_line
           WHERE organisation_id = $1 AND unassigned_reason IS DISTINCT FROM 'removed'
           ORDER BY id DESC LIMIT ${LINES_LOOKED_AT}) newest
     GROUP BY label ORDER BY count(*) DESC, label`,
    [organisationId],
  );
}
