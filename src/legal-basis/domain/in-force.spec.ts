import { inForce, overlaps, weaker } from './index.js';

const version = (from: string | null, until: string | null) => ({ valid: { from, until } });

describe('versions in time', () => {
  it.each([
    ['2019-12-31', 0],
    ['2020-01-01', 1],
    ['2020-01-31', 1],
    ['2020-02-01', null],
    ['2020-03-01', 2],
  ])('on %s the version is %s', (on, expected) => {
    const all = [
      version(null, '2020-01-01'),
      version('2020-01-01', '2020-02-01'),
      version('2020-03-01', null),
    ];
    expect(inForce(all, on)).toBe(expected === null ? null : all[expected]);
    expect(inForce(undefined, on)).toBeNull();
  });

  it.each([
    [version(null, null), version(null, null), true],
    [version(null, '2020-01-01'), version('2020-01-01', null), false],
    [version(null, '2020-01-02'), version('2020-01-01', null), true],
    [version('2020-01-01', null), version('2021-01-01', '2022-01-01'), true],
    [version('2020-01-01', '2021-01-01'), version('2021-01-01', '2022-01-01'), false],
    [version('2020-01-01', '2021-01-02'), version('2021-01-01', '2022-01-01'), true],
  ])('%j and %j share a day: %s', (left, right, expected) => {
    expect(overlaps(left.valid, right.valid)).toBe(expected);
    expect(overlaps(right.valid, left.valid)).toBe(expected);
  });

  it('trusts the weaker of two', () => {
    const order = ['sourced', 'recalled', 'uncertain'] as const;
    for (const [i, left] of order.entries())
      for (const [j, right] of order.entries()) expect(weaker(left, right)).toBe(order[Math.max(i, j)]);
  });
});
