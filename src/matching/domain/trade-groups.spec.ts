import fc from 'fast-check';
import { loadTagModel } from '../../tagging/index.js';
import { cpvCovers } from '../../kernel/index.js';
import { tradeCloseness } from './criteria/trade.js';
import { nodeRanges } from './probe.js';
import { nodeOf } from './project-postings.js';
import { areInOneGroup, companionsOf } from './trade-groups.js';
import { WEIGHTS, weightsOf } from './weights.js';

const { tradeGroups: groups } = WEIGHTS;
const codes = [...loadTagModel().catalogue.entries.keys()];
const code = fc.oneof(
  fc.constantFrom(...codes),
  fc.constantFrom(...codes.filter((one) => companionsOf(groups, one).length > 0)),
);

describe('trade groups', () => {
  it.each(groups.map((group) => [group.join(' '), group] as const))(
    '%s: real codes, none above another',
    (_, group) => {
      expect(group.length).toBeGreaterThan(1);
      expect(group.filter((member) => !codes.includes(member))).toEqual([]);
      const nested = group.filter((a) => group.some((b) => a !== b && cpvCovers(a, b)));
      expect(nested).toEqual([]);
    },
  );

  it('work both ways, whatever the codes', () => {
    fc.assert(
      fc.property(code, code, (a, b) => {
        expect(areInOneGroup(groups, a, b)).toBe(areInOneGroup(groups, b, a));
        expect(tradeCloseness(a, b, WEIGHTS)).toBe(tradeCloseness(b, a, WEIGHTS));
      }),
      { numRuns: 2000 },
    );
  });

  it('are never nearer than the same code, and bring nothing under the versions before', () => {
    expect(WEIGHTS.groupCloseness).toBeLessThan(1);
    expect(tradeCloseness('45112710', '77314000', WEIGHTS)).toBe(WEIGHTS.groupCloseness);
    expect(tradeCloseness('45112710', '77314000', weightsOf('2026-2')!)).toBe(0);
  });

  it('are looked up wherever they could pass, from the package and from the enterprise', () => {
    fc.assert(
      fc.property(code, code, (asked, declared) => {
        if (tradeCloseness(asked, declared, WEIGHTS) === 0) return;
        const node = nodeOf(declared);
        expect(nodeRanges(asked, WEIGHTS).some(({ low, high }) => low <= node && node <= high)).toBe(true);
        const written = [asked, ...companionsOf(groups, asked)].map(nodeOf);
        const reached = nodeRanges(declared, { ...WEIGHTS, tradeGroups: [] });
        expect(written.some((at) => reached.some(({ low, high }) => low <= at && at <= high))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
