import fc from 'fast-check';
import { loadGeography } from '../../../registry/index.js';
import { anActivity, anEnterprise } from '../../../../test/factories/enterprise.factory.js';
import { aLaw, aPackageToMatch } from '../../../../test/factories/package-to-match.factory.js';
import { evaluateEnterprise } from '../evaluate-enterprise.js';
import { matchEnterprises, questionOf } from '../match-enterprises.js';
import { monthsOf } from './season.js';

const geography = loadGeography();
const { capacity } = anActivity();
const seasonal = (months: readonly number[], partialScope = false) =>
  anEnterprise({ activities: [anActivity({ capacity: { ...capacity, months, partialScope } })] });
const ask = (start: string | null, end: string | null) =>
  questionOf(aPackageToMatch({ start, end, hours: null }), aLaw(), geography, '2026-03-10');
const dates = (months: readonly number[], start: string | null, end: string | null, takesPart = false) => {
  const { criteria, fit } = evaluateEnterprise(ask(start, end), seasonal(months, takesPart));
  const { result, extent, because } = criteria.find(({ key }) => key === 'dates')!;
  return [result, extent, because.code.slice('dates.'.length), fit];
};

describe('work of some months only', () => {
  it.each([
    ['all its months', [6, 7, 8, 9], '2026-06-01', '2026-09-30', ['pass', 'full', 'free', 'match']],
    ['none of its months', [1, 2], '2026-06-01', '2026-09-30', ['fail', 'full', 'out-of-season', 'none']],
    ['some of its months', [6, 7], '2026-06-01', '2026-09-30', ['fail', 'full', 'out-of-season', 'none']],
    ['over the new year', [1, 11, 12], '2026-11-15', '2027-01-20', ['pass', 'full', 'free', 'match']],
    ['a start alone', [6], '2026-06-10', null, ['unknown', 'full', 'season-end-not-stated', 'match']],
    ['a start out of it alone', [6], '2026-07-10', null, ['fail', 'full', 'out-of-season', 'none']],
    ['no dates', [6], null, null, ['unknown', 'full', 'season-not-comparable', 'match']],
    ['a whole year', [6], '2026-06-01', '2028-06-01', ['fail', 'full', 'out-of-season', 'none']],
  ])('against works in %s', (_, months, start, end, expected) => {
    expect(dates(months, start, end)).toEqual(expected);
  });

  it('takes the part of the works that lies in its season, when it takes parts', () => {
    expect(dates([6, 7], '2026-06-01', '2026-09-30', true)).toEqual([
      'pass',
      'part',
      'part-of-season',
      'partial',
    ]);
    expect(dates([6, 7], '2026-05-01', null, true)).toEqual([
      'unknown',
      'part',
      'season-end-not-stated',
      'partial',
    ]);
    expect(dates([1, 2], '2026-06-01', '2026-09-30', true)).toEqual([
      'fail',
      'full',
      'out-of-season',
      'none',
    ]);
  });

  it('is nearly there with a longer season, or with works that begin in it', () => {
    const [match] = matchEnterprises(ask('2026-06-20', '2026-07-10'), [seasonal([7, 8])]);
    expect(match).toMatchObject({
      verdict: 'near-miss',
      changes: [
        {
          because: { code: 'dates.longer-season', params: { months: 'M06' } },
          changeableBy: 'enterprise',
        },
        {
          because: { code: 'dates.start-later', params: { days: 11, start: '2026-07-01' } },
          changeableBy: 'contractor',
        },
      ],
    });
  });

  it('is nearly there by the season of this trade alone, also where a member has it', () => {
    const months = (trade: string, ...list: number[]) =>
      anActivity({ trades: [trade], capacity: { ...capacity, months: list } });
    const another = anEnterprise({ activities: [months('45442000', 7, 8), months('77310000', 6, 7)] });
    const inSeason = ask('2026-05-20', '2026-06-10');
    const [other] = matchEnterprises(inSeason, [another]);
    expect(other?.changes.map(({ because }) => because)).toEqual([
      { code: 'dates.longer-season', params: { months: 'M05, M06' } },
      { code: 'dates.start-later', params: { days: 42, start: '2026-07-01' } },
    ]);
    const members = [{ ref: 'm', activities: [months('45442000', 7, 8)] }];
    const [ofMember] = matchEnterprises(inSeason, [{ ...another, activities: [], members }]);
    expect(ofMember?.changes).toEqual(other?.changes);
  });

  it('counts the months that each day of a period is in', () => {
    const day = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 500 }), (from, length) => {
        const days = Array.from({ length: length + 1 }, (_, i) =>
          new Date(Math.floor(from.getTime() / 86_400_000 + i) * 86_400_000).toISOString().slice(0, 10),
        );
        const months = [...new Set(days.map((one) => Number(one.slice(5, 7))))].sort((a, b) => a - b);
        expect(monthsOf(days[0]!, days.at(-1)!)).toEqual(months);
      }),
      { numRuns: 100 },
    );
  });
});
