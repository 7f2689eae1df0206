import type { Day, Decimal } from '../kernel/index.js';
import { withCriteria, type Criterion } from '../matching/domain/index.js';
import { rows, type Tx } from '../platform/db/index.js';
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
  readonly verdict: 'match' | 'partial';
  readonly criteria: readonly Criterion[];
  /** It fits now; else the verdict is the last one that stood. */
  readonly fitsNow: boolean;
  readonly answer: AnswerKind | null;
  /** The contractor took it back; the others of its tender go on. */
  readonly withdrawal: Pick<PackageWithdrawal, 'reason' | 'message'> | null;
  /** The whole of it is awarded and confirmed. */
  readonly isClosed: boolean;
}

/**
 * `$1` is the organisation of the enterprise, `$2` now, `$3` the one package that is asked for, or null for all. What is
 * listed is picked first: row security looks at each row of every table that is joined.
 */
const OPPORTUNITY_SQL = `
  WITH seen AS (
    SELECT m.package_id, m.enterprise_id, m.verdict, m.criteria, m.score, true AS fits_now
      FROM matching.match m
     WHERE m.enterprise_organisation_id = $1 AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
     UNION ALL
    SELECT m.package_id, m.enterprise_id, m.verdict, m.criteria, m.score, false
      FROM answers.answer a
      CROSS JOIN LATERAL (SELECT * FROM matching.match m
                           WHERE m.package_id = a.package_id AND m.enterprise_id = a.enterprise_id
                             AND m.verdict IN ('match', 'partial')
                           ORDER BY lower(m.recorded) DESC LIMIT 1) m
     WHERE a.organisation_id = $1 AND upper_inf(a.recorded) AND NOT upper_inf(m.recorded)
     UNION ALL
    SELECT m.package_id, m.enterprise_id, m.verdict, m.criteria, m.score, false
      FROM matching.match m
     WHERE m.enterprise_organisation_id = $1 AND m.closed_reason = 'package-closed' AND m.verdict IN ('match', 'partial')
       AND NOT answers.actor_answered(m.package_id)
  ), picked AS MATERIALIZED (
    SELECT p.id, m.enterprise_id, m.verdict, m.criteria, m.score, m.fits_now,
           t.status = 'published' AND t.deadline > $2::timestamptz AS is_open, t.deadline
    FROM seen m
    JOIN tenders.work_package p ON p.id = m.package_id AND (p.offered OR NOT m.fits_now)
    JOIN tenders.tender t ON t.id = p.tender_id AND t.status <> 'draft'
    WHERE $3::uuid IS NULL OR p.id = $3
    ORDER BY is_open DESC, t.deadline, m.score DESC, p.id LIMIT 500
  )
  SELECT p.id AS "packageId", t.id AS "tenderId", p.title, t.title AS "tenderTitle", coalesce(l.description, t.description) AS description,
         t.language, o.name AS contractor, o.id AS "contractorOrganisationId", t.place->>'municipality' AS municipality, t.place->>'postalCode' AS "postalCode",
         ARRAY(SELECT g.value FROM tagging.tag g WHERE g.package_id = p.id AND g.kind = 'trade' AND g.state = 'confirmed' ORDER BY g.value) AS trades,
         p.sites, p.value::text AS value, p.currency, p.hours_min::text AS "hoursMin", p.hours_max::text AS "hoursMax",
         p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn", t.deadline, t.status, t.clause, t.questions,
         m.verdict, m.criteria, m.fits_now AS "fitsNow", a.kind AS answer,
         (SELECT jsonb_build_object('reason', w.reason, 'message', w.message) FROM tenders.withdrawn_package w
           WHERE w.package_id = p.id) AS withdrawal,
         EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id) AS "isClosed"
  FROM picked m
  JOIN tenders.work_package p ON p.id = m.id
  JOIN tenders.lot l ON l.id = p.lot_id
  JOIN tenders.tender t ON t.id = p.tender_id
  JOIN accounts.organisation o ON o.id = t.organisation_id
  LEFT JOIN answers.answer a ON a.package_id = p.id AND a.enterprise_id = m.enterprise_id AND upper_inf(a.recorded)
  ORDER BY m.is_open DESC, m.deadline, m.score DESC, m.id`;

/** Everything that was offered to an enterprise, the next deadline first; what is past comes last. */
export async function opportunitiesOf(
  tx: Tx,
  enterpriseOrganisationId: string,
  now: Date,
): Promise<Opportunity[]> {
  return withCriteria(await rows<Opportunity>(tx, OPPORTUNITY_SQL, [enterpriseOrganisationId, now, null]));
}

export async function opportunityById(
  tx: Tx,
  enterpriseOrganisationId: string,
  packageId: string,
): Promise<Opportunity | null> {
  const found = await rows<Opportunity>(tx, OPPORTUNITY_SQL, [enterpriseOrganisationId, null, packageId]);
  return withCriteria(found)[0] ?? null;
}
