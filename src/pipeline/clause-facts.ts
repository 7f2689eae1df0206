import type { Day, Problem } from '../kernel/index.js';
import type { ClauseFacts, Region } from '../legal-basis/domain/index.js';
import type { StoredLot, Tender, TenderPlace } from '../tenders/index.js';

/** What the wizard adds to what the document says. */
export type BuyerFacts = Pick<
  ClauseFacts,
  'buyer' | 'level' | 'workKind' | 'subsidy' | 'mainClause' | 'mainContract'
> & {
  /** Notice date of the main contract, for a contractor that executes a public one. */
  readonly mainNoticeDate?: Day | null;
};

/** The day of a main contract that the buyer does not have: it would be left out, and nobody would know. */
export function contradictionsOf({ buyer, mainNoticeDate }: BuyerFacts): Problem[] {
  if (buyer === 'pep' || !mainNoticeDate) return [];
  const place = { pointer: '/mainNoticeDate' };
  const code = 'clause.main-notice.not-inherited';
  return [{ code, severity: 'error', place, found: mainNoticeDate, expected: 'null' }];
}

const REGION_OF_NUTS1: Readonly<Record<string, Region>> = { BE1: 'BRU', BE2: 'VLA', BE3: 'WAL' };

/** The Belgian region of the works, or null when the place is not known or lies elsewhere. */
export function regionOf(place: TenderPlace): Region | null {
  const nuts = place.nuts ?? place.sites.find((site) => site.startsWith('nuts:'))?.slice(5) ?? '';
  return REGION_OF_NUTS1[nuts.slice(0, 3)] ?? null;
}

/**
 * The facts the law is asked with: those of the document, and those the contractor gave about the buyer. The day is
 * that of the main contract's notice for whoever executes one, else of the notice, else today's invitation.
 */
export function clauseFacts(
  tender: Pick<Tender, 'id' | 'noticeDate' | 'place' | 'nature' | 'value' | 'currency'>,
  lots: readonly Pick<StoredLot, 'cpv'>[],
  buyer: BuyerFacts,
  today: Day,
): ClauseFacts {
  const { mainNoticeDate, ...facts } = buyer;
  const date = (buyer.buyer === 'pep' ? mainNoticeDate : null) ?? tender.noticeDate ?? today;
  return {
    ...facts,
    id: tender.id,
    date,
    region: regionOf(tender.place),
    nature: tender.nature,
    value: tender.currency === null || tender.currency === 'EUR' ? tender.value : null,
    cpv: [...new Set(lots.flatMap((lot) => lot.cpv))],
  };
}
