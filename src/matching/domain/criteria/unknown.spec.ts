import fc from 'fast-check';
import { addDays } from '../../../kernel/index.js';
import { loadGeography } from '../../../registry/index.js';
import { anActivity, anApproval, anEnterprise } from '../../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch } from '../../../../test/factories/package-to-match.factory.js';
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
