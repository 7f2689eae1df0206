import { plainInSql } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { StoredBillLine } from './domain/index.js';
import { linesById } from './tender.repository.js';

/** The lines of a package, or those of a tender that are in none. */
export type LinesIn = { readonly packageId: string } | { readonly unplacedIn: string };

export interface LinesFound {
  /** Of this page, in the order of the document. */
  readonly items: readonly StoredBillLine[];
  /** Of all pages. */
  readonly found: number;
  /** Whether they are found or not. */
  readonly all: number;
  /** Lots that they are of. */
  readonly lotIds: readonly string[];
}

/** Each word stands in the number, the words or the titles above. Joined before they are plain: a search takes one pass. */
const askedSql = (where: LinesIn): string => `
  WITH line AS MATERIALIZED (
    SELECT b.id, b.lot_id, l.ordinal AS lot, b.ordinal, concat_ws(' ', b.ref, b.label, b.zone, array_to_string(b.section, ' ')) AS words
    FROM tenders.bill_line b JOIN tenders.lot l ON l.id = b.lot_id
    WHERE ${
      'packageId' in where
        ? 'b.package_id = $1'
        : `l.tender_id = $1 AND b.package_id IS NULL AND b.unassigned_reason IS DISTINCT FROM 'removed'`
    }
  ), found AS MATERIALIZED (
    SELECT id, lot, ordinal FROM line
    WHERE NOT EXISTS (SELECT FROM unnest($2::text[]) AS w (word) WHERE strpos(${plainInSql('words')}, word) = 0)
  )`;

const about = (where: LinesIn): string => ('packageId' in where ? where.packageId : where.unplacedIn);

/** A page of lines. @param asked words in lower case, without accents; a page that does not exist is the first */
export async function linesAsked(
  tx: Tx,
  where: LinesIn,
  { words, size, page }: { readonly words: readonly string[]; readonly size: number; readonly page: number },
): Promise<LinesFound> {
  const [list] = await rows<Omit<LinesFound, 'items'> & { readonly ids: readonly string[] }>(
    tx,
    `${askedSql(where)}
     SELECT (SELECT count(*)::int FROM line) AS "all", (SELECT count(*)::int FROM found) AS found,
            ARRAY(SELECT DISTINCT lot_id FROM line) AS "lotIds",
            ARRAY(SELECT id FROM found ORDER BY lot, ordinal
                  LIMIT $3 OFFSET CASE WHEN $4 < (SELECT count(*) FROM found) THEN $4 ELSE 0 END) AS ids`,
    [about(where), words, size, (page - 1) * size],
  );
  const { ids, ...counts } = list!;
  return { ...counts, items: await linesById(tx, ids) };
}

/** All lines that hold these words, on every page. */
export async function lineIdsAsked(tx: Tx, where: LinesIn, words: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `${askedSql(where)} SELECT id FROM found ORDER BY lot, ordinal`,
    [about(where), words],
  );
  return found.map(({ id }) => id);
}
