/** A calendar day in the jurisdiction's own time zone, `YYYY-MM-DD`. Never a `Date`: time zones would move it. */
export type Day = string;

/** Half-open range of days `[from, until)`; `null` is open on that side. */
export interface DayRange {
  readonly from: Day | null;
  readonly until: Day | null;
}

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

function toUtcMs(day: Day): number {
  const match = SHAPE.exec(day);
  if (!match) return Number.NaN;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.getTime() : Number.NaN;
}

/** True for a day that exists on the calendar (`2026-02-30` does not). */
export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && !Number.isNaN(toUtcMs(text));
}

/** @param days may be negative. */
export function addDays(day: Day, days: number): Day {
  return new Date(toUtcMs(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((toUtcMs(to) - toUtcMs(from)) / MS_PER_DAY);
}

/** The day it is in Brussels at an instant: legal days are Belgian calendar days. */
export function dayInBrussels(instant: Date): Day {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Brussels',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant);
}

/** Half-open: the first day is inside, `until` is not. */
export function contains(range: DayRange, day: Day): boolean {
  return (range.from === null || range.from <= day) && (range.until === null || day < range.until);
}
