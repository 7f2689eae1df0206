import type { Day } from '../../../kernel/index.js';
import type { Capacity } from '../../../registry/domain/index.js';
import { criterion, type Criterion, type MatchQuestion } from '../criterion.js';

/** Months of the year that a period touches, 1 to 12, in the order of the calendar. Both days are inside. */
export function monthsOf(start: Day, end: Day): readonly number[] {
  const index = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const count = Math.min(12, index(end) - index(start) + 1);
  return Array.from({ length: count }, (_, i) => ((index(start) + i) % 12) + 1).sort((a, b) => a - b);
}

/** `M03, M04`: pages put the names of the months there. */
export function describeMonths(months: readonly number[]): string {
  return months.map((month) => `M${String(month).padStart(2, '0')}`).join(', ');
}

/**
 * Work that is done in some months of the year only, against the days of the works. Months that are left out take a
 * part of the works from an activity that takes parts, else all of it.
 * @returns null where it says nothing against the dates: done all year, or in each month of the works
 */
export function seasonCriterion(
  { package: { start, end }, weights: { method } }: MatchQuestion,
  { months, partialScope }: Capacity,
): Criterion | null {
  if (!months) return null;
  const actual = describeMonths(months);
  if (start === null) {
    const say = { required: '', actual, changeableBy: 'contractor' } as const;
    return criterion('dates', 'unknown', 'season-not-comparable', say);
  }
  const asked = monthsOf(start, end ?? start);
  const outside = asked.filter((month) => !months.includes(month));
  const isIn = outside.length === 0;
  // How long the works last is not known: from a first month in the season all of it may be, from one outside a part.
  if (method > 1 && end === null && (isIn || partialScope)) {
    const extent = isIn ? 'full' : 'part';
    const say = { required: `${start}..`, actual, changeableBy: 'contractor', extent } as const;
    return criterion('dates', 'unknown', 'season-end-not-stated', say);
  }
  if (isIn) return null;
  const params = { months: describeMonths(outside) };
  const say = { required: `${start}..${end ?? ''}`, actual, params };
  return partialScope && outside.length < asked.length
    ? criterion('dates', 'pass', 'part-of-season', { ...say, extent: 'part' })
    : criterion('dates', 'fail', 'out-of-season', say);
}
