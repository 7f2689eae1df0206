import { addDays, isDay, type Day } from '../../kernel/index.js';
import type { Territory, UptakePeriod } from '../../monitoring/index.js';
import { loadGeography } from '../../registry/index.js';
import type { AskedDays } from './paths.js';

export interface AskedPeriod {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly known?: unknown;
  readonly territory?: unknown;
}

/** The period asked for, or the year up to today. Of today and of days to come nothing else is known than now. */
export function readPeriod(asked: AskedPeriod, today: Day): UptakePeriod {
  const to = isDay(asked.to) ? asked.to : today;
  const from = isDay(asked.from) ? asked.from : `${to.slice(0, 4)}-01-01`;
  const known = isDay(asked.known) && asked.known < today ? asked.known : null;
  return from <= to ? { from, until: addDays(to, 1), known } : { from: to, until: addDays(from, 1), known };
}

/** A NUTS region or a Belgian municipality; what is neither is the whole. */
export function readTerritory({ territory }: AskedPeriod): Territory | null {
  const { nutsCodes, municipalities } = loadGeography();
  const isKnown =
    typeof territory === 'string' && (nutsCodes.has(territory) || municipalities.has(territory));
  return isKnown ? territory : null;
}

/** The finest NUTS region of a municipality that packages name by its code. */
export function regionOf(municipality: string): Territory | null {
  return loadGeography().municipalities.get(municipality)?.nuts3 ?? null;
}

export function daysOf({ from, until, known }: UptakePeriod, territory: Territory | null = null): AskedDays {
  return { from, to: addDays(until, -1), known, ...(territory === null ? {} : { territory }) };
}
