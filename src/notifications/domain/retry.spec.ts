import fc from 'fast-check';
import { nextTry } from './retry.js';

const planned = new Date('2026-11-24T10:00:00Z');
const HOUR = 3_600_000;
const later = (ms: number): Date => new Date(planned.getTime() + ms);

describe('the next try', () => {
  it.each([
    [1, 0, 5_000],
    [1, 0.999_999, 10_000],
    [2, 0, 10_000],
    [5, 0, 80_000],
    [40, 0, 3 * HOUR],
  ])('after %i tries with chance %d comes %i ms later', (tries, chance, ms) => {
    expect(nextTry(tries, planned, planned, chance)!.getTime() - planned.getTime()).toBeCloseTo(ms, -2);
  });

  it('is given up after three days, not before', () => {
    expect(nextTry(9, planned, later(72 * HOUR - 1), 0)).not.toBeNull();
    expect(nextTry(9, planned, later(72 * HOUR), 0)).toBeNull();
  });

  it('is always in the future and never further than six hours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 71 * HOUR }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (tries, age, chance) => {
          const pause = nextTry(tries, planned, later(age), chance)!.getTime() - planned.getTime() - age;
          expect(pause).toBeGreaterThan(0);
          expect(pause).toBeLessThanOrEqual(6 * HOUR);
        },
      ),
    );
  });
});
