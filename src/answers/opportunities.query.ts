import { plainInSql, type Day, type Decimal } from '../kernel/index.js';
import { withCriteria, type AsWritten, type Criterion } from '../matching/domain/index.js';
import { prepared, type Tx } from '../platform/db/index.js';
import type { ClauseChoice, PackageWithdrawal } from '../tenders/index.js';
import type { AnswerKind } from './domain/index.js';

/** A package that was offered and fits an enterprise, or fitted as it answered or as the package was withdrawn. */
export interface Opportunity {
  readonly packageId: string;
  readonly tenderId: string;
  readonly title: string;
  readonly tenderTitle: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly contractor: string;
  readonly contractorOrganisationId: string;
  readonly municipality: string | null;
  readonly postalCode: string | null;
  /** CPV codes the contractor confirmed. */
  readonly trades: readonly string[];
  readonly sites: readonly string[];
  readonly value: Decimal | null;
  readonly currency: string | null;
  readonly hoursMin: Decimal | null;
  readonly hoursMax: Decimal | null;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly deadline: Date | null;
  readonly status: 'published' | 'withdrawn';
  readonly clause: ClauseChoice | null;
  /** What the contractor asks of whoever answers. */
  readonly questions: readonly string[];
  readonly asksPrice: boolean;
  readonly verdict: 'match' | 'partial';
  readonly criteria: readonly Criterion[];
  /** It fits now; else the verdict is the last one that stood. */
  readonly fitsNow: boolean;
  /** It is told of it, or will be, by mail when it wants mails; else it found it on the list that all see who fit. */
  readonly isInvited: boolean;
  readonly answer: AnswerKind | null;
  /** When an answer was begun and kept; null without a draft. */
  readonly draftedAt: Date | null;
  /** The contractor took it back; the others of its tender go on. */
  readonly withdrawal: Pick<PackageWithdrawal, 'reason' | 'message'> | null;
  /** The whole of it is awarded and confirmed. */
  readonly isClosed: boolean;
}

/** Those to answer, those answered and still open, those that are over: past their term, withdrawn, taken back or awarded. */
export const OPPORTUNITY_STATES = ['open', 'answered', 'closed'] as const;
export type OpportunityState = (typeof OPPORTUNITY_STATES)[number];

/** Which of the opportunities of an enterprise are asked for. */
export interface AskedOpportunities {
  /** Null for all of them. */
  readonly state: OpportunityState | null;
  /** Lower-case and without accents; each stands in the title, the tender, the contractor or the municipality. */
  readonly words: readonly string[];
  /** From 1 on; one that does not exist is the first. */
  readonly page: number;
  readonly size: number;
}

export interface FoundOpportunities {
  /** Of this page, in order: the next deadline first, what is closed last and the latest of it first. */
  readonly items: readonly Opportunity[];
  /** Of all pages and all states. */
  readonly counts: Readonly<Record<OpportunityState, number>>;
}

/** One row: how many there are, and which of them are on the page. Who is acting is known to the function. What is closed has the latest deadline first. */
const PAGE_SQL = `
  WITH found AS MATERIALIZED (
    SELECT package_id, array_position($2::text[], state) AS state, -score AS rank,
           coalesce(extract(epoch FROM deadline) * CASE state WHEN 'closed' THEN -1 ELSE 1 END, 'infinity') AS term
    FROM answers.offered_to_actor($1)
    WHERE NOT EXISTS (SELECT FROM unnest($3::text[]) AS w (word) WHERE strpos(${plainInSql('words')}, word) = 0)
  ), shown AS (
    SELECT * FROM found WHERE $4::text IS NULL OR state = array_position($2, $4)
  )
  SELECT (SELECT count(*)::int FROM found WHERE state = 1) AS open, (SELECT count(*)::int FROM found WHERE state = 2) AS answered,
         (SELECT count(*)::int FROM found WHERE state = 3) AS closed,
         ARRAY(SELECT package_id FROM shown ORDER BY state, term, rank, package_id
               LIMIT $5 OFFSET CASE WHEN $6 < (SELECT count(*) FROM shown) THEN $6 ELSE 0 END) AS ids`;

/** In an order that no answer and no term changes: whoever acts on what is read goes on where it was. */
const AFTER_SQL = `
  SELECT package_id AS id FROM answers.offered_to_actor($1)
   WHERE $2::uuid IS NULL OR package_id > $2 ORDER BY package_id LIMIT $3`;

/** Those to answer; a deadline that moved or a document that changed makes one new, and so does that it fits only since. */
const NEWEST_SQL = `SELECT package_id AS id, changed_at AS "changedAt" FROM answers.newest_to_actor($1, $2)`;

/**
 * `$1` is the organisation of the enterprise, `$2` the packages that are asked for. They are few: row security looks at
 * each row of every table that is joined.
 */
const OPPORTUNITY_SQL = `
  WITH seen AS (
    SELECT m.package_id, m.enterprise_id, m.verdict, m.criteria, true AS fits_now
      FROM matching.match m
     WHERE m.enterprise_organisation_id = $1 AND m.package_id = ANY ($2::uuid[])
       AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
     UNION ALL
    SELECT m.package_id, m.enterprise_id, m.verdict, m.criteria, false
      FROM answers.answer a
      CROSS JOIN LATERAL (SELECT * FROM matching.match m
                           WHERE m.package_id = a.package_id AND m.enterprise_id = a.enterprise_id
                             AND m.verdict IN ('match', 'partial')
                           ORDER BY lower(m.recorded) DESC LIMIT 1) m
     WHERE a.organisation_id = $1 AND a.package_id = ANY ($2) AND upper_inf(a.recorded) AND NOT upper_inf(m.recorded)
     UNION ALL
    SELECT m.package_id, m.enterprise_id, m.verdict, m.criteria, false
      FROM matching.match m
     WHERE m.enterprise_organisation_id = $1 AND m.package_id = ANY ($2)
       AND m.closed_reason = 'package-closed' AND m.verdict IN ('match', 'partial')
       AND NOT answers.actor_answered(m.package_id)
  )
  SELECT p.id AS "packageId", t.id AS "tenderId", p.title, t.title AS "tenderTitle", coalesce(l.description, t.description) AS description,
         t.language, o.name AS contractor, o.id AS "contractorOrganisationId", t.place->>'municipality' AS municipality, t.place->>'postalCode' AS "postalCode",
         ARRAY(SELECT g.value FROM tagging.tag g WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed' ORDER BY g.value) AS trades,
         p.sites, p.value::text AS value, p.currency, p.hours_min::text AS "hoursMin", p.hours_max::text AS "hoursMax",
         p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn", t.deadline, t.status, t.clause, t.questions, t.asks_price AS "asksPrice",
         m.verdict, m.criteria, m.fits_now AS "fitsNow", a.kind AS answer,
         (SELECT d.saved_at FROM answers.draft d WHERE d.package_id = p.id AND d.organisation_id = $1) AS "draftedAt",
         EXISTS (SELECT FROM matching.invitation i WHERE i.package_id = p.id AND i.enterprise_id = m.enterprise_id) AS "isInvited",
         (SELECT jsonb_build_object('reason', w.reason, 'message', w.message) FROM tenders.withdrawn_package w
           WHERE w.package_id = p.id) AS withdrawal,
         EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id) AS "isClosed"
  FROM seen m
  JOIN tenders.work_package p ON p.id = m.package_id AND (p.offered OR NOT m.fits_now)
  JOIN tenders.lot l ON l.id = p.lot_id
  JOIN tenders.tender t ON t.id = p.tender_id AND t.status <> 'draft'
  JOIN accounts.organisation o ON o.id = t.organisation_id
  LEFT JOIN answers.answer a ON a.package_id = p.id AND a.enterprise_id = m.enterprise_id AND upper_inf(a.recorded)
  ORDER BY array_position($2, p.id)`;

type Row = Record<OpportunityState, number> & { readonly ids: readonly string[] };

/** A page of what was offered to an enterprise. */
export async function opportunitiesOf(
  tx: Tx,
  enterpriseOrganisationId: string,
  now: Date,
  { state, words, page, size }: AskedOpportunities,
): Promise<FoundOpportunities> {
  const params = [now, OPPORTUNITY_STATES, words, state, size, (page - 1) * size];
  const [found] = await prepared<Row>(tx, 'opportunities', PAGE_SQL, params);
  const { ids, ...counts } = found!;
  return { items: await opportunitiesById(tx, enterpriseOrganisationId, ids), counts };
}

/** All of them, so many at a time, by identity. @param after the last that was read, null from the start on @returns `next` null at the end */
export async function opportunitiesAfter(
  tx: Tx,
  enterpriseOrganisationId: string,
  now: Date,
  after: string | null,
  size: number,
): Promise<{ readonly items: readonly Opportunity[]; readonly next: string | null }> {
  const found = await prepared<{ readonly id: string }>(tx, 'opportunities-after', AFTER_SQL, [
    now,
    after,
    size + 1,
  ]);
  const ids = found.slice(0, size).map(({ id }) => id);
  const items = await opportunitiesById(tx, enterpriseOrganisationId, ids);
  return { items, next: found.length > size ? ids.at(-1)! : null };
}

/** What can be answered and is not yet, with when it came or last changed; the latest first. */
export async function newestOpportunities(
  tx: Tx,
  enterpriseOrganisationId: string,
  now: Date,
  most: number,
): Promise<(Opportunity & { readonly changedAt: Date })[]> {
  const newest = await prepared<{ readonly id: string; readonly changedAt: Date }>(
    tx,
    'opportunities-newest',
    NEWEST_SQL,
    [now, most],
  );
  const changedAt = new Map(newest.map((one) => [one.id, one.changedAt]));
  const found = await opportunitiesById(
    tx,
    enterpriseOrganisationId,
    newest.map(({ id }) => id),
  );
  return found.map((one) => ({ ...one, changedAt: changedAt.get(one.packageId)! }));
}

export async function opportunityById(
  tx: Tx,
  enterpriseOrganisationId: string,
  packageId: string,
): Promise<Opportunity | null> {
  return (await opportunitiesById(tx, enterpriseOrganisationId, [packageId]))[0] ?? null;
}

async function opportunitiesById(
  tx: Tx,
  enterpriseOrganisationId: string,
  ids: readonly string[],
): Promise<Opportunity[]> {
  return withCriteria<Opportunity>(
    await prepared<AsWritten<Opportunity>>(tx, 'opportunity', OPPORTUNITY_SQL, [
      enterpriseOrganisationId,
      ids,
    ]),
  );
}
