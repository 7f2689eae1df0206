import type { Actor } from '../kernel/index.js';
import { DEMAND_LAYOUT, isProjected, keepProjected, lockDemand, replaceDemand } from '../matching/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/db/index.js';
import { tenderById } from '../tenders/index.js';
import { openPackages } from './open-packages.js';
import { openTenderIds } from './open-packages.query.js';

/** Writes what a tender asks for as it stands, so that changed enterprises find it. In the transaction that changes it. */
export async function writeDemandOf(tx: Tx, tenderId: string): Promise<void> {
  await lockDemand(tx);
  const tender = await tenderById(tx, tenderId);
  const opens = tender?.status === 'published' ? await openPackages(tx, tender) : [];
  await replaceDemand(tx, tenderId, opens);
}

/** Writes the demand of every open tender when it was written in another layout, or never: after an upgrade. */
export async function writeDemand(database: Database, actor: Actor, clock: Clock): Promise<number> {
  const ids = await database.transaction(actor, async (tx) =>
    (await isProjected(tx, 'demand', DEMAND_LAYOUT)) ? [] : openTenderIds(tx, clock.now()),
  );
  for (const id of ids) await database.transaction(actor, (tx) => writeDemandOf(tx, id));
  await database.transaction(actor, (tx) => keepProjected(tx, 'demand', DEMAND_LAYOUT, clock.now()));
  return ids.length;
}
