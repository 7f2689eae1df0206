import { cpvDepth, daysBetween, type Day } from '../../kernel/index.js';
import {
  DELIVERY_MODES,
  homeKey,
  pointOf,
  type Activity,
  type DeliveryMode,
  type Enterprise,
  type Geography,
} from '../../registry/domain/index.js';
import { isReachable } from './criteria/contact.js';
import { NEUTRAL_MERIT } from './score.js';
import {
  aboutCode,
  areaCode,
  countryCode,
  hash,
  homeCell,
  squaredChord,
  UNLOCATED,
  unitVector,
  type ZoneCode,
} from './zone-codes.js';

/** One row of the projection that enterprises are looked up in: an activity under one zone and one trade. */
export interface Posting {
  readonly zone: ZoneCode;
  readonly node: number;
  readonly activity: number;
  readonly depth: number;
  /** Bits of `FLAGS`, and one per mode. */
  readonly flags: number;
  /** Number of the kind, `NO_APPROVAL` and `OTHER_APPROVALS`. */
  readonly who: number;
  /** One bit per kind of proof that is held. */
  readonly proofs: number;
  readonly valueMin: number;
  readonly valueMax: number;
  readonly hoursPerWeek: number;
  /** Days since `DAY_ZERO`. */
  readonly freeFrom: number;
  readonly merit: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Squared chord; infinite where a zone has no radius. */
  readonly reach2: number;
}

/** A change of what is written here, so that every posting must be written again. */
export const POSTING_LAYOUT = 1;

/** The lowest bits are the modes. */
export const FLAGS = { countryWide: 8, reachable: 16, takesPart: 32, noSize: 64, notLocated: 128 } as const;
export const KIND_NUMBERS = 64;
export const NO_APPROVAL = 64;
export const OTHER_APPROVALS = 128;

const UNBOUNDED = Number.POSITIVE_INFINITY;
const DAY_ZERO: Day = '2000-01-01';
const EARLIEST = -32_768;
const LATEST = 32_767;
const PROOF_BITS = 31;

/** One bit per mode; an activity that states none may have any. */
export function modeBits(modes: readonly DeliveryMode[]): number {
  const bits = modes.reduce((sum, mode) => sum | (1 << DELIVERY_MODES.indexOf(mode)), 0);
  return bits === 0 ? 2 ** DELIVERY_MODES.length - 1 : bits;
}

export function nodeOf(code: string): number {
  return Number(code);
}

/** Two kinds may share a number: that returns too many, never too few. */
export function kindNumber(kind: string): number {
  return hash(kind) % KIND_NUMBERS;
}

export function proofBits(kinds: readonly string[]): number {
  return kinds.reduce((bits, kind) => bits | (1 << (hash(kind) % PROOF_BITS)), 0);
}

export function dayNumber(day: Day | null): number {
  return day === null ? EARLIEST : Math.min(LATEST, Math.max(EARLIEST, daysBetween(DAY_ZERO, day)));
}

/** What a four-byte number holds, never above: a bound from below stays one. */
export function below(value: number): number {
  const kept = Math.fround(value);
  return kept > value ? Math.fround(value * (1 - 2 ** -23)) : kept;
}

/** @see below */
export function above(value: number): number {
  const kept = Math.fround(value);
  return kept < value ? Math.fround(value * (1 + 2 ** -23)) : kept;
}

interface ZoneOfPosting {
  readonly zone: ZoneCode;
  readonly reach2: number;
}

export function zonesOf(enterprise: Enterprise, { zone }: Activity, geography: Geography): ZoneOfPosting[] {
  const { location } = enterprise;
  const point = pointOf(location, geography);
  const home = homeKey(location, geography);
  const areas = [home, ...zone.areas].filter((key) => key !== null);
  const countries = new Set([
    location.country,
    ...areas.flatMap((key) => geography.extent(key)?.country ?? []),
  ]);
  const served = [...areas.map(areaCode), ...[...countries].map(aboutCode)];
  if (zone.type === 'country') served.push(countryCode(location.country));
  if (zone.type === 'radius' && !point) served.push(UNLOCATED);
  const radius = zone.type === 'radius' && point && zone.km !== null ? zone.km : null;
  return [
    ...[...new Set(served)].map((code) => ({ zone: code, reach2: UNBOUNDED })),
    ...(radius === null ? [] : [{ zone: homeCell(point!, radius), reach2: above(squaredChord(radius)) }]),
  ];
}

function whoIs({ kind, approvals }: Enterprise): number {
  const verified = approvals.filter(({ state }) => state === 'verified');
  const hasOwn = verified.some((approval) => approval.kind === kind);
  const hasOther = verified.some((approval) => approval.kind !== kind);
  return kindNumber(kind) | (hasOwn ? 0 : NO_APPROVAL) | (hasOther ? OTHER_APPROVALS : 0);
}

function flagsOf(enterprise: Enterprise, { modes, zone, capacity }: Activity, isLocated: boolean): number {
  const { minValue, maxValue, hoursPerWeek, partialScope } = capacity;
  const isPooled = enterprise.members.length > 0;
  const statesNoSize = minValue === null && maxValue === null && hoursPerWeek === null;
  return (
    modeBits(modes) |
    (zone.type === 'country' ? FLAGS.countryWide : 0) |
    (isReachable(enterprise) ? FLAGS.reachable : 0) |
    (partialScope || isPooled ? FLAGS.takesPart : 0) |
    (statesNoSize && !isPooled ? FLAGS.noSize : 0) |
    (isLocated ? 0 : FLAGS.notLocated)
  );
}

/**
 * What an enterprise is looked up by. Nothing here may be narrower than the criteria: a package that an
 * activity could serve must find one of its rows. Enterprises that have stopped have none.
 * @param merit what the score adds for the enterprise whatever the package, 0 to 1
 */
export function projectPostings(
  enterprise: Enterprise,
  geography: Geography,
  merit = NEUTRAL_MERIT,
): readonly Posting[] {
  if (!enterprise.active || enterprise.delisted) return [];
  const point = pointOf(enterprise.location, geography);
  const vector = point ? unitVector(point) : { x: 0, y: 0, z: 0 };
  // The capacities of members add up: no bound of one of them is a bound of the cooperative.
  const isPooled = enterprise.members.length > 0;
  const activities = [...enterprise.activities, ...enterprise.members.flatMap((member) => member.activities)];
  const earliest = Math.min(...activities.map(({ capacity }) => dayNumber(capacity.from)));
  const shared = {
    who: whoIs(enterprise),
    proofs: proofBits(enterprise.credentials.map(({ kind }) => kind)),
    merit: Math.fround(merit),
    x: Math.fround(vector.x),
    y: Math.fround(vector.y),
    z: Math.fround(vector.z),
  };
  return activities.flatMap((activity, ordinal) => {
    const { minValue, maxValue, hoursPerWeek, partialScope, from } = activity.capacity;
    const own = {
      ...shared,
      activity: ordinal,
      flags: flagsOf(enterprise, activity, point !== null),
      valueMin: isPooled || minValue === null ? 0 : below(Number(minValue)),
      valueMax: isPooled || maxValue === null ? UNBOUNDED : above(Number(maxValue)),
      hoursPerWeek: isPooled || partialScope || hoursPerWeek === null ? UNBOUNDED : above(hoursPerWeek),
      freeFrom: isPooled ? earliest : dayNumber(from),
    };
    const nodes = [...new Set(activity.trades)].map((code) => ({
      node: nodeOf(code),
      depth: cpvDepth(code),
    }));
    return zonesOf(enterprise, activity, geography).flatMap((zone) =>
      nodes.map((node) => ({ ...own, ...zone, ...node })),
    );
  });
}
