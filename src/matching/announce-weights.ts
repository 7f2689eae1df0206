import { NO_ORGANISATION } from '../platform/audit/index.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { WEIGHTS_NUMBER } from './domain/index.js';
import { matchIds } from './match.repository.js';
import { isProjected, keepProjected } from './projection.repository.js';

/**
 * Weights, criteria and near misses of another version are rules that have changed: after an upgrade every open tender is
 * decided on again, once. @returns whether it was said now
 */
export async function announceWeights(tx: Tx, at: Date): Promise<boolean> {
  if (await isProjected(tx, 'weights', WEIGHTS_NUMBER)) return false;
  await keepProjected(tx, 'weights', WEIGHTS_NUMBER, at);
  // Where nothing was decided yet nothing changes for anybody.
  if ((await matchIds(tx, null, 1)).length === 0) return false;
  await emit(tx, {
    type: 'rules.changed',
    organisationId: NO_ORGANISATION,
    subjectId: NO_ORGANISATION,
    payload: { weights: WEIGHTS_NUMBER },
    at,
  });
  return true;
}
