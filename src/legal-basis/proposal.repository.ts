import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { RuleSet } from './domain/index.js';

export const PROPOSAL_STATES = ['open', 'approved', 'rejected', 'retired'] as const;
/** `retired`: was approved, and no longer stands over the files. */
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export interface NewProposal {
  readonly set: RuleSet;
  readonly key: string;
  /** One rule, as a rule file has it. */
  readonly source: string;
  readonly reason: string;
  readonly proposedBy: string;
}

export interface Proposal extends NewProposal {
  readonly id: string;
  readonly proposedAt: Date;
  readonly state: ProposalState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
}

const COLUMNS = `id, rule_set AS set, rule_key AS key, source, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt",
  state, decided_by AS "decidedBy", decided_at AS "decidedAt", decision_reason AS "decisionReason"`;

export async function insertProposal(tx: Tx, proposal: NewProposal, now: Date): Promise<string> {
  const id = newId(now);
  const { set, key, source, reason, proposedBy } = proposal;
  await rows(
    tx,
    `INSERT INTO legal_basis.proposal (id, rule_set, rule_key, source, reason, proposed_by, proposed_at, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'open')`,
    [id, set, key, source, reason, proposedBy, now],
  );
  return id;
}

/** Open ones first, then the latest decided. */
export function proposals(tx: Tx, limit: number): Promise<Proposal[]> {
  return rows<Proposal>(
    tx,
    `SELECT ${COLUMNS} FROM legal_basis.proposal
      ORDER BY state <> 'open', coalesce(decided_at, proposed_at) DESC, id LIMIT $1`,
    [limit],
  );
}

export function proposalById(tx: Tx, id: string): Promise<Proposal | null> {
  return maybeRow<Proposal>(tx, `SELECT ${COLUMNS} FROM legal_basis.proposal WHERE id = $1`, [id]);
}

/** What stands over the files, in the order in which it was approved. */
export function approvedProposals(tx: Tx): Promise<Proposal[]> {
  return rows<Proposal>(
    tx,
    `SELECT ${COLUMNS} FROM legal_basis.proposal WHERE state = 'approved' ORDER BY decided_at, id`,
  );
}

export interface Outcome {
  readonly state: Exclude<ProposalState, 'open'>;
  readonly decidedBy: string;
  readonly decisionReason: string | null;
  readonly decidedAt: Date;
}

/** @param from the state it must be in @returns false when it is in another, or not there */
export async function decideProposal(
  tx: Tx,
  id: string,
  from: ProposalState,
  outcome: Outcome,
): Promise<boolean> {
  const { state, decidedBy, decisionReason, decidedAt } = outcome;
  const done = await affected(
    tx,
    `UPDATE legal_basis.proposal SET state = $3, decided_by = $4, decided_at = $5, decision_reason = $6
      WHERE id = $1 AND state = $2`,
    [id, from, state, decidedBy, decidedAt, decisionReason],
  );
  return done > 0;
}
