import fc from 'fast-check';
import { CRITERIA, type Criterion, type CriterionKey } from './criterion.js';
import { differences } from './compare-decisions.js';
import { readCriteria, writeCriteria } from './written-criteria.js';

const becauseOf = (key: CriterionKey) =>
  fc.record({
    code: fc.constantFrom('same', 'in-part').map((word) => `${key}.${word}` as const),
    params: fc.oneof(
      fc.constant({}),
      fc.record({ km: fc.integer(), limit: fc.constantFrom('10.00', '') }, { requiredKeys: [] }),
    ),
  });

const criterion: fc.Arbitrary<Criterion> = fc.constantFrom(...CRITERIA).chain((key) =>
  fc.record(
    {
      key: fc.constant(key),
      result: fc.constantFrom('pass' as const, 'fail' as const, 'unknown' as const),
      extent: fc.constantFrom('full' as const, 'part' as const),
      required: fc.constantFrom('', '3 km'),
      actual: fc.constantFrom('', 'a "b"'),
      because: becauseOf(key),
      changeableBy: fc.constantFrom('enterprise' as const, 'contractor' as const, 'nobody' as const),
      warning: becauseOf('capacity'),
    },
    { requiredKeys: ['key', 'result', 'extent', 'required', 'actual', 'because', 'changeableBy'] },
  ),
);

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('criteria as rows hold them', () => {
  it('say the same when they are read again', () => {
    fc.assert(
      fc.property(fc.array(criterion, { maxLength: 5 }), (criteria) => {
        expect(readCriteria(throughJson(writeCriteria(criteria)))).toEqual(throughJson(criteria));
      }),
    );
  });

  it('are read as they are where they were written before', () => {
    fc.assert(
      fc.property(fc.array(criterion, { maxLength: 5 }), (criteria) => {
        expect(readCriteria(throughJson(criteria))).toEqual(throughJson(criteria));
      }),
    );
  });

  it('are a line of four words where all is usual', () => {
    const usual: Criterion = {
      key: 'mode',
      result: 'pass',
      extent: 'full',
      required: 'staff',
      actual: 'staff',
      because: { code: 'mode.offered', params: {} },
      changeableBy: 'enterprise',
    };
    expect(writeCriteria([usual])).toEqual([['mode.offered', 'pass', 'staff', 'staff']]);
  });
});

describe('two decisions on one pair', () => {
  it('differ exactly in the parts of which JSON says something else, whatever the order of keys', () => {
    const decision = {
      enterpriseId: 'e',
      verdict: 'match' as const,
      score: 0.5,
      changes: [],
      distanceKm: null,
      basis: 'B',
      packageVersion: 1,
      enterpriseVersionId: 'v',
      rulesVersion: 'r',
    };
    const sorted = (value: unknown): string =>
      JSON.stringify(value, (_, part: unknown) =>
        typeof part === 'object' && part !== null && !Array.isArray(part)
          ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
          : part,
      );
    const turned = (criteria: readonly Criterion[]): readonly Criterion[] =>
      criteria.map((one) => Object.fromEntries(Object.entries(one).reverse()) as unknown as Criterion);
    fc.assert(
      fc.property(
        fc.array(criterion, { maxLength: 3 }),
        fc.array(criterion, { maxLength: 3 }),
        (some, others) => {
          const a = { ...decision, criteria: some };
          expect(differences(a, { ...decision, criteria: throughJson(turned(some)) })).toEqual(
            sorted(some) === sorted(throughJson(some)) ? [] : ['criteria'],
          );
          const isOther = sorted(some) !== sorted(others);
          expect(differences(a, { ...decision, criteria: others })).toEqual(isOther ? ['criteria'] : []);
        },
      ),
    );
  });
});
