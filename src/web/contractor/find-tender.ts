import { Refusal } from '../../kernel/index.js';
import type { Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { packageById, tenderById, type Tender, type WorkPackage } from '../../tenders/index.js';

/** The tender of an address. One that is not the actor's is as if it did not exist. @throws Refusal not-found */
export async function findTender(tx: Tx, id: string): Promise<Tender> {
  const tender = await tenderById(tx, uuid(id));
  if (!tender) throw new Refusal('not-found');
  return tender;
}

/** The package of an address, which must belong to the tender of that address. @throws Refusal not-found */
export async function findPackage(
  tx: Tx,
  tenderId: string,
  packageId: string,
): Promise<{ tender: Tender; item: WorkPackage }> {
  const tender = await findTender(tx, tenderId);
  const item = await packageById(tx, uuid(packageId));
  if (!item || item.tenderId !== tender.id) throw new Refusal('not-found');
  return { tender, item };
}
