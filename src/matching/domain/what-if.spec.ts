import fc from 'fast-check';
import { anActivity, anEnterprise } from '../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch, aPlace } from '../../../test/factories/package-to-match.factory.js';
import { loadGeography } from '../../registry/index.js';
import type { Match } from './match-enterprises.js';
import { evaluateEnterprise } from './evaluate-enterprise.js';
import { questionOf } from './match-enterprises.js';
import { compareCandidates, hypotheses, widened, type ProfileWish, type WhatIf } from './what-if.js';

const geography = loadGeography();
const asked = aPackageToMatch({
  trades: ['45442100', '45262500'],
  allTrades: true,
  place: aPlace({ sites: ['nis:62096', 'nis:61031'] }),
});
const matchOf = (enterpriseId: string, score: number, verdict: Match['verdict'] = 'match'): Match =>
  ({ enterpriseId, score, verdict }) as Match;

describe('a hypothetical package', () => {
  it('starts later and lasts as long', () => {
    expect(hypotheses(asked, { change: 'later', days: 30 }, geography)).toMatchObject([
      { start: '2026-07-01', end: '2026-10-30' },
    ]);
  });

  it('asks for enterprises near its first place', () => {
    const [near] = hypotheses(asked, { change: 'within', km: 10 }, geography);
    expect(near!.place.enterprisesWithin).toMatchObject({ km: 10 });
  });

  it.each<[WhatIf, number]>([
    [{ change: 'by-site' }, 2],
    [{ change: 'by-trade' }, 2],
  ])('is split by %j into parts that share value and hours', (wish, count) => {
    const parts = hypotheses(asked, wish, geography);
    expect(parts).toHaveLength(count);
    expect(parts.map(({ value, hours }) => [value, hours])).toEqual(parts.map(() => ['21000.00', 450]));
  });

  it.each<WhatIf>([{ change: 'by-site' }, { change: 'by-trade' }, { change: 'later', days: 30 }])(
    'is none when %j makes no sense',
    (wish) => {
      expect(hypotheses(aPackageToMatch({ start: null, end: null }), wish, geography)).toEqual([]);
    },
  );
});

describe('an enterprise that wonders', () => {
  const nothing: ProfileWish = { trades: [], areas: [], extraKm: 0 };
  const inHuy = aPackageToMatch({ place: aPlace({ sites: ['nis:61031'] }) });
  const fitIn = (asks: typeof inHuy, one: ReturnType<typeof anEnterprise>): string =>
    evaluateEnterprise(questionOf(asks, aLaw(), geography, '2026-03-10'), one).fit;
  const serving = (zone: ReturnType<typeof anActivity>['zone']) =>
    anEnterprise({ activities: [anActivity({ zone })] });
  const radius = { type: 'radius' as const, km: 5, areas: [] };

  it.each([
    ['a radius', serving(radius)],
    ['areas', serving({ type: 'areas', km: null, areas: ['nis:62096'] })],
    ['no zone', serving({ type: 'unset', km: null, areas: [] })],
    [
      'a member',
      anEnterprise({ activities: [], members: [{ ref: 'a', activities: [anActivity({ zone: radius })] }] }),
    ],
  ])('would be found in Huy if it served it as well, beside %s', (_, one) => {
    expect(fitIn(inHuy, one)).toBe('none');
    const wider = widened(one, { ...nothing, areas: ['nis:61031'] });
    expect(fitIn(inHuy, wider)).toBe('match');
    expect(fitIn(aPackageToMatch(), wider)).toBe('match');
    expect(widened(one, nothing)).toEqual(one);
  });

  it('would be found abroad by the place, beside its own country', () => {
    const abroad = aPackageToMatch({ place: aPlace({ sites: ['postal:NL-6211'] }) });
    const one = serving({ type: 'country', km: null, areas: [] });
    expect([
      fitIn(abroad, one),
      fitIn(abroad, widened(one, { ...nothing, areas: ['postal:NL-6211'] })),
    ]).toEqual(['none', 'match']);
  });

  it('would be found by a wider radius, and by a trade that it declares first of all', () => {
    expect(fitIn(inHuy, widened(serving(radius), { ...nothing, extraKm: 20 }))).toBe('match');
    const bare = anEnterprise({ activities: [] });
    expect(fitIn(aPackageToMatch(), bare)).toBe('none');
    expect(fitIn(aPackageToMatch(), widened(bare, { ...nothing, trades: ['45442100'] }))).toBe('match');
  });
});

describe('candidates gained and lost', () => {
  it('leaves near misses out and counts an enterprise once, whatever the parts', () => {
    const before = [matchOf('a', 0.9), matchOf('b', 0.8), matchOf('c', 0.1, 'near-miss')];
    const after = [
      [matchOf('c', 0.7), matchOf('a', 0.6)],
      [matchOf('c', 0.9), matchOf('d', 0.2, 'near-miss')],
    ];
    expect(compareCandidates(before, after)).toEqual({ gained: ['c'], lost: ['b'], kept: ['a'] });
  });

  it('divides those of before and those of after', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const { gained, lost, kept } = compareCandidates(
          before.map((id, i) => matchOf(id, 1 - i / 10)),
          [after.map((id, i) => matchOf(id, 1 - i / 10))],
        );
        expect([...lost, ...kept].toSorted()).toEqual(before.toSorted());
        expect([...gained, ...kept].toSorted()).toEqual(after.toSorted());
      }),
    );
  });
});
