import { addDays, isDay, type Day } from '../../kernel/index.js';
import type { UptakePeriod } from '../../monitoring/index.js';
import type { AskedDays } from './paths.js';

export interface AskedPeriod {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly known?: unknown;
}

/** The period asked for, or the year up to today. Of today and of days to come nothing else is known than now. */
export function readPeriod(asked: AskedPeriod, today: Day): UptakePeriod {
  const to = isDay(asked.to) ? asked.to : today;
  const from = isDay(asked.from) ? asked.from : `${to.slice(0, 4)}-01-01`;
  const known = isDay(asked.known) && asked.known < today ? asked.known : null;
  return from <= to ? { from, until: addDays(to, 1), known } : { from: to, until: addDays(from, 1), known };
}

export function daysOf({ from, until, known }: UptakePeriod): AskedDays {
  return { from, to: addDays(until, -1), known };
}
