import { plainInSql } from '../../kernel/index.js';
import { rows, type Tx } from '../../platform/db/index.js';
import type { BoardListed } from './board.page.js';

/**
 * The packages of a board in the order of the document: counted whole, and which of them are on the page. Row security
 * shows a contractor its own.
 */
const BOARD_LIST_SQL = `
  WITH given AS MATERIALIZED (
    SELECT a.package_id, a.kind, a.package_version FROM answers.answer a WHERE a.tender_id = $1 AND upper_inf(a.recorded)
  ), waiting AS MATERIALIZED (
    SELECT q.package_id FROM answers.question q
    WHERE q.tender_id = $1 AND NOT EXISTS (SELECT FROM answers.clarification c WHERE c.id = q.id)
  ), told AS NOT MATERIALIZED (
    SELECT unnest(n.package_ids) AS package_id FROM notifications.notification n
    WHERE n.tender_id = $1 AND n.channel = 'mail' AND n.state IN ('handed', 'delivered')
      AND n.template IN ('tender-published', 'match-new') AND tenders.may_hear(n.tender_id, n.organisation_id)
  ), board AS MATERIALIZED (
    SELECT p.id, p.ordinal, p.version, concat_ws(' ', p.title, p.ref) AS words,
           p.id IN (SELECT package_id FROM given) AS is_answered,
           p.id IN (SELECT package_id FROM waiting) AS is_asked,
           p.id IN (SELECT package_id FROM told) AS is_told,
           EXISTS (SELECT FROM matching.match m WHERE m.package_id = p.id AND upper_inf(m.recorded)
                    AND m.verdict <> 'near-miss') AS fits
    FROM tenders.work_package p
    WHERE p.tender_id = $1
      AND (p.offered OR p.id IN (SELECT w.package_id FROM tenders.withdrawn_package w WHERE w.tender_id = $1))
  ), found AS MATERIALIZED (
    SELECT id, (row_number() OVER (ORDER BY ordinal, id))::int AS place FROM board
    WHERE ($3::text IS NULL OR CASE $3 WHEN 'answered' THEN is_answered WHEN 'asked' THEN is_asked END)
      AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS w (word) WHERE strpos(${plainInSql('words')}, word) = 0)
  ), shown AS (
    SELECT coalesce((SELECT (place - 1) / $4::int + 1 FROM found WHERE id = $6::uuid),
                    CASE WHEN ($5::bigint - 1) * $4 < (SELECT count(*) FROM found) THEN $5 ELSE 1 END) AS page
  )
  SELECT (SELECT count(*)::int FROM found) AS found, (SELECT page::int FROM shown) AS page,
         ARRAY(SELECT id FROM found, shown WHERE place > (page - 1) * $4 AND place <= page * $4 ORDER BY place) AS ids,
         count(*)::int AS packages,
         count(*) FILTER (WHERE fits OR is_answered)::int AS matched,
         count(*) FILTER (WHERE fits AND is_told)::int AS told,
         count(*) FILTER (WHERE is_answered)::int AS answered,
         count(*) FILTER (WHERE is_asked)::int AS asked,
         (SELECT count(*)::int FROM waiting) AS "questionsWaiting",
         (SELECT count(*)::int FROM given g JOIN board b ON b.id = g.package_id
           WHERE g.kind <> 'no' AND b.version > g.package_version) AS "toReconfirm",
         EXISTS (SELECT FROM matching.match m WHERE m.tender_id = $1 AND upper_inf(m.recorded)) AS "isDecided"
  FROM board`;

export interface BoardList extends BoardListed {
  /** Packages of the page, in order. */
  readonly ids: readonly string[];
  /** Enterprises were looked for: some verdict stands. */
  readonly isDecided: boolean;
}

/** @param asked the page of a package, or by its number; one that does not exist is the first */
export async function boardList(
  tx: Tx,
  tenderId: string,
  asked: {
    readonly words: readonly string[];
    readonly only: 'answered' | 'asked' | null;
    readonly size: number;
    readonly page: number;
    readonly packageId: string | null;
  },
): Promise<BoardList> {
  const { words, only, size, page, packageId } = asked;
  const [found] = await rows<BoardList>(tx, BOARD_LIST_SQL, [tenderId, words, only, size, page, packageId]);
  return found!;
}
