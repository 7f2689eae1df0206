import fc from 'fast-check';
import { loadGeography, type Activity, type Enterprise } from '../../registry/index.js';
import { anActivity, anApproval, anEnterprise } from '../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch, aPlace } from '../../../test/factories/package-to-match.factory.js';
import { evaluateEnterprise } from './evaluate-enterprise.js';
import { questionOf } from './match-enterprises.js';
import { smallestChanges } from './near-miss.js';
import type { PackageToMatch } from './package-to-match.js';
import { NEAR_MISS_LIMITS, type SmallestChange } from './propose-changes.js';
import type { Engagement } from './standing.js';

const geography = loadGeography();
const question = (asked: Partial<PackageToMatch> = {}) =>
  questionOf(aPackageToMatch({ hours: null, ...asked }), aLaw(), geography, '2026-03-10');

function changes(
  enterprise: Partial<Enterprise>,
  asked: Partial<PackageToMatch> = {},
  engagements: readonly Engagement[] = [],
): readonly SmallestChange[] {
  const put = question(asked);
  return smallestChanges(
    put,
    evaluateEnterprise(put, anEnterprise(enterprise), { merit: 0.65, engagements }),
  );
}
const inShort = (found: readonly SmallestChange[]): string[] =>
  found.map(({ because, changeableBy, and }) =>
    [because, ...(and ? [and.because] : [])]
      .map(({ code, params }) => `${code} ${'by' in params ? params['by'] : changeableBy}`)
      .join(' + '),
  );

/** Twenty-one kilometres from Seraing. */
const away = {
  location: { country: 'BE', postalCode: '4500', nis: '61031', lat: 50.5189, lon: 5.2394, address: null },
};
/** Two kilometres from the border, six from Tourcoing. */
const border = {
  location: { country: 'BE', postalCode: '7700', nis: '57096', lat: 50.7433, lon: 3.2139, address: null },
};
const countryWide = { zone: { type: 'country' as const, km: null, areas: [] } };
const cleaning = '90910000';
const radius = (km: number): Pick<Activity, 'zone'> => ({ zone: { type: 'radius', km, areas: [] } });
const size = (given: object): Pick<Activity, 'capacity'> => ({
  capacity: { ...anActivity().capacity, hoursPerWeek: null, ...given },
});
const alone = { maxValue: '40000', partialScope: false };

describe('the smallest change', () => {
  it.each<[string, Partial<Enterprise>, Partial<PackageToMatch>, string[]]>([
    [
      'is that of the trade asked, however far other trades go',
      { ...away, activities: [anActivity(radius(15)), anActivity({ trades: [cleaning], ...radius(100) })] },
      {},
      ['zone.wider-radius 6'],
    ],
    [
      'is told by the size of the trade asked, however large other jobs are',
      {
        activities: [
          anActivity(size(alone)),
          anActivity({ trades: [cleaning], ...size({ maxValue: '90000' }) }),
        ],
      },
      {},
      ['capacity.larger-jobs 2000.00', 'capacity.take-part enterprise'],
    ],
    [
      'is looked for in every activity, not in the one that lacks least',
      { activities: [anActivity(size({ from: '2028-06-01' })), anActivity(size(alone))] },
      {},
      ['capacity.larger-jobs 2000.00', 'capacity.take-part enterprise'],
    ],
    [
      'reaches the nearest of several places',
      { ...away, activities: [anActivity(radius(15))] },
      { place: aPlace({ sites: ['nis:11002', 'nis:62096'] }) },
      ['zone.wider-radius 6'],
    ],
    [
      'adds the nearest of several places',
      { ...away, activities: [anActivity({ zone: { type: 'unset', km: null, areas: [] } })] },
      { place: aPlace({ sites: ['nis:11002', 'nis:62096'] }) },
      ['zone.more-areas enterprise'],
    ],
    [
      'reaches across the border from where the whole country is served',
      { ...border, activities: [anActivity(countryWide)] },
      { place: aPlace({ sites: ['postal:FR-59200'] }) },
      ['zone.across-border enterprise'],
    ],
    [
      'reaches across the border for a member as well',
      { ...border, activities: [], members: [{ ref: 'a', activities: [anActivity(countryWide)] }] },
      { place: aPlace({ sites: ['postal:FR-59200'] }) },
      ['zone.across-border enterprise'],
    ],
    [
      'does not reach far across the border',
      { ...border, activities: [anActivity(countryWide)] },
      { place: aPlace({ sites: ['postal:NL-6211'] }) },
      [],
    ],
    [
      'is not told of a place of which it is not known where it is',
      { ...border, activities: [anActivity(countryWide)] },
      { place: aPlace({ sites: ['postal:FR-75001'] }) },
      [],
    ],
    [
      'is found in what a member does',
      { ...away, activities: [], members: [{ ref: 'a', activities: [anActivity(radius(15))] }] },
      {},
      ['zone.wider-radius 6'],
    ],
    [
      'is two at once where neither is enough',
      {
        ...away,
        activities: [anActivity(radius(15))],
        approvals: [anApproval({ validUntil: '2026-05-20' })],
      },
      {},
      ['zone.wider-radius 6 + approval.renew enterprise'],
    ],
    [
      'is two at once for one criterion as well',
      { activities: [anActivity(size({ hoursPerWeek: 50, minValue: '50000', partialScope: false }))] },
      { hours: 1000 },
      [
        'capacity.smaller-jobs enterprise + capacity.more-hours 8',
        'capacity.smaller-jobs enterprise + capacity.take-part enterprise',
      ],
    ],
    [
      'is not one of three',
      {
        ...away,
        activities: [anActivity(radius(15))],
        approvals: [anApproval({ validUntil: '2026-05-20' })],
        contactEmail: null,
      },
      {},
      [],
    ],
  ])('%s', (_name, enterprise, asked, expected) => {
    expect(inShort(changes(enterprise, asked))).toEqual(expected);
  });

  it('across the border adds the same activity, with the place and how far it is', () => {
    const [found] = changes(
      { ...border, activities: [anActivity(countryWide)] },
      { place: aPlace({ sites: ['postal:FR-59200'] }) },
    );
    expect(found?.because.params).toMatchObject({ areas: 'postal:FR-59200' });
    expect(found?.because.params['km']).toBeLessThan(10);
  });

  it('is the class that its part of the value asks for, or a part that its class allows', () => {
    const agreation = { kind: 'agreation', category: 'D13', class: 1, technique: null, validUntil: null };
    const vca = { kind: 'vca', category: null, class: null, technique: null, validUntil: null };
    const asked = {
      value: '342000',
      credentials: [vca, { ...agreation, class: null }],
    };
    // Half of it, which is more than class 1 allows.
    const half = { activities: [anActivity(size({ maxValue: '171000' }))], credentials: [vca, agreation] };
    const found = evaluateEnterprise(question(asked), anEnterprise(half));
    expect(found.fails.map(({ because }) => because)).toEqual([
      { code: 'credentials.class-too-low', params: { class: 1, ceiling: '162000', value: '171000.00' } },
    ]);
    expect(changes(half, asked).map(({ because }) => because)).toEqual([
      { code: 'credentials.obtain', params: { credentials: 'agreation D13 2' } },
      { code: 'credentials.smaller-part', params: { value: '162000' } },
    ]);
    const less = { ...half, activities: [anActivity(size({ maxValue: '162000' }))] };
    expect(evaluateEnterprise(question(asked), anEnterprise(less)).fit).toBe('partial');
  });

  it('counts the hours that other work takes', () => {
    const busy = { packageId: 'other', start: '2026-06-01', end: '2026-09-30', hours: 400 };
    const few = { activities: [anActivity(size({ hoursPerWeek: 60, partialScope: false }))] };
    const [more] = changes(few, { hours: 900 }, [busy]);
    // 122 days are 17.43 weeks: 1300 hours in all are 75 a week.
    expect(more?.because).toEqual({ code: 'capacity.more-hours', params: { hoursPerWeek: 75, by: 15 } });
  });

  it('is the least that helps, tried kilometre by kilometre on every activity (against brute force)', () => {
    const anyActivity = fc
      .record({
        trade: fc.constantFrom('45442100', '45440000', cleaning),
        km: fc.integer({ min: 1, max: 60 }),
        mode: fc.constantFrom('works-or-service' as const, 'goods' as const),
      })
      .map(({ trade, km, mode }) => anActivity({ trades: [trade], modes: [mode], ...radius(km) }));
    const anyPlace = fc.constantFrom('62096', '61031', '62063', '11002', '21004', '63023');
    let [near, far] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(anyActivity, { minLength: 1, maxLength: 4 }),
        anyPlace,
        fc.subarray(['62096', '61031', '62063', '11002'], { minLength: 1 }),
        (activities, home, sites) => {
          const location = { ...away.location, nis: home, postalCode: null, lat: null, lon: null };
          const put = question({ place: aPlace({ sites: sites.map((nis) => `nis:${nis}`) }) });
          const fitsWith = (some: readonly Activity[]): boolean =>
            evaluateEnterprise(put, anEnterprise({ location, activities: some })).fit !== 'none';
          fc.pre(!fitsWith(activities));
          const helps = (by: number): boolean =>
            activities.some((one, at) =>
              fitsWith(activities.with(at, { ...one, zone: { ...one.zone, km: one.zone.km! + by } })),
            );
          const least = Array.from({ length: NEAR_MISS_LIMITS.extraKm }, (_, i) => i + 1).find(helps);
          const miss = evaluateEnterprise(put, anEnterprise({ location, activities }));
          const told = smallestChanges(put, miss).filter(
            ({ because }) => because.code === 'zone.wider-radius',
          );
          const single = told.filter(({ and }) => !and);
          expect(single.map(({ because }) => because.params['by'])).toEqual(
            least === undefined ? [] : [least],
          );
          if (least === undefined) far += 1;
          else near += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(Math.min(near, far)).toBeGreaterThan(10);
  });
});
