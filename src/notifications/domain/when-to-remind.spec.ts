import { deadlinesToRemindOf, expiryTellings, morningOf } from './when-to-remind.js';

describe('the morning of a day', () => {
  it.each([
    ['2026-11-24', '2026-11-24T06:30:00.000Z'],
    ['2026-06-24', '2026-06-24T05:30:00.000Z'],
    // The clock went back in the night.
    ['2026-10-25', '2026-10-25T06:30:00.000Z'],
  ])('of %s is half past seven in Brussels', (day, at) => {
    expect(morningOf(day).toISOString()).toBe(at);
  });
});

describe('deadlines to remind of', () => {
  it('are those up to the end of the third day, a day away at least', () => {
    const { from, until } = deadlinesToRemindOf('2026-11-24', new Date('2026-11-24T06:30:00Z'));
    expect(from.toISOString()).toBe('2026-11-25T06:30:00.000Z');
    expect(until.toISOString()).toBe('2026-11-27T23:00:00.000Z');
  });

  it('end with the day in summer, too', () => {
    const { until } = deadlinesToRemindOf('2026-10-22', new Date('2026-10-22T05:30:00Z'));
    expect(until.toISOString()).toBe('2026-10-25T23:00:00.000Z');
  });
});

describe('the tellings of the end of an approval', () => {
  it('share the next ninety days among them: each day belongs to one', () => {
    expect(expiryTellings('2026-11-24')).toEqual([
      { daysBefore: 7, from: '2026-11-24', until: '2026-12-01' },
      { daysBefore: 30, from: '2026-12-02', until: '2026-12-24' },
      { daysBefore: 90, from: '2026-12-25', until: '2027-02-22' },
    ]);
  });
});
