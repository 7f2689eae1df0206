import type { Tx } from '../platform/db/index.js';
import type { EventJob, Jobs } from '../platform/queue/index.js';
import { openTenderIds } from './open-packages.query.js';

/** Why a pair is looked at again; a person reads it as `match.cause.<cause>`. */
export const REMATCH_CAUSES = ['enterprise', 'approval', 'package', 'rules', 'day'] as const;
export type RematchCause = (typeof REMATCH_CAUSES)[number];

export interface Reason {
  readonly cause: RematchCause;
  readonly key: string;
}

export const REMATCH_TENDER = 'rematch.tender';

/**
 * One job for each open tender: the workers share them, each commits alone, and a death in the middle loses none. Asked
 * again under the same key it adds nothing. @returns number of open tenders
 */
export async function rematchOpenTenders(
  tx: Tx,
  jobs: Jobs,
  now: Date,
  { cause, key }: Reason,
): Promise<number> {
  const ids = await openTenderIds(tx, now);
  for (const subjectId of ids) {
    const job: EventJob = { eventId: key, type: cause, subjectId, payload: {} };
    await jobs.add(tx, REMATCH_TENDER, job, { key: `${key}/${subjectId}` });
  }
  return ids.length;
}
