import { maybeRow, type Tx } from '../platform/db/index.js';
import type { AnswerKind, DecisionState } from './domain/index.js';

/** What a team stands on: the package, and the answer of its lead. */
export interface TeamGround {
  readonly tenderId: string;
  readonly contractor: string;
  readonly status: string;
  readonly deadline: Date | null;
  /** Offered, and not taken back. */
  readonly isOffered: boolean;
  /** The whole of it is awarded and confirmed. */
  readonly isClosed: boolean;
  /** The answer of the lead that stands; null without one. */
  readonly answer: AnswerKind | null;
  /** What was decided on it. */
  readonly decision: DecisionState | null;
}

/** Runs as system. @param lead null while a team that its contractor called has not formed */
export function teamGround(tx: Tx, packageId: string, lead: string | null): Promise<TeamGround | null> {
  return maybeRow<TeamGround>(
    tx,
    `SELECT t.id AS "tenderId", t.organisation_id AS contractor, t.status, t.deadline, p.offered AS "isOffered",
            EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id) AS "isClosed",
            a.kind AS answer, d.state AS decision
     FROM tenders.work_package p
     JOIN tenders.tender t ON t.id = p.tender_id
     LEFT JOIN answers.answer a ON a.package_id = p.id AND a.organisation_id = $2::uuid AND upper_inf(a.recorded)
     LEFT JOIN answers.decision d ON d.answer_id = a.id AND upper_inf(d.recorded)
     WHERE p.id = $1`,
    [packageId, lead],
  );
}
