import type { OpenPackage } from '../matching/index.js';
import type { Tx } from '../platform/db/index.js';
import { briefTagsOf } from '../tagging/index.js';
import {
  offeredOf,
  packagesById,
  type OfferedPackage,
  type Tender,
  type WorkPackage,
} from '../tenders/index.js';
import { offeredInDoubt } from './open-packages.query.js';
import { confirmedTrades, factsOfTender, packageToMatch } from './package-to-match.js';

/** What a tender offers, with the trades the contractor stands behind. */
export async function offeredPackages(tx: Tx, tenderId: string): Promise<OfferedPackage[]> {
  return withTrades(tx, await offeredOf(tx, tenderId));
}

/** Of what a tender offers, the packages in which something may be missing before it is published. */
export async function doubtfulPackages(tx: Tx, tenderId: string, most: number): Promise<OfferedPackage[]> {
  return withTrades(tx, await packagesById(tx, await offeredInDoubt(tx, tenderId, most)));
}

/** These packages of a tender, offered or not. */
export async function tradedPackages(
  tx: Tx,
  tenderId: string,
  only: readonly string[],
): Promise<OfferedPackage[]> {
  return withTrades(
    tx,
    (await packagesById(tx, only)).filter((item) => item.tenderId === tenderId),
  );
}

async function withTrades(tx: Tx, packages: readonly WorkPackage[]): Promise<OfferedPackage[]> {
  const ids = packages.map(({ id }) => id);
  const tags = await briefTagsOf(tx, ids);
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
  const asked =
    only === null
      ? await offeredOf(tx, tender.id, most ?? null)
      : (await packagesById(tx, only)).filter(({ tenderId }) => tenderId === tender.id).slice(0, most);
  const wanted = await withTrades(tx, asked);
  return wanted.map(({ workPackage, trades }) => ({
    package: packageToMatch(tender, workPackage, trades),
    tenderId: tender.id,
    organisationId: tender.organisationId,
    version: workPackage.version,
    facts: factsOfTender(tender),
    ...(tender.visibility === 'invited' ? { invited: tender.invited } : {}),
  }));
}
