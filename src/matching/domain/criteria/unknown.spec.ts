import fc from 'fast-check';
import { addDays } from '../../../kernel/index.js';
import { loadGeography } from '../../../registry/index.js';
import { anActivity, anApproval, anEnterprise } from '../../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch, aPlace } from '../../../../test/factories/package-to-match.factory.js';
import type { Criterion } from '../criterion.js';
import { evaluateEnterprise, type Evaluation } from '../evaluate-enterprise.js';
import { questionOf, scoreOfEvaluation } from '../match-enterprises.js';
import type { PackageToMatch } from '../package-to-match.js';
import { NEWCOMER, type Engagement } from '../standing.js';

const ON = '2026-03-10';
const geography = loadGeography();

const day = fc.integer({ min: -60, max: 400 }).map((days) => addDays(ON, days));
const or = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { freq: 3 });
const money = fc.integer({ min: 1, max: 200 }).map((thousands) => `${thousands}000.00`);
const hours = fc.integer({ min: 0, max: 3000 });

const capacity = fc
  .record({
    limits: fc.tuple(or(money), or(money)),
    hoursPerWeek: or(fc.integer({ min: 1, max: 200 })),
    from: or(day),
    months: or(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 11 })),
    partialScope: fc.boolean(),
  })
  .map(({ limits, ...rest }) => {
    const [low, high] = limits;
    const isReversed = low !== null && high !== null && Number(low) > Number(high);
    return { ...rest, minValue: isReversed ? high : low, maxValue: isReversed ? low : high };
  });
const approval = fc
  .tuple(or(day), or(day), fc.constantFrom('verified' as const, 'pending' as const))
  .filter(([from, until]) => from === null || until === null || from <= until)
  .map(([validFrom, validUntil, state]) => anApproval({ validFrom, validUntil, state }));
const agreation = fc.record({
  kind: fc.constant('agreation'),
  category: fc.constantFrom('D13', 'D', null),
  class: fc.constantFrom(1, 2, null),
  technique: fc.constant(null),
  validUntil: or(day),
});
const enterprise = fc
  .record({
    capacity,
    approvals: fc.array(approval, { maxLength: 3 }),
    credentials: fc.array(agreation, { maxLength: 2 }),
  })
  .map(({ capacity: of, ...rest }) => anEnterprise({ ...rest, activities: [anActivity({ capacity: of })] }));
const engagement: fc.Arbitrary<Engagement> = fc
  .tuple(or(day), or(day), or(fc.integer({ min: 0, max: 500 })), fc.nat())
  .filter(([start, end]) => start === null || end === null || start <= end)
  .map(([start, end, taken, i]) => ({ packageId: `other ${i}`, start, end, hours: taken }));
const works = fc
  .tuple(day, fc.integer({ min: 0, max: 300 }))
  .map(([start, length]) => ({ start, end: addDays(start, length) }));
const proof = { kind: 'agreation', category: 'D13', class: null, technique: null };
const complete = fc
  .record({ value: money, hours, works, asksProof: fc.boolean() })
  .map(({ works: days, asksProof, ...rest }) =>
    aPackageToMatch({ ...rest, ...days, credentials: asksProof ? [proof] : [] }),
  );

const evaluate = (
  asked: PackageToMatch,
  who: ReturnType<typeof anEnterprise>,
  engagements: readonly Engagement[] = [],
): Evaluation =>
  evaluateEnterprise(questionOf(asked, aLaw(), geography, ON), who, { ...NEWCOMER, engagements });

/** What a package may leave out, alone or together. */
const leftOut = fc.subarray(['value', 'hours', 'start', 'end'] as const, { minLength: 1 });
const without = (asked: PackageToMatch, facts: readonly (keyof PackageToMatch)[]): PackageToMatch => ({
  ...asked,
  ...Object.fromEntries(facts.map((fact) => [fact, null])),
});

describe('a fact that a package does not state', () => {
  it('never lets pass, nor fail, what the fact could turn', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        complete,
        leftOut,
        enterprise,
        fc.array(engagement, { maxLength: 2 }),
        (asked, facts, who, engagements) => {
          const told = evaluate(asked, who, engagements).criteria;
          const untold = evaluate(without(asked, facts), who, engagements).criteria;
          const turned = untold.map(({ key, result }, i) => ({ key, from: result, to: told[i]!.result }));
          for (const { key, from, to } of turned) seen.add(`${key} ${from} -> ${to}`);
          // A pass stays one; a failure may become a doubt once more is known, never a pass.
          expect(turned.filter(({ from, to }) => from === 'pass' && to !== 'pass')).toEqual([]);
          expect(turned.filter(({ from, to }) => from === 'fail' && to === 'pass')).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
    for (const key of ['approval', 'capacity', 'dates', 'credentials'])
      expect([...seen]).toEqual(
        expect.arrayContaining([`${key} unknown -> fail`, `${key} unknown -> pass`, `${key} pass -> pass`]),
      );
  });

  it('is said, keeps nobody out and ranks lower', () => {
    fc.assert(
      fc.property(complete, leftOut, enterprise, (asked, facts, who) => {
        const [told, untold] = [evaluate(asked, who), evaluate(without(asked, facts), who)];
        const unknowns = ({ criteria }: Evaluation): readonly Criterion[] =>
          criteria.filter(({ result }) => result === 'unknown');
        fc.pre(told.fit === 'match' && unknowns(untold).length > unknowns(told).length);
        expect(untold.fit).not.toBe('none');
        const question = questionOf(asked, aLaw(), geography, ON);
        expect(scoreOfEvaluation(question, untold)).toBeLessThan(scoreOfEvaluation(question, told));
      }),
      { numRuns: 200 },
    );
  });
});

/** Several activities for several trades and places: together they may do what none does alone. */
const several = fc
  .array(
    fc.record({
      trades: fc.subarray(['45442100', '77310000'], { minLength: 1 }),
      modes: fc.constantFrom([], ['works-or-service' as const], ['works-or-service' as const]),
      zone: fc.constantFrom(
        { type: 'areas' as const, km: null, areas: ['nis:62096'] },
        { type: 'areas' as const, km: null, areas: ['nis:61031'] },
        { type: 'radius' as const, km: 60, areas: [] },
      ),
      capacity: fc.oneof(capacity, fc.constant(anActivity().capacity)),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((activities) => anEnterprise({ activities }));
const wide = complete.map((asked) => ({
  ...asked,
  trades: ['45442000', '77310000'],
  allTrades: true,
  place: { ...asked.place, sites: ['nis:62096', 'nis:61031'] },
}));

describe('a fact that one of several activities does not state', () => {
  type Fact = (
    one: ReturnType<typeof anActivity>,
    told: ReturnType<typeof anActivity>,
  ) => ReturnType<typeof anActivity>;
  const FACTS: readonly Fact[] = [
    (one, told) => (one.modes.length === 0 ? { ...one, modes: told.modes } : one),
    (one, { capacity: told }) => {
      const { minValue, maxValue, hoursPerWeek } = one.capacity;
      const isSilent = minValue === null && maxValue === null && hoursPerWeek === null;
      return isSilent ? { ...one, capacity: { ...one.capacity, maxValue: told.maxValue } } : one;
    },
  ];

  it('is never passed over for what the others state, where it could turn the verdict', () => {
    let seen = 0;
    const told = fc.record({
      modes: fc.constantFrom(['goods' as const], ['works-or-service' as const]),
      capacity: capacity.filter(({ maxValue }) => maxValue !== null),
    });
    fc.assert(
      fc.property(wide, several, told, fc.constantFrom(...FACTS), (asked, who, fact, learn) => {
        const before = evaluate(asked, who);
        fc.pre(before.fit === 'match' && before.criteria.every(({ result }) => result === 'pass'));
        seen += 1;
        const learnt = (one: ReturnType<typeof anActivity>): ReturnType<typeof anActivity> =>
          learn(one, anActivity(fact));
        const after = evaluate(asked, {
          ...who,
          activities: who.activities.map(learnt),
        });
        expect([after.fit, after.criteria.filter(({ result }) => result !== 'pass')]).toEqual(['match', []]);
      }),
      { numRuns: 400, maxSkipsPerRun: 1000 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it('leaves each criterion what holds of all of them', () => {
    const one = anActivity();
    const other = anActivity({ trades: ['77310000'] });
    const resultsOf = (
      activities: readonly ReturnType<typeof anActivity>[],
      areMembers: boolean,
    ): string[] => {
      const own = areMembers
        ? {
            kind: 'COOP_ACT',
            activities: [],
            members: activities.map((a, i) => ({ ref: `${i}`, activities: [a] })),
          }
        : { activities };
      const asked = aPackageToMatch({ allTrades: true, trades: ['45442000', '77310000'] });
      const { fit, criteria } = evaluate(asked, anEnterprise(own));
      return [fit, ...criteria.map(({ key, result, because }) => `${key} ${result} ${because.code}`)];
    };
    for (const areMembers of [false, true]) {
      expect(resultsOf([one, other], areMembers)).toEqual(
        expect.arrayContaining(['match', 'trade pass trade.same', 'mode pass mode.offered']),
      );
      expect(resultsOf([one, { ...other, modes: [] }], areMembers)).toEqual(
        expect.arrayContaining(['match', 'mode unknown mode.not-stated']),
      );
    }
    const there = { ...one, zone: { type: 'areas' as const, km: null, areas: ['nis:61031'] } };
    const here = { ...one, zone: { type: 'areas' as const, km: null, areas: ['nis:62096'] } };
    const inBoth = evaluate(
      aPackageToMatch({ place: aPlace({ sites: ['nis:62096', 'nis:61031', 'nis:11002'] }) }),
      anEnterprise({ activities: [here, there] }),
    );
    expect(inBoth.criteria[2]).toMatchObject({ extent: 'part', because: { params: { count: 2, total: 3 } } });
    const { capacity: of } = other;
    const little = { ...other, capacity: { ...of, maxValue: '5000.00' } };
    expect(resultsOf([one, little], false)).toEqual(
      expect.arrayContaining(['partial', 'capacity pass capacity.part-of-value']),
    );
  });
});
