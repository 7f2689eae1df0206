import { compareDecimals, daysBetween, type Decimal } from '../../../kernel/index.js';
import type { Capacity } from '../../../registry/domain/index.js';
import { criterion, type Criterion, type MatchQuestion } from '../criterion.js';
import type { PackageToMatch } from '../package-to-match.js';
import type { Engagement } from '../standing.js';
import { hoursTaken } from './load.js';

/** Weeks of the works, both ends inside; null when either is not stated. */
export function weeksOfWork({ start, end }: Pick<PackageToMatch, 'start' | 'end'>): number | null {
  if (start === null || end === null) return null;
  return Math.max(1, daysBetween(start, end) + 1) / 7;
}

/**
 * Value against the range of the activity, hours against its weekly hours over the weeks of the works. Too
 * large is `part` when the activity takes part of a package, else a failure. Hours that other work already takes in
 * the same weeks are not there any more.
 */
export function capacityCriterion(
  { package: asked }: MatchQuestion,
  capacity: Capacity,
  engagements: readonly Engagement[] = [],
): Criterion {
  const required = [
    asked.value === null ? '' : `${asked.value} EUR`,
    asked.hours === null ? '' : `${asked.hours} h`,
  ]
    .filter((text) => text !== '')
    .join(', ');
  const checks = [
    checkValue(asked.value, capacity, required),
    checkHours(asked, capacity, required, engagements),
  ];
  const worst = ORDER.map((is) => checks.find((check) => check !== null && is(check))).find((check) => check);
  if (worst) return worst;
  const code = required === '' ? 'package-not-stated' : 'not-stated';
  return criterion('capacity', 'unknown', code, {
    required,
    actual: '',
    changeableBy: required === '' ? 'contractor' : 'enterprise',
  });
}

/** A failure hides the rest; then what can only be done in part; then a pass on the side that can be compared. */
const ORDER: readonly ((check: Criterion) => boolean)[] = [
  (check) => check.result === 'fail',
  (check) => check.extent === 'part',
  (check) => check.result === 'pass',
  (check) => check.result === 'unknown',
];

function range(min: Decimal | null, max: Decimal | null): string {
  return `${min ?? ''}..${max ?? ''} EUR`;
}

function checkValue(value: Decimal | null, capacity: Capacity, required: string): Criterion | null {
  const { minValue, maxValue, partialScope } = capacity;
  if (minValue === null && maxValue === null) return null;
  const actual = range(minValue, maxValue);
  if (value === null) {
    return criterion('capacity', 'unknown', 'package-not-stated', {
      required,
      actual,
      changeableBy: 'contractor',
    });
  }
  if (minValue !== null && compareDecimals(value, minValue) < 0) {
    return criterion('capacity', 'fail', 'too-small', {
      required,
      actual,
      params: { limit: minValue, value },
    });
  }
  if (maxValue !== null && compareDecimals(value, maxValue) > 0) {
    const say = { required, actual, params: { limit: maxValue, value } };
    return partialScope
      ? criterion('capacity', 'pass', 'part-of-value', { ...say, extent: 'part' })
      : criterion('capacity', 'fail', 'too-large', say);
  }
  return criterion('capacity', 'pass', 'value-in-range', { required, actual });
}

function checkHours(
  asked: PackageToMatch,
  capacity: Capacity,
  required: string,
  engagements: readonly Engagement[],
): Criterion | null {
  if (asked.hours === null || capacity.hoursPerWeek === null) return null;
  const weeks = weeksOfWork(asked);
  const actual = `${capacity.hoursPerWeek} h/week`;
  if (weeks === null) {
    return criterion('capacity', 'unknown', 'dates-not-stated', {
      required,
      actual,
      changeableBy: 'contractor',
    });
  }
  const taken = hoursTaken(engagements, asked);
  const inAll = Math.floor(capacity.hoursPerWeek * weeks);
  const available = Math.max(0, inAll - taken);
  if (asked.hours <= available) {
    return criterion('capacity', 'pass', 'hours-in-range', { required, actual, params: { available } });
  }
  const say = {
    required,
    actual,
    params: { available, hours: asked.hours, missing: asked.hours - available, taken },
  };
  if (capacity.partialScope && available > 0)
    return criterion('capacity', 'pass', 'part-of-hours', { ...say, extent: 'part' });
  return criterion('capacity', 'fail', asked.hours <= inAll ? 'hours-taken' : 'too-many-hours', say);
}

/** Share of the quantity that the activity can take, 1 when all of it or when it cannot be told. */
export function shareOfQuantity(
  asked: PackageToMatch,
  capacity: Capacity,
  engagements: readonly Engagement[] = [],
): number {
  const byValue =
    asked.value !== null && capacity.maxValue !== null && Number(asked.value) > 0
      ? Number(capacity.maxValue) / Number(asked.value)
      : 1;
  return Math.max(0, Math.min(1, byValue, shareOfHours(asked, capacity, engagements)));
}

function shareOfHours(
  asked: PackageToMatch,
  { hoursPerWeek }: Capacity,
  engagements: readonly Engagement[],
): number {
  if (asked.hours === null || asked.hours <= 0 || hoursPerWeek === null) return 1;
  const weeks = weeksOfWork(asked);
  return weeks === null ? 1 : (hoursPerWeek * weeks - hoursTaken(engagements, asked)) / asked.hours;
}
