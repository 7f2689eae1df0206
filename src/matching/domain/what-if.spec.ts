import fc from 'fast-check';
import { aPackageToMatch, aPlace } from '../../../test/factories/package-to-match.factory.js';
import { loadGeography } from '../../registry/index.js';
import type { Match } from './match-enterprises.js';
import { compareCandidates, hypotheses, type WhatIf } from './what-if.js';

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
