import fc from 'fast-check';
import { anActivity, anEnterprise } from '../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch, aPlace } from '../../../test/factories/package-to-match.factory.js';
import { within } from '../../../test/within.js';
import type { SiteKey } from '../../kernel/index.js';
import { loadGeography, type Enterprise } from '../../registry/index.js';
import { distanceKm } from '../../registry/domain/index.js';
import { randomFrom } from '../bench-world.js';
import { composeTeams, type Team } from './compose-teams.js';
import { evaluateAll, questionOf } from './match-enterprises.js';
import type { PackageToMatch } from './package-to-match.js';

const geography = loadGeography();
const TRADES = ['45442100', '45310000', '45262500', '77310000', '90911200', '45330000'];

function teams(asked: Partial<PackageToMatch>, enterprises: Partial<Enterprise>[]): readonly Team[] {
  const question = questionOf(aPackageToMatch({ hours: null, ...asked }), aLaw(), geography, '2026-03-10');
  const registry = enterprises.map((one, i) => anEnterprise({ id: `e${i}`, ...one }));
  return composeTeams(question, evaluateAll(question, registry));
}
const having = (...trades: string[]): Partial<Enterprise> => ({ activities: [anActivity({ trades })] });
const upTo = (maxValue: string): Partial<Enterprise> => ({
  activities: [anActivity({ capacity: { ...anActivity().capacity, maxValue, hoursPerWeek: null } })],
});
const members = (team: Team | undefined): Record<string, readonly string[]> =>
  Object.fromEntries((team?.members ?? []).map(({ enterpriseId, covers }) => [enterpriseId, covers]));

const areas = (...keys: string[]): Partial<Enterprise> => ({
  activities: [anActivity({ zone: { type: 'areas', km: null, areas: keys } })],
});

describe('a team', () => {
  const allThree = { trades: TRADES.slice(0, 3), allTrades: true };

  it('covers every trade with the fewest members, each with its part', () => {
    const [team, ...others] = teams(allThree, [
      having(TRADES[0]!),
      having(TRADES[1]!, TRADES[2]!),
      having(TRADES[1]!),
    ]);
    expect(others).toEqual([]);
    expect(members(team)).toEqual({ e0: [TRADES[0]], e1: [TRADES[1], TRADES[2]] });
    expect([team?.coverage, team?.gaps]).toEqual([1, []]);
  });

  it('is not proposed when one enterprise does it all', () => {
    expect(teams(allThree, [having(...TRADES), having(TRADES[0]!)])).toEqual([]);
  });

  it('names what nobody covers', () => {
    const [team] = teams(allThree, [having(TRADES[0]!), having(TRADES[1]!)]);
    expect([team?.coverage, team?.gaps]).toEqual([0.667, [TRADES[2]]]);
  });

  it('leaves out those who do not team up', () => {
    expect(
      teams(allThree, [having(TRADES[0]!), { ...having(TRADES[1]!, TRADES[2]!), openToTeams: false }]),
    ).toEqual([]);
  });

  it('has who pauses and wants to be a partner all the same, and nobody else who pauses', () => {
    const pausing = { ...having(TRADES[1]!, TRADES[2]!), active: false };
    const partner = { ...pausing, partnerInPause: true };
    const [team] = teams(allThree, [having(TRADES[0]!), partner]);
    expect(members(team)).toEqual({ e0: [TRADES[0]], e1: [TRADES[1], TRADES[2]] });
    for (const other of [
      pausing,
      { ...partner, openToTeams: false },
      { ...partner, delisted: true },
      { ...partner, contactEmail: null },
    ])
      expect(teams(allThree, [having(TRADES[0]!), other])).toEqual([]);
    // It could do all of it, and takes no work of its own: those who need each other stay a team.
    const whole = { ...having(...TRADES), active: false, partnerInPause: true };
    expect(members(teams(allThree, [having(TRADES[0]!), having(TRADES[1]!, TRADES[2]!), whole])[0])).toEqual({
      e0: [TRADES[0]],
      e1: [TRADES[1], TRADES[2]],
    });
  });

  it('covers as much with as few, whether partners pause or not', () => {
    const one = fc.record({
      trades: fc.uniqueArray(fc.constantFrom(...TRADES.slice(0, 4)), { minLength: 1, maxLength: 2 }),
      pauses: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 6 }), (crews) => {
        const asked = { trades: TRADES.slice(0, 3), allTrades: true };
        const working = crews.map(({ trades }) => having(...trades));
        const pausing = crews.map(({ trades, pauses }) =>
          pauses ? { ...having(...trades), active: false, partnerInPause: true } : having(...trades),
        );
        const best = (all: readonly Team[]) => [
          all.length,
          all[0]?.members.length,
          all[0]?.coverage,
          all[0]?.gaps,
        ];
        expect(best(teams(asked, pausing))).toEqual(best(teams(asked, working)));
      }),
      { numRuns: 60 },
    );
  });

  it('gives out thousands of trades on sites in no time, each to somebody who does it there', () => {
    const trades = Array.from({ length: 50 }, (_, i) => `${45000000 + 1000 * (i + 1)}`);
    const sites = [...geography.municipalities.keys()].slice(0, 200).map((nis): SiteKey => `nis:${nis}`);
    const registry = Array.from({ length: 40 }, (_, i) => ({
      activities: [
        anActivity({
          trades: trades.filter((_trade, at) => (at + i) % 4 > 0),
          zone: { type: 'areas', km: null, areas: sites },
        }),
      ],
    }));
    const [team] = within(10, () => teams({ trades, allTrades: true, place: aPlace({ sites }) }, registry));
    expect(new Set(Object.values(members(team)).flat())).toEqual(new Set(trades));
  });

  it('covers sites that lie apart', () => {
    const [team] = teams({ place: aPlace({ sites: ['nis:61031', 'nis:63023'] }) }, [
      areas('nis:61031'),
      areas('nis:63023'),
    ]);
    expect(members(team)).toEqual({ e0: ['nis:61031'], e1: ['nis:63023'] });
  });

  it('adds up quantities', () => {
    const [team] = teams({ value: '100000.00' }, [upTo('60000.00'), upTo('40000.00'), upTo('10000.00')]);
    expect(members(team)).toEqual({ e0: ['45442000'], e1: ['45442000'] });
    expect(team?.coverage).toBe(1);
    expect(teams({ value: '100000.00' }, [upTo('60000.00'), upTo('30000.00')])[0]).toMatchObject({
      coverage: 0.9,
      gaps: ['0.1'],
    });
  });

  it('adds up what each takes at one site', () => {
    const [team] = teams({ value: '100000.00' }, [upTo('40000.00'), upTo('40000.00')]);
    expect([Object.keys(members(team)).sort(), team?.coverage, team?.gaps]).toEqual([
      ['e0', 'e1'],
      0.8,
      ['0.2'],
    ]);
  });

  it('does not add what somebody has left over at one site to another that it does not serve', () => {
    const at = (site: SiteKey, maxValue: string): Partial<Enterprise> => ({
      activities: [
        anActivity({
          zone: { type: 'areas', km: null, areas: [site] },
          capacity: { ...anActivity().capacity, maxValue, hoursPerWeek: null },
        }),
      ],
    });
    const asked = { value: '100000.00', place: aPlace({ sites: ['nis:61031', 'nis:63023'] }) };
    // Each site is a half: forty of the fifty thousand here, all of it there.
    const two = [at('nis:61031', '40000.00'), at('nis:63023', '90000.00')];
    const [team] = teams(asked, two);
    expect([team?.members.length, team?.coverage, team?.gaps]).toEqual([2, 0.9, ['0.1']]);
    const [more] = teams(asked, [...two, at('nis:61031', '10000.00')]);
    expect([more?.members.length, more?.coverage, more?.gaps]).toEqual([3, 1, []]);
  });

  const district = [...geography.municipalities.values()].filter(({ nuts3 }) => nuts3 === 'BE335');
  const inDistrict = district.map(({ nis }): SiteKey => `nis:${nis}`).sort();

  it('adds up those who each serve a part of one site', () => {
    const asked = { place: aPlace({ sites: ['nuts:BE335'] }) };
    const [some, others] = [inDistrict.slice(0, 9), inDistrict.slice(9)];
    expect(others.length).toBeGreaterThan(3);
    const [team] = teams(asked, [areas(...some), areas(...others), areas(...some.slice(0, 3))]);
    expect([team?.coverage, team?.gaps]).toEqual([1, []]);
    const told = members(team);
    expect(Object.keys(told).sort()).toEqual(['e0', 'e1']);
    expect([told['e0']!.toSorted(), told['e1']!.toSorted()]).toEqual([some, others]);
    const [lacking] = teams(asked, [areas(...some), areas(...others.slice(1))]);
    expect(lacking?.gaps).toEqual([others[0]]);
    expect(lacking!.coverage).toBeLessThan(1);
  });

  it('adds up a radius and areas around it, as far as the radius reaches the middle of each municipality', () => {
    const [home] = district.filter(({ nis }) => nis === '63079');
    const location = {
      ...anEnterprise().location,
      nis: home!.nis,
      postalCode: null,
      lat: home!.lat,
      lon: home!.lon,
    };
    const reached = district
      .filter((one) => distanceKm(home!, one) <= 12)
      .map(({ nis }): SiteKey => `nis:${nis}`);
    expect(reached.length).toBeGreaterThan(2);
    const around = { location, activities: [anActivity({ zone: { type: 'radius', km: 12, areas: [] } })] };
    const rest = inDistrict.filter((key) => !reached.includes(key));
    const [team] = teams({ place: aPlace({ sites: ['nuts:BE335'] }) }, [around, areas(...rest)]);
    expect([team?.members.length, team?.coverage, team?.gaps]).toEqual([2, 1, []]);
  });

  it('has as many members as are needed, and past twelve is one that does as much as twelve can', () => {
    const trades = Array.from({ length: 14 }, (_, i) => `45${11 + i}1000`);
    const of = (count: number) =>
      teams(
        { trades: trades.slice(0, count), allTrades: true },
        trades.slice(0, count).map((trade) => having(trade)),
      );
    expect(of(7).map((team) => [team.members.length, team.coverage])).toEqual([[7, 1]]);
    expect(of(12).map((team) => [team.members.length, team.coverage])).toEqual([[12, 1]]);
    expect(of(14).map((team) => [team.members.length, team.coverage, team.gaps.length])).toEqual([
      [12, 0.857, 2],
    ]);
  });

  it('is found in no time among forty who each do some of some trades', () => {
    const random = randomFrom(3);
    const trades = Array.from({ length: 10 }, (_, i) => `${45000000 + 1000 * (i + 1)}`);
    const some = Array.from({ length: 40 }, () => ({
      activities: [
        anActivity({
          trades: trades.filter(() => random() < 0.25).concat(trades[Math.floor(random() * 10)]!),
          capacity: { ...anActivity().capacity, maxValue: `${2000 + Math.floor(random() * 8000)}.00` },
        }),
      ],
    }));
    const [team] = within(20, () => teams({ trades, allTrades: true, value: '100000.00' }, some));
    expect(team?.members.length).toBe(12);
  });

  it('counts a proof that one of its members holds', () => {
    const proof = { kind: 'vca', category: null, class: null, technique: null };
    const holder = { ...having(TRADES[1]!), credentials: [{ ...proof, validUntil: null }] };
    const [team] = teams({ trades: TRADES.slice(0, 2), allTrades: true, credentials: [proof] }, [
      having(TRADES[0]!),
      holder,
    ]);
    expect([Object.keys(members(team)).sort(), team?.coverage]).toEqual([['e0', 'e1'], 1]);
  });

  it('is not needed where a coopérative d’emploi adds up its members', () => {
    const coop = {
      kind: 'COOP_ACT',
      activities: [],
      members: TRADES.slice(0, 3).map((trade) => ({
        ref: trade,
        activities: [anActivity({ trades: [trade] })],
      })),
    };
    expect(teams(allThree, [coop, having(TRADES[0]!)])).toEqual([]);
  });

  it('has the smallest size there is, whatever the registry (against brute force)', () => {
    const registry = fc.array(fc.subarray(TRADES, { minLength: 1, maxLength: 3 }), {
      minLength: 2,
      maxLength: 9,
    });
    fc.assert(
      fc.property(registry, (declared) => {
        const found = teams(
          { trades: TRADES, allTrades: true, value: null },
          declared.map((list) => having(...list)),
        );
        const reachable = new Set(declared.flat());
        const smallest = Math.min(
          ...Array.from({ length: 2 ** declared.length }, (_, set) =>
            declared.filter((__, i) => set & (1 << i)),
          )
            .filter((team) => new Set(team.flat()).size === reachable.size)
            .map((team) => team.length),
        );
        // Beyond six members a team is no longer proposed.
        expect(found.length > 0).toBe(smallest >= 2 && smallest <= 6);
        expect(found.every((team) => team.members.length === smallest)).toBe(true);
        for (const team of found)
          expect(new Set(team.members.flatMap(({ covers }) => covers))).toEqual(reachable);
      }),
      { numRuns: 80 },
    );
  });

  /** How many twentieths of the five trades some can do, each trade four and nobody more than its share: given out one by one, moved on where needed. */
  const twentieths = (players: readonly { trades: readonly string[]; share: number }[]): number => {
    const left = players.map(({ share }) => Math.round(share * 20));
    const units = TRADES.slice(0, 5).flatMap((trade) => [trade, trade, trade, trade]);
    const by: (number | null)[] = units.map(() => null);
    const place = (unit: number, seen: Set<number>): boolean => {
      for (const [i, { trades }] of players.entries()) {
        if (seen.has(i) || !trades.includes(units[unit]!)) continue;
        seen.add(i);
        const other = left[i]! > 0 ? null : by.findIndex((who, at) => who === i && place(at, seen));
        if (other === -1) continue;
        if (other === null) left[i]! -= 1;
        by[unit] = i;
        return true;
      }
      return false;
    };
    return units.filter((_, unit) => place(unit, new Set())).length;
  };

  /** By hand: all sets of up to `most`, the smallest that cover, nearest, most balanced, then by identity. */
  const byBruteForce = (
    players: readonly { id: string; trades: readonly string[]; share: number; km: number }[],
    most: number,
  ): string[][] | null => {
    const reachable = new Set(players.flatMap(({ trades }) => trades)).size;
    const quantity = twentieths(players);
    const sets = function* (from: number, size: number): Generator<typeof players> {
      if (size === 0) yield [];
      else
        for (let i = from; i < players.length; i += 1)
          for (const rest of sets(i + 1, size - 1)) yield [players[i]!, ...rest];
    };
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
    const spread = (list: readonly number[]): number => Math.max(...list) - Math.min(...list);
    for (let size = 1; size <= most; size += 1) {
      const covers = [...sets(0, size)].filter(
        (team) =>
          new Set(team.flatMap(({ trades }) => trades)).size === reachable && twentieths(team) === quantity,
      );
      if (covers.length === 0) continue;
      const measured = covers.map((team) => ({
        ids: team.map(({ id }) => id).sort(),
        km: Math.round(sum(team.map(({ km }) => km)) * 1e6),
        spread: spread(team.map(({ share }) => share)),
      }));
      measured.sort(
        (a, b) => a.km - b.km || a.spread - b.spread || (a.ids.join(' ') < b.ids.join(' ') ? -1 : 1),
      );
      return measured.slice(0, 5).map(({ ids }) => ids);
    }
    return null;
  };

  it('is among the five best of all there are, with up to forty candidates (against brute force)', () => {
    // Kilometres that differ by whole ones, and quarters, so that ties are frequent; their sums are rounded down.
    const player = fc.record({
      trades: fc.subarray(TRADES.slice(0, 5), { minLength: 1, maxLength: 3 }),
      share: fc.constantFrom(0.25, 0.5, 0.75, 1),
      km: fc.integer({ min: 0, max: 6 }).map((km) => km + 0.1234567),
    });
    const sizes = new Map<number, number>();
    fc.assert(
      fc.property(fc.array(player, { minLength: 2, maxLength: 40 }), (drawn) => {
        const players = drawn.map((one, i) => ({ ...one, id: `e${String(i).padStart(2, '0')}` }));
        const asked = aPackageToMatch({ trades: TRADES.slice(0, 5), allTrades: true, hours: null });
        const question = questionOf(asked, aLaw(), geography, '2026-03-10');
        const evaluations = players.map(({ id, trades, share, km }) => ({
          ...evaluateAll(question, [{ ...anEnterprise({ id }), ...having(...trades) }])[0]!,
          share,
          distanceKm: km,
        }));
        const expected = byBruteForce(players, 3);
        const found = composeTeams(question, evaluations).map(({ members: of }) =>
          of.map(({ enterpriseId }) => enterpriseId).sort(),
        );
        const small = found.filter((team) => team.length <= 3);
        expect(small).toEqual(expected === null || expected[0]!.length === 1 ? [] : expected);
        const size = found[0]?.length ?? 0;
        sizes.set(size, (sizes.get(size) ?? 0) + 1);
      }),
      { numRuns: 60 },
    );
    expect(sizes.get(2)).toBeGreaterThan(0);
    expect(sizes.get(3)).toBeGreaterThan(0);
  });

  it('keeps who alone covers something among many candidates', () => {
    const many = Array.from({ length: 60 }, () => having(TRADES[0]!, TRADES[1]!));
    const [team] = teams(allThree, [...many, having(TRADES[2]!)]);
    expect([team?.coverage, Object.keys(members(team)).includes('e60')]).toEqual([1, true]);
  });
});
