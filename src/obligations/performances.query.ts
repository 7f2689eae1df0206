import type { Day, Decimal } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { Route, Verdict } from './domain/index.js';

/** Work that a contractor says an enterprise did, as that enterprise sees it. */
export interface Performance {
  readonly id: string;
  readonly obligationId: string;
  readonly contractorOrganisationId: string;
  readonly contractor: string;
  /** Null when the package is not shown to the enterprise any more. */
  readonly packageTitle: string | null;
  readonly route: Route;
  readonly quantity: Decimal;
  readonly onDay: Day;
  readonly document: string | null;
  /** What the enterprise said of it; null while it has not. */
  readonly verdict: Verdict | null;
  readonly reason: string | null;
  readonly saidAt: Date | null;
}

const PERFORMANCE_SQL = `
  SELECT e.id, e.obligation_id AS "obligationId", e.organisation_id AS "contractorOrganisationId",
         contractor.name AS contractor, p.title AS "packageTitle", e.route, e.quantity::text AS quantity,
         e.on_day::text AS "onDay", e.document, c.verdict, c.reason, lower(c.recorded) AS "saidAt"
  FROM obligations.ledger_entry e
  JOIN accounts.organisation contractor ON contractor.id = e.organisation_id
  JOIN obligations.ledger_entry commitment ON commitment.id = e.parent_id
  JOIN answers.answer a ON a.id = commitment.answer_id
  LEFT JOIN tenders.work_package p ON p.id = a.package_id
  LEFT JOIN obligations.confirmation c ON c.entry_id = e.id AND upper_inf(c.recorded)
  WHERE e.stage = 'performed' AND upper_inf(e.recorded) AND e.enterprise_organisation_id = $1`;

/** What still waits for the enterprise's word first, then the newest. */
export function performancesOf(tx: Tx, organisationId: string): Promise<Performance[]> {
  return rows<Performance>(
    tx,
    `${PERFORMANCE_SQL} ORDER BY (c.id IS NULL) DESC, e.on_day DESC, e.id DESC LIMIT 500`,
    [organisationId],
  );
}

/** One page of them, entered last first. @param before continue after this performance (ids are time-ordered) */
export function performancesBefore(
  tx: Tx,
  organisationId: string,
  limit: number,
  before: string | null,
): Promise<Performance[]> {
  return rows<Performance>(
    tx,
    `${PERFORMANCE_SQL} AND ($3::uuid IS NULL OR e.id < $3) ORDER BY e.id DESC LIMIT $2`,
    [organisationId, limit, before],
  );
}

export function performanceById(tx: Tx, organisationId: string, id: string): Promise<Performance | null> {
  return maybeRow<Performance>(tx, `${PERFORMANCE_SQL} AND e.id = $2`, [organisationId, id]);
}
