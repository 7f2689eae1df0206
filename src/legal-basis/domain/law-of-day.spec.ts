import fc from 'fast-check';
import { addDays } from '../../kernel/index.js';
import { rulesFromFiles } from '../rule-files.js';
import { inForce } from './index.js';
import { lawOn } from './law-of-day.js';

const rules = rulesFromFiles();

const dated = [rules.bases, rules.thresholds, rules.overlays].flatMap((set) => [...set.values()].flat());
const changes = [...dated, ...rules.regimes]
  .flatMap(({ valid }) => [valid.from, valid.until])
  .filter((day) => day !== null);

/** Days near a change, and any others. */
const days = fc.oneof(
  fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -1, max: 1 })).map(([day, by]) => addDays(day, by)),
  fc.integer({ min: 0, max: 25_000 }).map((by) => addDays('1970-01-01', by)),
);

const found = (sets: ReadonlyMap<string, Parameters<typeof inForce>[0]>, day: string): unknown[] =>
  [...sets.values()].map((versions) => inForce(versions, day)).filter((rule) => rule !== null);

describe('the law of a day', () => {
  it('is what is in force on it, version by version', () => {
    fc.assert(
      fc.property(days, (day) => {
        const law = lawOn(rules, day);
        expect(law.regime).toBe(inForce(rules.regimes, day));
        expect(new Set([...law.bases.BE, ...law.bases.EU, ...law.bases.CONTRACT])).toEqual(
          new Set(found(rules.bases, day)),
        );
        expect([...law.thresholds.values()]).toEqual(found(rules.thresholds, day));
        expect(law.overlays).toEqual(
          [...rules.overlays].map(([key, versions]) => [key, inForce(versions, day)]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is one object from one change to the next, and another law has its own', () => {
    const sorted = [...new Set(changes)].sort();
    const [first, next] = [sorted.at(-2)!, sorted.at(-1)!];
    expect(lawOn(rules, addDays(next, -1))).toBe(lawOn(rules, first));
    expect(lawOn(rules, next)).not.toBe(lawOn(rules, first));
    expect(lawOn(rules, addDays(sorted[0]!, -1))).not.toBe(lawOn(rules, sorted[0]!));
    expect(lawOn({ ...rules, bases: new Map() }, first).bases.BE).toEqual([]);
  });
});
