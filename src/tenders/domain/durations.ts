import { daysBetween, type Day } from '../../kernel/index.js';
import type { Duration } from './parsed-tender.js';

const DAYS_PER_YEAR = 365;
const MONTHS_PER_YEAR = 12;

/**
 * Whole days of a stated duration: a year counts 365 days, a month a twelfth of it, rounded; a week 7.
 * @returns null when the value is not a number of days one can count
 */
export function durationInDays({ value, unit }: Duration): number | null {
  const count = Number(value);
  if (!Number.isFinite(count) || count < 0) return null;
  switch (unit) {
    case 'DAY':
      return Math.round(count);
    case 'WEEK':
      return Math.round(count * 7);
    case 'MONTH':
      return Math.round((count * DAYS_PER_YEAR) / MONTHS_PER_YEAR);
    case 'YEAR':
      return Math.round(count * DAYS_PER_YEAR);
  }
}

/** Days from the first to the last, both included; null when one is missing or they are in the wrong order. */
export function daysFromTo(start: Day | null, end: Day | null): number | null {
  if (start === null || end === null) return null;
  const days = daysBetween(start, end);
  return days >= 0 ? days + 1 : null;
}
