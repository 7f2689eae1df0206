import { cpvDepth, type Cpv, type Day } from '../../kernel/index.js';
import {
  DELIVERY_MODES,
  homeKey,
  pointOf,
  type Activity,
  type DeliveryMode,
  type Enterprise,
  type Geography,
} from '../../registry/domain/index.js';
import {
  aboutCode,
  areaCode,
  countryCode,
  homeCell,
  squaredChord,
  UNLOCATED,
  unitVector,
  type ZoneCode,
} from './zone-codes.js';

/** One row of the projection that narrows the search: an activity under one zone and one trade. */
export interface Offer {
  readonly zone: ZoneCode;
  readonly node: number;
  readonly activity: number;
  readonly depth: number;
  readonly modes: number;
  readonly countryWide: boolean;
  readonly kind: string;
  readonly valueMin: number;
  readonly valueMax: number;
  readonly freeFrom: Day;
  readonly x: number | null;
  readonly y: number | null;
  readonly z: number | null;
  readonly reach2: number;
}

const UNBOUNDED = Number.POSITIVE_INFINITY;
/** Before any day that is asked about. */
const LONG_AGO: Day = '1900-01-01';

/** One bit per mode; an activity that states none may have any. */
export function modeBits(modes: readonly DeliveryMode[]): number {
  const bits = modes.reduce((sum, mode) => sum | (1 << DELIVERY_MODES.indexOf(mode)), 0);
  return bits === 0 ? 2 ** DELIVERY_MODES.length - 1 : bits;
}

export function nodeOf(code: Cpv): number {
  return Number(code);
}

interface ZoneOfOffer {
  readonly zone: ZoneCode;
  readonly reach2: number;
}

function zonesOf(enterprise: Enterprise, { zone }: Activity, geography: Geography): ZoneOfOffer[] {
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
    ...(radius === null ? [] : [{ zone: homeCell(point!, radius), reach2: squaredChord(radius) }]),
  ];
}

/**
 * What an enterprise is looked up by. Nothing here may be narrower than the criteria: a package that an
 * activity could serve must find one of its rows. Enterprises that have stopped have none.
 */
export function projectOffers(enterprise: Enterprise, geography: Geography): readonly Offer[] {
  if (!enterprise.active || enterprise.delisted) return [];
  const point = pointOf(enterprise.location, geography);
  const vector = point ? unitVector(point) : { x: null, y: null, z: null };
  // The capacities of members add up: no bound of one of them is a bound of the cooperative.
  const isPooled = enterprise.members.length > 0;
  const activities = [...enterprise.activities, ...enterprise.members.flatMap((member) => member.activities)];
  return activities.flatMap((activity, ordinal) => {
    const { minValue, maxValue, partialScope, from } = activity.capacity;
    const shared = {
      activity: ordinal,
      modes: modeBits(activity.modes),
      countryWide: activity.zone.type === 'country',
      kind: enterprise.kind,
      valueMin: isPooled ? 0 : Number(minValue ?? 0),
      valueMax: isPooled || partialScope || maxValue === null ? UNBOUNDED : Number(maxValue),
      freeFrom: from ?? LONG_AGO,
      ...vector,
    };
    const nodes = [...new Set(activity.trades)].map((code) => ({
      node: nodeOf(code),
      depth: cpvDepth(code),
    }));
    return zonesOf(enterprise, activity, geography).flatMap((zone) =>
      nodes.map((node) => ({ ...shared, ...zone, ...node })),
    );
  });
}
