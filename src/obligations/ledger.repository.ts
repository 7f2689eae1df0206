import { affected, beginningAt, endedAt, rows, type Tx } from '../platform/db/index.js';
import type { EntryGiven, LedgerEntry } from './domain/index.js';

export type EntryOf = LedgerEntry & { readonly obligationId: string };

/** Every entry of some obligations, also those that ended, in the order of entering. */
export function entriesOf(tx: Tx, obligationIds: readonly string[]): Promise<EntryOf[]> {
  return rows<EntryOf>(
    tx,
    `SELECT e.obligation_id AS "obligationId", e.id, e.stage, e.route, e.quantity::text AS quantity, e.on_day::text AS "onDay",
            e.parent_id AS "parentId", e.package_id AS "packageId", p.title AS "packageTitle", e.answer_id AS "answerId",
            e.party, e.document, e.note, lower(e.recorded) AS "recordedAt", upper(e.recorded) AS "endedAt",
            e.ended_reason AS "endedReason", e.enterprise_organisation_id AS "enterpriseOrganisationId", c.verdict,
            c.reason AS "verdictReason"
     FROM obligations.ledger_entry e LEFT JOIN tenders.work_package p ON p.id = e.package_id
     LEFT JOIN obligations.confirmation c ON c.entry_id = e.id AND upper_inf(c.recorded)
     WHERE e.obligation_id = ANY ($1) ORDER BY e.on_day, lower(e.recorded), e.id`,
    [obligationIds],
  );
}

export interface NewEntry extends EntryGiven {
  readonly id: string;
  readonly organisationId: string;
  readonly obligationId: string;
  readonly by: string;
  readonly at: Date;
}

export async function insertEntry(tx: Tx, entry: NewEntry): Promise<void> {
  await rows(
    tx,
    `INSERT INTO obligations.ledger_entry (id, organisation_id, obligation_id, stage, route, quantity, on_day, parent_id,
                                           package_id, answer_id, party, document, note, recorded_by, recorded)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
             ${beginningAt('$15', 'obligations.ledger_entry', 'obligation_id = $3')})`,
    [
      entry.id,
      entry.organisationId,
      entry.obligationId,
      entry.stage,
      entry.route,
      entry.quantity,
      entry.onDay,
      entry.parentId,
      entry.packageId,
      entry.answerId,
      entry.party,
      entry.document,
      entry.note,
      entry.by,
      entry.at,
    ],
  );
}

/** @returns false when no such entry of the obligation stands */
export async function endEntry(
  tx: Tx,
  entry: { readonly id: string; readonly obligationId: string; readonly reason: string; readonly at: Date },
): Promise<boolean> {
  const ended = await affected(
    tx,
    `UPDATE obligations.ledger_entry SET recorded = ${endedAt('$3')}, ended_reason = $4
     WHERE id = $1 AND obligation_id = $2 AND upper_inf(recorded)`,
    [entry.id, entry.obligationId, entry.at, entry.reason],
  );
  return ended === 1;
}
