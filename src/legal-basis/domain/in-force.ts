import { contains, type Day, type DayRange } from '../../kernel/index.js';
import type { Confidence } from './facts.js';

/** The version in force on a day; versions of one rule never overlap, so there is at most one. */
export function inForce<R extends { readonly valid: DayRange }>(
  versions: readonly R[] | undefined,
  on: Day,
): R | null {
  for (const version of versions ?? []) if (contains(version.valid, on)) return version;
  return null;
}

const WEAKNESS: Readonly<Record<Confidence, number>> = { sourced: 0, recalled: 1, uncertain: 2 };

/** The weaker of two: a chain of data is as sure as its weakest link. */
export function weaker(left: Confidence, right: Confidence): Confidence {
  return WEAKNESS[left] >= WEAKNESS[right] ? left : right;
}

function startsBeforeEnd(first: DayRange, second: DayRange): boolean {
  return first.from === null || second.until === null || first.from < second.until;
}

/** True when two half-open ranges share a day. */
export function overlaps(left: DayRange, right: DayRange): boolean {
  return startsBeforeEnd(left, right) && startsBeforeEnd(right, left);
}
