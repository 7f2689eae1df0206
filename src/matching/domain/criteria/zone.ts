import {
  distanceKm,
  parsePoint,
  relate,
  type Extent,
  type Geography,
  type Point,
  type Site,
  type Zone,
} from '../../../registry/domain/index.js';
import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';

export type Service = 'holds' | 'part' | 'apart' | 'unknown';

type Located = Pick<Candidate, 'enterprise' | 'point' | 'homeKey'>;

export interface ZoneFinding {
  readonly criterion: Criterion;
  /** How the zone serves each site of the question, in its order. */
  readonly services: readonly Service[];
}

/** Kilometres to the nearest point of the nearest site; null when either is not located. */
export function distanceToWork({ sites }: Pick<MatchQuestion, 'sites'>, point: Point | null): number | null {
  if (!point) return null;
  let nearest = Number.POSITIVE_INFINITY;
  for (const { extent } of sites)
    for (const at of extent.points) nearest = Math.min(nearest, distanceKm(point, at));
  return nearest === Number.POSITIVE_INFINITY ? null : nearest;
}

/**
 * A zone serves a site when it is the whole country of both; when the site lies within the radius of the
 * enterprise's location; when one of its areas equals the site or holds it. The municipality of the enterprise's own location is always served.
 * A zone inside a larger site, or across its border, serves part of it.
 */
export function serviceOf(zone: Zone, candidate: Located, site: Site, geography: Geography): Service {
  const areas = [candidate.homeKey, ...zone.areas].flatMap((key) => {
    const extent = key === null ? null : geography.extent(key);
    return extent ? [extent] : [];
  });
  const byArea = serviceByAreas(areas, site);
  if (byArea === 'holds') return 'holds';
  if (zone.type === 'country') {
    if (site.extent.country === '') return 'unknown';
    return site.extent.country === candidate.enterprise.location.country ? 'holds' : byArea;
  }
  if (zone.type === 'areas' && site.extent.country === '') return 'unknown';
  if (zone.type !== 'radius') return byArea;
  const byRadius = serviceByRadius(zone.km ?? 0, candidate, site.extent);
  return byRadius === 'apart' ? byArea : byRadius;
}

function serviceByAreas(areas: readonly Extent[], site: Site): Service {
  const relations = areas.map((area) => relate(area, site.extent));
  if (relations.includes('holds')) return 'holds';
  if (!relations.includes('part')) return 'apart';
  // Areas that each hold a part may hold all of it together.
  const atoms = new Set(
    areas.flatMap((area) => [...(area.country === site.extent.country ? (area.atoms ?? []) : [])]),
  );
  const isWhole = site.extent.atoms !== null && [...site.extent.atoms].every((atom) => atoms.has(atom));
  return isWhole ? 'holds' : 'part';
}

/** The parts of a site, municipality and postal code each, that a zone serves; as `serviceOf` counts them. */
export function atomsServed(
  zone: Zone,
  candidate: Located,
  { extent }: Site,
  geography: Geography,
): ReadonlySet<string> {
  const { point, homeKey, enterprise } = candidate;
  const isWhole = zone.type === 'country' && extent.country === enterprise.location.country;
  const areas = [homeKey, ...zone.areas].flatMap((key) =>
    key === null ? [] : (geography.extent(key) ?? []),
  );
  const ofAreas = new Set(
    areas.filter(({ country }) => country === extent.country).flatMap(({ atoms }) => [...(atoms ?? [])]),
  );
  const isWithin = (atom: string): boolean => {
    const at = geography.municipalities.get(atom.split('/')[0]!);
    return (
      zone.type === 'radius' && point !== null && at !== undefined && distanceKm(point, at) <= (zone.km ?? 0)
    );
  };
  return new Set([...(extent.atoms ?? [])].filter((atom) => isWhole || ofAreas.has(atom) || isWithin(atom)));
}

function serviceByRadius(km: number, { point, enterprise }: Located, site: Extent): Service {
  if (!point) return 'unknown';
  // Without coordinates a site in another country is beyond what a radius can claim.
  if (site.points.length === 0) return site.country === enterprise.location.country ? 'unknown' : 'apart';
  const within = site.points.filter((at) => distanceKm(point, at) <= km).length;
  return within === site.points.length ? 'holds' : within > 0 ? 'part' : 'apart';
}

function describeZone(zone: Zone, country: string): string {
  if (zone.type === 'country') return country;
  if (zone.type === 'radius') return `${zone.km} km`;
  return zone.type === 'areas' ? zone.areas.join(', ') : '';
}

function wish(question: MatchQuestion, zone: Zone, candidate: Candidate, required: string): Criterion | null {
  const { countryWideEnterprises: wanted, enterprisesWithin: within } = question.package.place;
  const actual = describeZone(zone, candidate.enterprise.location.country);
  if (wanted === 'exclude' && zone.type === 'country') {
    return criterion('zone', 'fail', 'country-wide-not-wanted', {
      required,
      actual,
      changeableBy: 'contractor',
    });
  }
  if (wanted === 'only' && zone.type !== 'country') {
    return criterion('zone', 'fail', 'country-wide-only', { required, actual, changeableBy: 'contractor' });
  }
  const centre: Point | null = within
    ? parsePoint(within.geo.startsWith('geo:') ? within.geo : `geo:${within.geo}`)
    : null;
  if (!within || !centre) return null;
  const limit = `${within.km} km`;
  if (!candidate.point) return criterion('zone', 'unknown', 'not-located', { required: limit, actual: '' });
  const km = Math.round(distanceKm(candidate.point, centre) * 10) / 10;
  if (distanceKm(candidate.point, centre) <= within.km) return null;
  const params = { km, limit: within.km };
  return criterion('zone', 'fail', 'too-far-for-contractor', {
    required: limit,
    actual: `${km} km`,
    params,
    changeableBy: 'contractor',
  });
}

/** Where the work is against where this activity is offered, and the contractor's own wishes about distance. */
export function zoneCriterion(question: MatchQuestion, zone: Zone, candidate: Candidate): ZoneFinding {
  const required = question.sites.map((site) => site.extent.key).join(' + ');
  const services = question.sites.map((site) => serviceOf(zone, candidate, site, question.geography));
  const against = wish(question, zone, candidate, required);
  if (against?.result === 'fail') return { criterion: against, services: services.map(() => 'apart') };
  const whole = services.filter((service) => service === 'holds').length;
  const some = services.filter((service) => service === 'holds' || service === 'part').length;
  const distance = candidate.distanceKm;
  const km = distance === null ? '' : Math.round(distance * 10) / 10;
  const params = { km, count: some, total: services.length };
  const actual = describeZone(zone, candidate.enterprise.location.country);
  const say = { required, actual, params };
  const isUnknown = services.includes('unknown');
  if (some === 0 && !isUnknown)
    return { criterion: criterion('zone', 'fail', `outside-${zone.type}`, say), services };
  // Not knowing whether the wish is met weighs less than not serving the place at all.
  if (against) return { criterion: against, services };
  if (whole === services.length) {
    return { criterion: criterion('zone', 'pass', `served-${zone.type}`, say), services };
  }
  return isUnknown
    ? { criterion: criterion('zone', 'unknown', 'not-located', say), services }
    : { criterion: criterion('zone', 'pass', 'served-in-part', { ...say, extent: 'part' }), services };
}
