import { beginningAt, endedAt, rows, type Tx } from '../platform/db/index.js';
import type { ConfirmationGiven } from './domain/index.js';

/** Ends what the enterprise said before; nothing is changed or deleted. */
export async function endConfirmation(tx: Tx, entryId: string, at: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE obligations.confirmation SET recorded = ${endedAt('$2')}
     WHERE entry_id = $1 AND upper_inf(recorded)`,
    [entryId, at],
  );
}

export async function insertConfirmation(
  tx: Tx,
  said: ConfirmationGiven & {
    readonly id: string;
    readonly organisationId: string;
    readonly contractorOrganisationId: string;
    readonly entryId: string;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO obligations.confirmation (id, organisation_id, contractor_organisation_id, entry_id, verdict, reason,
                                           said_by, recorded)
     VALUES ($1, $2, $3, $4, $5, $6, $7, ${beginningAt('$8', 'obligations.confirmation', 'entry_id = $4')})`,
    [
      said.id,
      said.organisationId,
      said.contractorOrganisationId,
      said.entryId,
      said.verdict,
      said.reason,
      said.by,
      said.at,
    ],
  );
}
