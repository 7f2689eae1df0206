import type { OpenPackage } from '../matching/index.js';
import type { Tx } from '../platform/db/index.js';
import { tagsOf } from '../tagging/index.js';
import { packagesOf, type OfferedPackage, type Tender } from '../tenders/index.js';
import { confirmedTrades, factsOfTender, packageToMatch } from './package-to-match.js';

/** What a tender offers, with the trades the contractor stands behind. */
export async function offeredPackages(tx: Tx, tenderId: string): Promise<OfferedPackage[]> {
  const packages = (await packagesOf(tx, tenderId)).filter((workPackage) => workPackage.offered);
  const ids = packages.map(({ id }) => id);
  const tags = Map.groupBy(await tagsOf(tx, ids), ({ packageId }) => packageId);
  return packages.map((workPackage) => ({
    workPackage,
    trades: confirmedTrades(tags.get(workPackage.id) ?? []),
  }));
}

/** What a tender offers, as matching asks about it. */
export async function openPackages(tx: Tx, tender: Tender): Promise<OpenPackage[]> {
  const offered = await offeredPackages(tx, tender.id);
  return offered.map(({ workPackage, trades }) => ({
    package: packageToMatch(tender, workPackage, trades),
    tenderId: tender.id,
    organisationId: tender.organisationId,
    version: workPackage.version,
    facts: factsOfTender(tender),
  }));
}
