import fc from 'fast-check';
import { loadGeography, type Activity, type Enterprise, type Zone } from '../../registry/index.js';
import { anActivity, anApproval, anEnterprise } from '../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch, aPlace } from '../../../test/factories/package-to-match.factory.js';
import { evaluateEnterprise } from './evaluate-enterprise.js';
import { matchEnterprises, questionOf, type Match } from './match-enterprises.js';
import type { LawOfPackage } from './law-of-package.js';
import type { PackageToMatch } from './package-to-match.js';

const geography = loadGeography();
const ON = '2026-03-10';

function match(
  enterprise: Partial<Enterprise> = {},
  asked: Partial<PackageToMatch> = {},
  law: Partial<LawOfPackage> = {},
): Match | undefined {
  const question = questionOf(aPackageToMatch(asked), aLaw(law), geography, ON);
  return matchEnterprises(question, [anEnterprise(enterprise)])[0];
}

function resultOf(key: string, enterprise: Partial<Enterprise>, asked: Partial<PackageToMatch> = {}): string {
  const question = questionOf(aPackageToMatch(asked), aLaw(), geography, ON);
  const found = evaluateEnterprise(question, anEnterprise(enterprise)).criteria.find(
    (one) => one.key === key,
  )!;
  return `${found.result} ${found.because.code}${found.extent === 'part' ? ' part' : ''}`;
}

const zone = (given: Partial<Zone>): Pick<Enterprise, 'activities'> => ({
  activities: [anActivity({ zone: { type: 'areas', km: null, areas: [], ...given } })],
});
const away = {
  location: { country: 'BE', postalCode: '4500', nis: '61031', lat: 50.5189, lon: 5.2394, address: null },
};

const at = (sites: string[]): Partial<PackageToMatch> => ({ place: aPlace({ sites }) });

const within = (km: number): Partial<PackageToMatch> => ({
  place: aPlace({ enterprisesWithin: { geo: '50.5986,5.5079', km } }),
});

const capacity = (given: object): Partial<Enterprise> => ({
  activities: [anActivity({ capacity: { ...anActivity().capacity, ...given } })],
});

const agreation = { kind: 'agreation', category: 'D13', class: 1, technique: null, validUntil: null };

const asbestos = { kind: 'asbestos', category: null, class: null, technique: null, validUntil: null };

const asks = (value: string, required: object): Partial<PackageToMatch> => ({
  value,
  credentials: [{ kind: 'agreation', category: 'D13', class: null, technique: null, ...required }],
});

describe('the verdict', () => {
  it('is a match when every criterion holds, with ten reasons in order', () => {
    const found = match()!;
    expect([found.verdict, found.rank, found.basis]).toEqual(['match', 1, 'BE-CONTRACT']);
    expect(found.criteria.map(({ key, result }) => `${key} ${result}`)).toEqual([
      'trade pass',
      'mode pass',
      'zone pass',
      'kind pass',
      'legal pass',
      'approval pass',
      'capacity pass',
      'dates pass',
      'credentials pass',
      'contact pass',
    ]);
  });

  it('is never given to an enterprise that serves private persons only, not even as a near miss', () => {
    expect(match({ kind: 'WAL_IDESS', approvals: [anApproval({ kind: 'WAL_IDESS' })] })).toBeUndefined();
  });

  it.each([{ active: false }, { delisted: true }])('is never given to %j', (gone) => {
    expect(match(gone)).toBeUndefined();
  });

  it('asks trade, mode and zone of one and the same activity', () => {
    const activities: Activity[] = [
      anActivity({ zone: { type: 'areas', km: null, areas: ['nuts:BE2'] } }),
      anActivity({ trades: ['77310000'], zone: { type: 'country', km: null, areas: [] } }),
    ];
    expect(match({ ...away, activities, active: true })?.verdict).not.toBe('match');
    expect(match({ ...away, activities: [anActivity({ zone: activities[1]!.zone })] })?.verdict).toBe(
      'match',
    );
  });

  it('ranks an unknown below the same enterprise without it', () => {
    const known = match()!;
    const unknown = match({ approvals: [] })!;
    expect([unknown.verdict, unknown.score < known.score]).toEqual(['match', true]);
  });
});

describe('trade', () => {
  it.each([
    ['45442100', '45442100', 'pass trade.same'],
    ['45442000', '45442100', 'pass trade.related'],
    ['45442121', '45400000', 'pass trade.related'],
    ['45000000', '45442100', 'pass trade.related'],
    ['45442100', '45443000', 'fail trade.none'],
    ['30000000', '39000000', 'fail trade.none'],
    ['45112710', '77314000', 'pass trade.group'],
    ['77310000', '45112700', 'pass trade.group'],
    ['45112000', '77314000', 'fail trade.none'],
    ['77314000', '77311000', 'fail trade.none'],
  ])('%s against %s: %s', (asked, declared, expected) => {
    expect(resultOf('trade', { activities: [anActivity({ trades: [declared] })] }, { trades: [asked] })).toBe(
      expected,
    );
  });

  it('is partial when all trades are needed and some are there', () => {
    const asked = { trades: ['45442100', '45310000'], allTrades: true };
    expect(match({}, asked)?.verdict).toBe('partial');
    expect(match({}, { ...asked, allTrades: false })?.verdict).toBe('match');
    const both = [anActivity(), anActivity({ trades: ['45310000'] })];
    expect(match({ activities: both }, asked)?.verdict).toBe('match');
  });
});

describe('zone', () => {
  it.each([
    ['the whole country', { type: 'country' }, ['nis:11002'], 'pass zone.served-country'],
    ['a country that is not its own', { type: 'country' }, ['postal:FR-38000'], 'fail zone.outside-country'],
    ['within the radius', { type: 'radius', km: 30 }, ['nis:62096'], 'pass zone.served-radius'],
    ['beyond the radius', { type: 'radius', km: 10 }, ['nis:62096'], 'fail zone.outside-radius'],
    ['an area equal to the site', { areas: ['nis:62096'] }, ['nis:62096'], 'pass zone.served-areas'],
    ['an area above the site', { areas: ['nuts:BE33'] }, ['postal:BE-4100'], 'pass zone.served-areas'],
    ['an area beside the site', { areas: ['nis:62063'] }, ['nis:62096'], 'fail zone.outside-areas'],
    ['an area inside the site', { areas: ['nis:62063'] }, ['nuts:BE332'], 'pass zone.served-in-part part'],
    ['a radius inside the site', { type: 'radius', km: 20 }, ['nuts:BE3'], 'pass zone.served-in-part part'],
    ['its own municipality', { type: 'unset' }, ['postal:BE-4500'], 'pass zone.served-unset'],
    ['no zone elsewhere', { type: 'unset' }, ['nis:62096'], 'fail zone.outside-unset'],
    [
      'some of the sites',
      { areas: ['nis:62096'] },
      ['nis:62096', 'nis:62063'],
      'pass zone.served-in-part part',
    ],
    [
      'each of the sites',
      { areas: ['nis:62096', 'nis:62063'] },
      ['nis:62096', 'nis:62063'],
      'pass zone.served-areas',
    ],
    [
      'a point, by its municipality',
      { areas: ['nis:62096'] },
      ['geo:50.5986,5.5079'],
      'pass zone.served-areas',
    ],
    [
      'a point, by its distance',
      { type: 'radius', km: 25 },
      ['geo:50.5986,5.5079'],
      'pass zone.served-radius',
    ],
  ] as [string, Partial<Zone>, string[], string][])('%s', (_name, given, sites, expected) => {
    expect(resultOf('zone', { ...away, ...zone(given) }, at(sites))).toBe(expected);
  });

  it('does not know how far an enterprise without a place can go', () => {
    const nowhere = {
      location: { country: 'BE', postalCode: null, nis: null, lat: null, lon: null, address: null },
    };
    expect(resultOf('zone', nowhere)).toBe('unknown zone.not-located');
  });

  it('serves the whole country, or part of it', () => {
    const everywhere = { place: aPlace({ sites: [], wholeCountry: true }) };
    expect(match(zone({ type: 'country' }), everywhere)?.verdict).toBe('match');
    expect(match({}, everywhere)?.verdict).toBe('partial');
  });

  it.each([
    ['include', 'country', 'pass'],
    ['exclude', 'country', 'fail'],
    ['only', 'country', 'pass'],
    ['include', 'radius', 'pass'],
    ['exclude', 'radius', 'pass'],
    ['only', 'radius', 'fail'],
  ] as const)('wishes: %s, zone %s: %s', (countryWideEnterprises, type, expected) => {
    const asked = { place: aPlace({ countryWideEnterprises }) };
    expect(resultOf('zone', zone({ type, km: 40 }), asked)).toMatch(expected);
  });

  it('honours the wish for an enterprise nearby, whatever its zone', () => {
    expect(resultOf('zone', { ...away, ...zone({ type: 'country' }) }, within(15))).toBe(
      'fail zone.too-far-for-contractor',
    );
    expect(resultOf('zone', { ...away, ...zone({ type: 'country' }) }, within(25))).toBe(
      'pass zone.served-country',
    );
  });
});

describe('approval', () => {
  it.each([
    [[], 'unknown approval.none-on-file'],
    [[anApproval({ state: 'pending' })], 'unknown approval.pending'],
    [[anApproval({ validUntil: '2026-03-09' })], 'fail approval.expired'],
    [[anApproval({ validUntil: '2026-05-20' })], 'fail approval.expired'],
    [[anApproval({ validUntil: '2026-06-01' })], 'unknown approval.ends-during-works'],
    [[anApproval({ validUntil: '2026-09-30' })], 'pass approval.in-force'],
    [[anApproval({ validUntil: null })], 'pass approval.in-force'],
    [[anApproval({ validFrom: null, validUntil: '9999-12-31' })], 'pass approval.in-force'],
    [[anApproval({ validFrom: '2026-04-01' })], 'fail approval.not-yet'],
    [
      [anApproval({ validUntil: '2026-06-30' }), anApproval({ validFrom: '2026-07-01' })],
      'pass approval.in-force',
    ],
    [
      [anApproval({ validFrom: '2026-07-01' }), anApproval({ validUntil: '2026-06-30' })],
      'pass approval.in-force',
    ],
    [
      [anApproval({ validUntil: '2026-06-30' }), anApproval({ validFrom: '2026-07-02' })],
      'unknown approval.ends-during-works',
    ],
    [[anApproval({ kind: 'WAL_ETA' })], 'unknown approval.none-on-file'],
  ])('%j: %s', (approvals, expected) => {
    expect(resultOf('approval', { approvals })).toBe(expected);
  });

  it('is not needed by a coopérative d’emploi', () => {
    expect(resultOf('approval', { kind: 'COOP_ACT', approvals: [] })).toBe('pass approval.none-needed');
  });
});

describe('capacity, dates, kind, credentials, contact', () => {
  it.each([
    ['capacity', capacity({ maxValue: '42000.00' }), {}, 'pass capacity.value-in-range'],
    ['capacity', capacity({ maxValue: '41999.99', partialScope: false }), {}, 'fail capacity.too-large'],
    ['capacity', capacity({ maxValue: '41999.99' }), {}, 'pass capacity.part-of-value part'],
    ['capacity', capacity({ minValue: '42000.01' }), {}, 'fail capacity.too-small'],
    ['capacity', capacity({ hoursPerWeek: 10, partialScope: false }), {}, 'fail capacity.too-many-hours'],
    ['capacity', {}, { value: null, hours: null }, 'unknown capacity.package-not-stated'],
    ['capacity', {}, { value: null }, 'unknown capacity.value-not-stated'],
    [
      'capacity',
      capacity({ minValue: null, maxValue: null }),
      { value: null },
      'pass capacity.hours-in-range',
    ],
    ['capacity', {}, { hours: null }, 'unknown capacity.hours-not-stated'],
    ['capacity', capacity({ hoursPerWeek: null }), { hours: null }, 'pass capacity.value-in-range'],
    ['capacity', {}, { end: null }, 'unknown capacity.dates-not-stated'],
    [
      'capacity',
      capacity({ maxValue: '40000.00' }),
      { hours: null },
      'unknown capacity.hours-not-stated part',
    ],
    [
      'capacity',
      capacity({ maxValue: '40000.00', partialScope: false }),
      { hours: null },
      'fail capacity.too-large',
    ],
    [
      'approval',
      { approvals: [anApproval({ validUntil: '2030-01-01' })] },
      { end: null },
      'unknown approval.works-end-not-stated',
    ],
    ['approval', { approvals: [anApproval({ validUntil: null })] }, { end: null }, 'pass approval.in-force'],
    [
      'approval',
      {
        approvals: [
          anApproval({ validUntil: '2026-05-20' }),
          anApproval({ state: 'pending', validFrom: '2026-05-21' }),
        ],
      },
      {},
      'unknown approval.pending',
    ],
    [
      'approval',
      { approvals: [anApproval({ validUntil: '2026-05-20' })] },
      { end: null },
      'fail approval.expired',
    ],
    ['dates', capacity({ from: '2026-06-01' }), {}, 'pass dates.free-in-time'],
    ['dates', capacity({ from: '2026-06-02' }), {}, 'fail dates.free-too-late'],
    ['dates', capacity({ from: '2026-06-02' }), { start: null }, 'unknown dates.start-not-stated'],
    ['kind', {}, { kinds: ['WAL_ETA'] }, 'fail kind.not-asked'],
    ['kind', {}, { kinds: ['WAL_ETA', 'WAL_EI'] }, 'pass kind.asked'],
    ['contact', { contactEmail: ' ' }, {}, 'fail contact.no-address'],
  ] as [string, Partial<Enterprise>, Partial<PackageToMatch>, string][])(
    '%s %j %j: %s',
    (key, enterprise, asked, expected) => {
      expect(resultOf(key, enterprise, asked)).toBe(expected);
    },
  );

  it.each([
    [[agreation], asks('150000', {}), 'pass credentials.held'],
    [[agreation], asks('162001', {}), 'pass credentials.held'],
    [[{ ...agreation, class: null }], asks('100', {}), 'unknown credentials.class-not-stated'],
    [[{ ...agreation, class: null }], asks('100', { class: 2 }), 'unknown credentials.class-not-stated'],
    [[{ ...agreation, class: 9 }], asks('100', {}), 'unknown credentials.class-not-stated'],
    [[agreation], { ...asks('100', {}), value: null }, 'unknown credentials.value-not-stated'],
    [[{ ...agreation, class: null }, agreation], asks('100', {}), 'pass credentials.held'],
    [
      [asbestos],
      asks('100', { kind: 'asbestos', category: null, technique: 'HERMETIC_ZONE' }),
      'unknown credentials.technique-not-stated',
    ],
    [
      [{ ...asbestos, technique: 'GLOVE_BAG' }],
      asks('100', { kind: 'asbestos', category: null, technique: 'HERMETIC_ZONE' }),
      'fail credentials.missing',
    ],
    [[agreation], asks('100', { class: 2 }), 'fail credentials.missing'],
    [[{ ...agreation, category: 'D' }], asks('100', {}), 'unknown credentials.main-category'],
    [[{ ...agreation, validUntil: '2026-08-31' }], asks('100', {}), 'unknown credentials.ends-during-works'],
    [[{ ...agreation, validUntil: '2026-05-31' }], asks('100', {}), 'fail credentials.missing'],
    [[{ ...agreation, validUntil: '2026-09-30' }], asks('100', {}), 'pass credentials.held'],
    [
      [{ ...agreation, validUntil: '2026-12-31' }],
      { ...asks('100', {}), end: null },
      'unknown credentials.works-end-not-stated',
    ],
    [[agreation], { ...asks('100', {}), end: null }, 'pass credentials.held'],
    [[{ ...agreation, category: null }], asks('100', {}), 'unknown credentials.category-not-stated'],
    [[], { trades: ['45262660'] }, 'fail credentials.missing'],
    [
      [],
      {
        trades: ['45262660'],
        credentials: [{ kind: 'asbestos', category: null, class: null, technique: 'SIMPLE' }],
      },
      'pass credentials.held',
    ],
  ] as [Enterprise['credentials'], Partial<PackageToMatch>, string][])(
    '%j for %j: %s',
    (credentials, asked, expected) => {
      expect(resultOf('credentials', { credentials }, asked)).toBe(expected);
    },
  );
});

describe('a near miss', () => {
  it.each([
    [
      { approvals: [anApproval({ validUntil: '2026-05-20' })] },
      {},
      'approval.renew',
      'enterprise',
      { days: 12 },
    ],
    [{ ...away, ...zone({ type: 'radius', km: 15 }) }, {}, 'zone.wider-radius', 'enterprise', { by: 6 }],
    [
      { ...away, ...zone({ areas: ['nis:61031'] }) },
      {},
      'zone.more-areas',
      'enterprise',
      { areas: 'nis:62096' },
    ],
    [{ contactEmail: null }, {}, 'contact.give-address', 'enterprise', {}],
    [{}, { kinds: ['WAL_ETA'] }, 'kind.open', 'contractor', { kind: 'WAL_EI' }],
    [{}, { mode: 'staff' }, 'mode.add', 'enterprise', { mode: 'staff' }],
    [
      zone({ type: 'country' }),
      { place: aPlace({ countryWideEnterprises: 'exclude' }) },
      'zone.country-wide-exclude',
      'contractor',
      {},
    ],
  ] as [Partial<Enterprise>, Partial<PackageToMatch>, string, string, object][])(
    '%j %j: %s',
    (enterprise, asked, code, who, params) => {
      const found = match(enterprise, asked)!;
      expect(found.verdict).toBe('near-miss');
      const [change] = found.changes;
      expect([change?.because.code, change?.changeableBy]).toEqual([code, who]);
      expect(change?.because.params).toMatchObject(params);
    },
  );

  it('is not seen where nobody can change anything, nor far away', () => {
    expect(
      match({}, {}, { eligibility: () => ({ verdict: 'not-eligible', basis: 'VOL', reasons: [] }) }),
    ).toBeUndefined();
    expect(
      match(zone({ type: 'areas', areas: ['nis:11002'] }), { place: aPlace({ sites: ['nis:35013'] }) }),
    ).toBeUndefined();
  });
});

const MUNICIPALITIES = ['62096', '62063', '61031', '62051', '63023', '11002', '21004'];
const trades = fc.subarray(['45442100', '45442000', '45310000', '45400000', '77310000', '45112711'], {
  minLength: 1,
});
const anyZone: fc.Arbitrary<Zone> = fc.oneof(
  fc.record({
    type: fc.constant('radius' as const),
    km: fc.integer({ min: 1, max: 120 }),
    areas: fc.constant([]),
  }),
  fc.record({
    type: fc.constant('areas' as const),
    km: fc.constant(null),
    areas: fc.subarray(['nis:62096', 'nuts:BE33', 'nuts:BE332', 'nis:61031', 'postal:BE-4000'], {
      minLength: 1,
    }),
  }),
  fc.record({
    type: fc.constantFrom('country' as const, 'unset' as const),
    km: fc.constant(null),
    areas: fc.constant([]),
  }),
);
const anyEnterprise = fc
  .record({
    trades,
    zone: anyZone,
    nis: fc.constantFrom(...MUNICIPALITIES),
    max: fc.integer({ min: 10, max: 90 }),
    part: fc.boolean(),
  })
  .map(({ trades: declared, zone: served, nis, max, part }) => ({
    location: { country: 'BE', postalCode: null, nis, lat: null, lon: null, address: null },
    activities: [
      anActivity({
        trades: declared,
        zone: served,
        capacity: {
          minValue: null,
          maxValue: `${max}000`,
          hoursPerWeek: null,
          from: null,
          partialScope: part,
        },
      }),
    ],
  }));
const anyPackage = fc
  .record({
    trades,
    allTrades: fc.boolean(),
    nis: fc.subarray(MUNICIPALITIES, { minLength: 1, maxLength: 3 }),
  })
  .map(({ nis, ...rest }) =>
    aPackageToMatch({ ...rest, hours: null, place: aPlace({ sites: nis.map((code) => `nis:${code}`) }) }),
  );

const fits = (radius: number, asked: PackageToMatch): boolean =>
  evaluateEnterprise(
    questionOf({ ...asked, trades: ['45442100'] }, aLaw(), geography, ON),
    anEnterprise(zone({ type: 'radius', km: radius })),
  ).fit === 'match';
describe('for any registry and package', () => {
  it('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(anyEnterprise, { maxLength: 12 }),
        anyPackage,
        fc.infiniteStream(fc.nat()),
        (list, asked, random) => {
          const registry = list.map((overrides, i) => anEnterprise({ id: `e${i}`, ...overrides }));
          const shuffled = [...registry]
            .map((one) => ({ one, at: random.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
          const question = questionOf(asked, aLaw(), geography, ON);
          const reversedSites = questionOf(
            { ...asked, place: { ...asked.place, sites: [...asked.place.sites].reverse() } },
            aLaw(),
            geography,
            ON,
          );
          expect(matchEnterprises(question, shuffled)).toEqual(matchEnterprises(question, registry));
          expect(matchEnterprises(reversedSites, registry).map((one) => one.score)).toEqual(
            matchEnterprises(question, registry).map((one) => one.score),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('scores rank, matches stand above partial ones above near misses, and every near miss has a change', () => {
    fc.assert(
      fc.property(fc.array(anyEnterprise, { maxLength: 12 }), anyPackage, (list, asked) => {
        const registry = list.map((overrides, i) => anEnterprise({ id: `e${i}`, ...overrides }));
        const found = matchEnterprises(questionOf(asked, aLaw(), geography, ON), registry);
        const order = found.map(({ verdict }) => ['match', 'partial', 'near-miss'].indexOf(verdict));
        expect(order).toEqual([...order].sort());
        expect(found.map(({ rank }) => rank)).toEqual(found.map((_, i) => i + 1));
        for (const one of found) expect(one.changes.length > 0).toBe(one.verdict === 'near-miss');
        for (const one of found)
          expect(one.criteria.some(({ result }) => result === 'fail')).toBe(one.verdict === 'near-miss');
      }),
      { numRuns: 60 },
    );
  });

  it('a wider radius never loses a match', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 50 }),
        anyPackage,
        (km, more, asked) => {
          expect(fits(km, asked) && !fits(km + more, asked)).toBe(false);
        },
      ),
    );
  });
});
