import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import {
  withCriteria,
  type AsWritten,
  type Criterion,
  type MatchVerdict,
  type SmallestChange,
} from './domain/index.js';

/** A standing verdict with the name of its enterprise. */
export interface TenderMatch {
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly enterprise: string;
  readonly verdict: MatchVerdict;
  readonly score: number;
  readonly rank: number;
  readonly criteria: readonly Criterion[];
  readonly changes: readonly SmallestChange[];
  readonly basis: string;
  readonly decidedOn: Day;
  readonly lawKnownAt: Date;
  readonly rulesVersion: string;
  readonly packageVersion: number;
  readonly enterpriseVersionId: string;
}

/** Where a page of verdicts ended: a pair stands once, whatever becomes of its place. */
export interface AfterMatch {
  readonly packageId: string;
  readonly enterpriseId: string;
}

/**
 * The standing verdicts on the packages of a tender, so many at a time, package by package; best first within what a page has
 * of each. Row security shows each party its own.
 * @param after the last that was read, null from the start on @returns `next` null at the end
 */
export async function matchesOfTender(
  tx: Tx,
  tenderId: string,
  { after, size }: { readonly after: AfterMatch | null; readonly size: number },
): Promise<{ readonly items: readonly TenderMatch[]; readonly next: AfterMatch | null }> {
  const found = await rows<AfterMatch & { readonly id: string }>(
    tx,
    `SELECT id, package_id AS "packageId", enterprise_id AS "enterpriseId" FROM matching.match
     WHERE tender_id = $1 AND upper_inf(recorded)
       AND ($2::uuid IS NULL OR (package_id, enterprise_id) > ($2::uuid, $3::uuid))
     ORDER BY package_id, enterprise_id LIMIT $4::int + 1`,
    [tenderId, after?.packageId ?? null, after?.enterpriseId ?? null, size],
  );
  const page = found.slice(0, size);
  const read = await rows<AsWritten<TenderMatch>>(
    tx,
    `SELECT m.package_id AS "packageId", m.enterprise_id AS "enterpriseId", o.name AS enterprise, m.verdict,
            m.score::float8 AS score, m.rank, m.criteria, m.changes, m.basis,
            m.decided_on::text AS "decidedOn", m.law_known_at AS "lawKnownAt", m.rules_version AS "rulesVersion",
            m.package_version AS "packageVersion", m.enterprise_version_id AS "enterpriseVersionId"
     FROM matching.match m JOIN accounts.organisation o ON o.id = m.enterprise_organisation_id
     WHERE m.id = ANY ($1::uuid[])
     ORDER BY m.package_id, m.rank, m.enterprise_id`,
    [page.map(({ id }) => id)],
  );
  const { packageId, enterpriseId } = page.at(-1) ?? {};
  const isMore = found.length > size && packageId && enterpriseId;
  return { items: withCriteria<TenderMatch>(read), next: isMore ? { packageId, enterpriseId } : null };
}
