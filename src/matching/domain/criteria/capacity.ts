import { compareDecimals, daysBetween, type Decimal } from '../../../kernel/index.js';
import type { Capacity } from '../../../registry/domain/index.js';
import { criterion, type Criterion, type MatchQuestion } from '../criterion.js';
import type { PackageToMatch } from '../package-to-match.js';
import type { Engagement } from '../standing.js';
import type { Weights } from '../weights.js';
import type { Taking } from './credentials.js';
import { hoursPerhapsTaken, hoursTaken } from './load.js';

/** Weeks of the works, both ends inside; null when either is not stated. */
export function weeksOfWork({ start, end }: Pick<PackageToMatch, 'start' | 'end'>): number | null {
  if (start === null || end === null) return null;
  return Math.max(1, daysBetween(start, end) + 1) / 7;
}

export interface SizeFinding {
  readonly criterion: Criterion;
  /** Its value or its hours could be compared; where neither could, its size is not known. */
  readonly isMeasured: boolean;
  /** Of the quantity that it can take, 0 to 1; 1 when that cannot be told. */
  readonly share: number;
  /** What it would do itself: all of it, unless it takes parts. */
  readonly taking: Taking;
}

/**
 * Value against the range of the activity, hours against its weekly hours over the weeks of the works. Too
 * large is `part` when the activity takes part of a package, else a failure. Hours that other work already takes in
 * the same weeks are not there any more. A limit that cannot be compared is unknown, whatever the other one says.
 */
export function sizeFinding(
  { package: asked, weights: { method } }: MatchQuestion,
  capacity: Capacity,
  engagements: readonly Engagement[] = [],
): SizeFinding {
  const required = [
    asked.value === null ? '' : `${asked.value} EUR`,
    asked.hours === null ? '' : `${asked.hours} h`,
  ]
    .filter((text) => text !== '')
    .join(', ');
  const checks = [
    checkValue(asked, capacity, required, method),
    checkHours(asked, capacity, required, engagements, method),
  ].filter((check) => check !== null);
  const isMeasured = checks.some(({ result }) => result !== 'unknown');
  const share = shareOfQuantity(asked, capacity, engagements);
  const takesPart = method === 1 || capacity.partialScope;
  const mayBeLess = method > 1 && takesPart && checks.some(({ result }) => result === 'unknown');
  const finding = { isMeasured, share, taking: { share: takesPart ? share : 1, mayBeLess } };
  const worst = (method === 1 ? FORMER_ORDER : ORDER).map((is) => checks.find(is)).find((check) => check);
  if (worst?.result === 'unknown' && isMeasured) {
    const extent = checks.some((check) => check.extent === 'part') ? 'part' : 'full';
    const actual = checks.map((check) => check.actual).join(', ');
    return { ...finding, criterion: { ...worst, extent, actual } };
  }
  if (worst) return { ...finding, criterion: worst };
  const code = required === '' ? 'package-not-stated' : 'not-stated';
  const say = { required, actual: '', changeableBy: required === '' ? 'contractor' : 'enterprise' } as const;
  return { ...finding, criterion: criterion('capacity', 'unknown', code, say) };
}

type Order = readonly ((check: Criterion) => boolean)[];

/** A failure hides the rest; then what is not known; then what can only be done in part. */
const ORDER: Order = [
  (check) => check.result === 'fail',
  (check) => check.result === 'unknown',
  (check) => check.extent === 'part',
  () => true,
];

/** Of the first method: a pass hid what is not known. */
const FORMER_ORDER: Order = [
  (check) => check.result === 'fail',
  (check) => check.extent === 'part',
  (check) => check.result === 'pass',
  () => true,
];

function range(min: Decimal | null, max: Decimal | null): string {
  return `${min ?? ''}..${max ?? ''} EUR`;
}

function checkValue(
  { value, hours }: PackageToMatch,
  capacity: Capacity,
  required: string,
  method: Weights['method'],
): Criterion | null {
  const { minValue, maxValue, partialScope } = capacity;
  if (minValue === null && maxValue === null) return null;
  const actual = range(minValue, maxValue);
  if (value === null) {
    const say = { required, actual, changeableBy: 'contractor' } as const;
    return method === 1 || hours === null
      ? criterion('capacity', 'unknown', 'package-not-stated', say)
      : criterion('capacity', 'unknown', 'value-not-stated', say);
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
  method: Weights['method'],
): Criterion | null {
  if (capacity.hoursPerWeek === null) return null;
  const actual = `${capacity.hoursPerWeek} h/week`;
  if (asked.hours === null) {
    const say = { required, actual, changeableBy: 'contractor' } as const;
    return method === 1 || asked.value === null
      ? null
      : criterion('capacity', 'unknown', 'hours-not-stated', say);
  }
  const weeks = weeksOfWork(asked);
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
  const perhaps = method === 1 ? 0 : hoursPerhapsTaken(engagements, asked);
  if (asked.hours <= available) {
    return asked.hours <= available - perhaps
      ? criterion('capacity', 'pass', 'hours-in-range', { required, actual, params: { available } })
      : criterion('capacity', 'unknown', 'load-not-stated', { required, actual, params: { available } });
  }
  const say = {
    required,
    actual,
    params: { available, hours: asked.hours, missing: asked.hours - available, taken },
  };
  if (capacity.partialScope && available > 0)
    return perhaps > 0
      ? criterion('capacity', 'unknown', 'load-not-stated', { ...say, extent: 'part' })
      : criterion('capacity', 'pass', 'part-of-hours', { ...say, extent: 'part' });
  return criterion('capacity', 'fail', asked.hours <= inAll ? 'hours-taken' : 'too-many-hours', say);
}

function shareOfQuantity(
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
