import type { Actor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import { affected, rows, type Database } from '../platform/db/index.js';
import { enterpriseIds, RegistryService } from '../registry/index.js';
import { POSTING_LAYOUT } from './domain/index.js';
import { OffersService } from './offers.service.js';

const AT_ONCE = 1000;

/**
 * Writes the whole projection when it was written in another layout, or never: after an upgrade. In transactions of
 * their own, so that a large register can be matched against while it lasts; cut short, it starts again.
 * @returns number of enterprises written; 0 when there was nothing to do
 */
export async function writePostings(database: Database, actor: Actor, clock: Clock): Promise<number> {
  const offers = new OffersService(clock, new RegistryService(clock));
  const ids = await database.transaction(actor, async (tx) => {
    const found = await rows(
      tx,
      `SELECT FROM matching.projection WHERE name = 'posting' AND layout = ${POSTING_LAYOUT}`,
    );
    return found.length > 0 ? null : enterpriseIds(tx);
  });
  if (ids === null) return 0;
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const batch = ids.slice(from, from + AT_ONCE);
    await database.transaction(actor, (tx) => offers.refresh(tx, batch, clock.today()));
  }
  await database.transaction(actor, (tx) =>
    affected(
      tx,
      `INSERT INTO matching.projection (name, layout, written_at) VALUES ('posting', ${POSTING_LAYOUT}, $1)
       ON CONFLICT (name) DO UPDATE SET layout = excluded.layout, written_at = excluded.written_at`,
      [clock.now()],
    ),
  );
  return ids.length;
}
