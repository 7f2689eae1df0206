import fc from 'fast-check';
import { settleFirst } from './shares-of.js';

const someShares = fc
  .array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 45 })
  .map((parts) => {
    const sum = parts.reduce((total, part) => total + part, 0);
    return parts.map((part) => part / sum);
  });
const someWeights = fc
  .tuple(
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: 0.1, max: 2, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  )
  .map(([one, slope, german]) => Float64Array.of(one, slope, german, 0, 0));

const best = (shares: readonly number[]): number => shares.indexOf(Math.max(...shares));

describe('the share of the first answer', () => {
  it('comes true as learned, and the others share the rest in the proportions they had', () => {
    const shares = [0.2, 0.5, 0.3];
    settleFirst(shares, Float64Array.of(0.4, 1, 0, 0, 0), 'fr');
    const told = 1 / (1 + Math.exp(-0.4));
    expect(shares[1]).toBeCloseTo(told, 9);
    expect(shares[0]).toBeCloseTo((1 - told) * 0.4, 9);
    expect(shares[2]).toBeCloseTo((1 - told) * 0.6, 9);
  });

  it('is learned by language', () => {
    const shares = [0.5, 0.3, 0.2];
    settleFirst(shares, Float64Array.of(0, 1, 1, 0, 0), 'de');
    expect(shares[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 9);
  });

  it('changes no order and adds up to one', () => {
    fc.assert(
      fc.property(someShares, someWeights, fc.constantFrom('fr', 'de'), (before, weights, lang) => {
        const after = [...before];
        settleFirst(after, weights, lang as 'fr');
        expect(after.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(after[best(before)]).toBeGreaterThanOrEqual(Math.max(...after) - 1e-12);
        for (const [i, share] of before.entries())
          expect(share > 0 ? (after[i] as number) > 0 : true).toBe(true);
      }),
    );
  });
});
