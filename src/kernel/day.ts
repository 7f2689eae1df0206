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

const DAYS_IN_EVERY_MONTH = 28;

/** True for a day that exists on the calendar (`2026-02-30` does not). */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !SHAPE.test(text)) return false;
  const [month, date] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  // The calendar is asked about the last days of a month only.
  if (month >= 1 && month <= 12 && date >= 1 && date <= DAYS_IN_EVERY_MONTH) return true;
  return !Number.isNaN(toUtcMs(text));
}

/** @param days may be negative. */
export function addDays(day: Day, days: number): Day {
  return new Date(toUtcMs(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((toUtcMs(to) - toUtcMs(from)) / MS_PER_DAY);
}

// To make one takes longer than to use it a hundred times.
const DAY_FORMAT = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Brussels',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const CLOCK_FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Brussels',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The day it is in Brussels at an instant: legal days are Belgian calendar days. */
export function dayInBrussels(instant: Date): Day {
  return DAY_FORMAT.format(instant);
}

/** Half-open: the first day is inside, `until` is not. */
export function contains(range: DayRange, day: Day): boolean {
  return (range.from === null || range.from <= day) && (range.until === null || day < range.until);
}

function clockInBrussels(instant: Date): string {
  return CLOCK_FORMAT.format(instant);
}

/**
 * The instant a Brussels clock shows `time` on `day`. The night the clocks go back shows some times twice:
 * the later one is meant, so that nobody is late by an hour. A time that is skipped in spring counts as the
 * one an hour later.
 * @param time `HH:MM`, 00:00 to 23:59
 */
export function instantInBrussels(day: Day, time: string): Date {
  const winter = new Date(`${day}T${time}:00+01:00`);
  if (dayInBrussels(winter) === day && clockInBrussels(winter) === time) return winter;
  const summer = new Date(`${day}T${time}:00+02:00`);
  return dayInBrussels(summer) === day && clockInBrussels(summer) === time ? summer : winter;
}

/** The instant some days later at which a Brussels clock shows the same; nights in which clocks change are longer or shorter. */
export function sameClockLater(instant: Date, days: number): Date {
  if (days === 0) return instant;
  const minute = 60_000;
  const later = instantInBrussels(addDays(dayInBrussels(instant), days), clockInBrussels(instant));
  return new Date(later.getTime() + (instant.getTime() % minute));
}

/** A deadline as documents state it: an instant with its offset, or a day, which lasts until its last minute. */
export function deadlineInstant(stated: string): Date | null {
  if (isDay(stated)) return instantInBrussels(stated, '23:59');
  const instant = new Date(stated);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
