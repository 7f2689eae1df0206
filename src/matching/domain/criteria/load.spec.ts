import fc from 'fast-check';
import { addDays, daysBetween } from '../../../kernel/index.js';
import { anActivity, anEnterprise } from '../../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch } from '../../../../test/factories/package-to-match.factory.js';
import { loadGeography } from '../../../registry/index.js';
import { evaluateEnterprise, type Evaluation } from '../evaluate-enterprise.js';
import { questionOf } from '../match-enterprises.js';
import { NEWCOMER, type Engagement } from '../standing.js';
import { hoursTaken } from './load.js';

const job = (given: Partial<Engagement>): Engagement => ({
  packageId: 'other',
  start: '2026-06-01',
  end: '2026-06-30',
  hours: 300,
  ...given,
});
const june = { id: 'p1', start: '2026-06-01', end: '2026-06-30' };

describe('hours already taken', () => {
  it.each<[string, Partial<Engagement>, number]>([
    ['on the same days', {}, 300],
    ['on half of them', { start: '2026-06-16', end: '2026-07-15' }, 150],
    ['on one day of them', { start: '2026-06-30', end: '2026-07-29' }, 10],
    ['before and after only', { start: '2026-07-01', end: '2026-07-30' }, 0],
    ['by the package itself', { packageId: 'p1' }, 0],
    ['by a job of unknown hours', { hours: null }, 0],
    ['by a job of unknown days', { end: null }, 0],
  ])('%s', (_, given, expected) => {
    expect(hoursTaken([job(given)], june)).toBe(expected);
  });

  it('are what a calendar filled in day by day says', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-06-01', days));
    const period = fc.tuple(day, day).map(([a, b]) => (a < b ? { start: a, end: b } : { start: b, end: a }));
    fc.assert(
      fc.property(period, period, fc.integer({ min: 0, max: 900 }), (works, other, hours) => {
        let taken = 0;
        const length = daysBetween(other.start, other.end) + 1;
        for (let at = other.start; at <= other.end; at = addDays(at, 1))
          if (at >= works.start && at <= works.end) taken += hours / length;
        const found = hoursTaken([job({ ...other, hours })], { id: 'p1', ...works });
        expect(found).toBeGreaterThanOrEqual(taken - 1e-6);
        expect(found).toBeLessThan(taken + 1);
      }),
    );
  });
});

describe('an enterprise with other work', () => {
  const asked = aPackageToMatch({ hours: 300, value: null, start: '2026-06-01', end: '2026-06-30' });
  const evaluate = (engagements: readonly Engagement[], partialScope: boolean): Evaluation => {
    const capacity = { minValue: null, maxValue: null, hoursPerWeek: 100, from: null, partialScope };
    return evaluateEnterprise(
      questionOf(asked, aLaw(), loadGeography(), '2026-03-10'),
      anEnterprise({ activities: [anActivity({ capacity })] }),
      { ...NEWCOMER, engagements },
    );
  };
  const capacityOf = ({ criteria }: Evaluation): string => {
    const { result, extent, because } = criteria.find(({ key }) => key === 'capacity')!;
    return `${result} ${extent} ${because.code}`;
  };

  it('has its hours when it has no other work, or none on these days', () => {
    expect(capacityOf(evaluate([], false))).toBe('pass full capacity.hours-in-range');
    const autumn = job({ start: '2026-09-01', end: '2026-09-30' });
    expect(capacityOf(evaluate([{ ...autumn, hours: null }], false))).toBe(
      'pass full capacity.hours-in-range',
    );
    expect(capacityOf(evaluate([autumn], false))).toBe('pass full capacity.hours-in-range');
  });

  it('may have fewer where the hours or the days of other work are not stated', () => {
    const untold = 'unknown full capacity.load-not-stated';
    expect(capacityOf(evaluate([job({ hours: null })], false))).toBe(untold);
    expect(capacityOf(evaluate([job({ hours: null, start: null })], false))).toBe(untold);
    expect(capacityOf(evaluate([job({ end: null })], false))).toBe(untold);
    // Whenever a hundred hours fall, enough are left.
    expect(capacityOf(evaluate([job({ hours: 100, end: null })], false))).toBe(
      'pass full capacity.hours-in-range',
    );
    expect(capacityOf(evaluate([job({ hours: 200 }), job({ hours: null })], true))).toBe(
      'unknown part capacity.load-not-stated',
    );
  });

  it('has fewer when other work takes them, and says that this is why', () => {
    expect(capacityOf(evaluate([job({})], false))).toBe('fail full capacity.hours-taken');
    const part = evaluate([job({ hours: 200 })], true);
    expect(capacityOf(part)).toBe('pass part capacity.part-of-hours');
    expect(part.share).toBeCloseTo((428 - 200) / 300, 1);
  });
});
