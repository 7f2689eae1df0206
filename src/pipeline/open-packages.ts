import type { OpenPackage } from '../matching/index.js';
import type { Tx } from '../platform/db/index.js';
import { briefTagsOf } from '../tagging/index.js';
import { packagesOf, type OfferedPackage, type Tender, type WorkPackage } from '../tenders/index.js';
import { confirmedTrades, factsOfTender, packageToMatch } from './package-to-match.js';

/** What a tender offers, with the trades the contractor stands behind. */
export async function offeredPackages(tx: Tx, tenderId: string): Promise<OfferedPackage[]> {
  return withTrades(
    tx,
    (await packagesOf(tx, tenderId)).filter(({ offered }) => offered),
  );
}

/** These packages of a tender, offered or not. */
export async function tradedPackages(
  tx: Tx,
  tenderId: string,
  only: readonly string[],
): Promise<OfferedPackage[]> {
  return withTrades(
    tx,
    (await packagesOf(tx, tenderId)).filter(({ id }) => only.includes(id)),
  );
}

async function withTrades(tx: Tx, packages: readonly WorkPackage[]): Promise<OfferedPackage[]> {
  const ids = packages.map(({ id }) => id);
  const tags = Map.groupBy(await briefTagsOf(tx, ids), ({ packageId }) => packageId);
  return packages.map((workPackage) => ({
    workPackage,
    trades: confirmedTrades(tags.get(workPackage.id) ?? []),
  }));
}

/**
 * What a tender offers, as matching asks about it.
 * @param only these packages, offered or not: what somebody wonders about need not be offered yet
 * @param most of the first of them
 */
export async function openPackages(
  tx: Tx,
  tender: Tender,
  only: readonly string[] | null = null,
  most?: number,
): Promise<OpenPackage[]> {
  const asked = (await packagesOf(tx, tender.id)).filter(({ id, offered }) => only?.includes(id) ?? offered);
  const wanted = await withTrades(tx, asked.slice(0, most));
  return wanted.map(({ workPackage, trades }) => ({
    package: packageToMatch(tender, workPackage, trades),
    tenderId: tender.id,
    organisationId: tender.organisationId,
    version: workPackage.version,
    facts: factsOfTender(tender),
    ...(tender.visibility === 'invited' ? { invited: tender.invited } : {}),
  }));
}
