import type { Actor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/db/index.js';
import { enterpriseIds, RegistryService } from '../registry/index.js';
import { POSTING_LAYOUT } from './domain/index.js';
import { OffersService } from './offers.service.js';
import { isProjected, keepProjected } from './projection.repository.js';

const AT_ONCE = 1000;

/**
 * Writes the whole projection when it was written in another layout, or never: after an upgrade. In transactions of
 * their own, so that a large register can be matched against while it lasts; cut short, it starts again.
 * @returns number of enterprises written; 0 when there was nothing to do
 */
export async function writePostings(database: Database, actor: Actor, clock: Clock): Promise<number> {
  const offers = new OffersService(clock, new RegistryService(clock));
  const ids = await database.transaction(actor, async (tx) => {
    return (await isProjected(tx, 'posting', POSTING_LAYOUT)) ? null : enterpriseIds(tx);
  });
  if (ids === null) return 0;
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const batch = ids.slice(from, from + AT_ONCE);
    await database.transaction(actor, (tx) => offers.refresh(tx, batch, clock.today()));
  }
  await database.transaction(actor, (tx) => keepProjected(tx, 'posting', POSTING_LAYOUT, clock.now()));
  return ids.length;
}
