import type { Cpv } from '../kernel/index.js';
import type { ClauseFacts, Instrument } from '../legal-basis/domain/index.js';
import type { PackageToMatch } from '../matching/domain/index.js';
import type { Tag } from '../tagging/index.js';
import type { Tender, WorkPackage } from '../tenders/index.js';

/** Trades the contractor stands behind. */
export function confirmedTrades(tags: readonly Tag[]): Cpv[] {
  return tags.filter((tag) => tag.kind === 'trade' && tag.state === 'confirmed').map((tag) => tag.value);
}

/** A stored package as matching asks about it. */
export function packageToMatch(
  tender: Tender,
  workPackage: WorkPackage,
  trades: readonly Cpv[],
): PackageToMatch {
  return {
    id: workPackage.id,
    trades,
    allTrades: false,
    mode: workPackage.mode,
    kinds: null,
    value: workPackage.currency === null || workPackage.currency === 'EUR' ? workPackage.value : null,
    hours: workPackage.hoursMax === null ? null : Number(workPackage.hoursMax),
    place: {
      sites: workPackage.sites,
      wholeCountry: false,
      country: tender.place.country ?? 'BE',
      countryWideEnterprises: 'include',
      enterprisesWithin: null,
    },
    start: workPackage.startsOn,
    end: workPackage.endsOn,
    credentials: [],
    instrument: (tender.clause?.instrument ?? 'VOLUNTARY') as Instrument,
  };
}

/** The facts the clause was decided on: the match is judged by the same. */
export function factsOfTender(tender: Tender): ClauseFacts | null {
  return (tender.buyer?.facts as ClauseFacts | undefined) ?? null;
}
