import fc from 'fast-check';
import {
  addDays,
  contains,
  dayInBrussels,
  daysBetween,
  deadlineInstant,
  instantInBrussels,
  sameClockLater,
  isDay,
} from './day.js';

describe('a day', () => {
  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-1-1', '20260101', '', null])(
    '%p does not exist',
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );

  it.each(['2024-02-29', '0001-01-01', '2026-11-24'])('%p exists', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it('is the one on the Brussels calendar', () => {
    expect(dayInBrussels(new Date('2026-03-28T23:30:00Z'))).toBe('2026-03-29');
    expect(dayInBrussels(new Date('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
  });

  it('adds and counts back to where it began', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (days) => {
        const other = addDays('2026-11-24', days);
        return daysBetween('2026-11-24', other) === days && addDays(other, -days) === '2026-11-24';
      }),
    );
  });

  it('is inside a range from its first day on, and outside on the day it ends', () => {
    const range = { from: '2013-07-01', until: '2017-06-30' };
    const days = ['2013-06-30', '2013-07-01', '2017-06-29', '2017-06-30'];
    expect(days.map((day) => contains(range, day))).toEqual([false, true, true, false]);
  });
});

describe('a time on a Brussels clock', () => {
  it.each([
    ['2026-01-15', '12:00', '2026-01-15T11:00:00.000Z'],
    ['2026-07-15', '12:00', '2026-07-15T10:00:00.000Z'],
    // shown twice: the later one
    ['2026-10-25', '02:30', '2026-10-25T01:30:00.000Z'],
    // never shown: an hour later
    ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
  ])('%s %s', (day, time, expected) => {
    expect(instantInBrussels(day, time).toISOString()).toBe(expected);
  });

  it.each([
    ['2027-03-27T15:30:10.250Z', 1, '2027-03-28T14:30:10.250Z'],
    ['2026-10-24T22:10:00.000Z', 1, '2026-10-25T23:10:00.000Z'],
    // shown twice: the later one, but not of the day itself
    ['2026-10-25T00:30:00.000Z', 0, '2026-10-25T00:30:00.000Z'],
    ['2026-10-24T00:30:00.000Z', 1, '2026-10-25T01:30:00.000Z'],
  ])('shows the same as at %s %i days later at %s', (from, days, expected) => {
    expect(sameClockLater(new Date(from), days).toISOString()).toBe(expected);
  });

  it('lets a deadline without a time last until the last minute of its day', () => {
    expect(deadlineInstant('2026-04-10')?.toISOString()).toBe('2026-04-10T21:59:00.000Z');
    expect(deadlineInstant('2026-04-10T12:00:00+02:00')?.toISOString()).toBe('2026-04-10T10:00:00.000Z');
    expect(deadlineInstant('soon')).toBeNull();
  });
});
