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

/** The standing verdicts on all packages of a tender, best first within each. Row security shows each party its own. */
export async function matchesOfTender(tx: Tx, tenderId: string): Promise<TenderMatch[]> {
  const found = await rows<AsWritten<TenderMatch>>(
    tx,
    `SELECT m.package_id AS "packageId", m.enterprise_id AS "enterpriseId", o.name AS enterprise, m.verdict,
            m.score::float8 AS score, m.rank, m.criteria, m.changes, m.basis,
            m.decided_on::text AS "decidedOn", m.law_known_at AS "lawKnownAt", m.rules_version AS "rulesVersion",
            m.package_version AS "packageVersion", m.enterprise_version_id AS "enterpriseVersionId"
     FROM matching.match m JOIN accounts.organisation o ON o.id = m.enterprise_organisation_id
     WHERE m.tender_id = $1 AND upper_inf(m.recorded)
     ORDER BY m.package_id, m.rank, m.enterprise_id`,
    [tenderId],
  );
  return withCriteria<TenderMatch>(found);
}
