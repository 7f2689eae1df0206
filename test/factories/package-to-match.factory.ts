import type { LawOfPackage, PackageToMatch, PlaceOfWork } from '../../src/matching/domain/index.js';

/** A valid place of work: Seraing. */
export function aPlace(overrides: Partial<PlaceOfWork> = {}): PlaceOfWork {
  return {
    sites: ['nis:62096'],
    wholeCountry: false,
    country: 'BE',
    countryWideEnterprises: 'include',
    enterprisesWithin: null,
    ...overrides,
  };
}

/** A valid package: painting in Seraing, 42 000 EUR, in the summer of 2026, on a voluntary clause. */
export function aPackageToMatch(overrides: Partial<PackageToMatch> = {}): PackageToMatch {
  return {
    id: 'p1',
    trades: ['45442000'],
    allTrades: false,
    mode: 'works-or-service',
    kinds: null,
    value: '42000.00',
    hours: 900,
    place: aPlace(),
    start: '2026-06-01',
    end: '2026-09-30',
    credentials: [],
    instrument: 'VOLUNTARY',
    ...overrides,
  };
}

/** A law that lets everybody in but those who serve private persons only. */
export function aLaw(overrides: Partial<LawOfPackage> = {}): LawOfPackage {
  return {
    lawAsOf: '2026-03-10',
    stamp: 'test',
    key: 'test',
    day: '2026-03-10',
    kinds: ['WAL_EI', 'WAL_ETA', 'WAL_IDESS', 'COOP_ACT'],
    basis: 'BE-CONTRACT',
    eligibility: () => ({ verdict: 'eligible', basis: 'VOL', reasons: [] }),
    kind: (kind) => ({ approved: kind !== 'COOP_ACT', b2bMarket: kind !== 'WAL_IDESS' }),
    classCeiling: (approvalClass) => ({ 1: '162000', 2: '330000' })[approvalClass],
    ...overrides,
  };
}
