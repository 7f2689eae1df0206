import type { SiteKey } from '../../kernel/index.js';
import { parsePoint, relate, type Extent, type Geography, type Point } from './geography.js';

/** One place of the work, whatever the number of keys that describe it. */
export interface Site {
  /** The keys given for it, finest first. */
  readonly keys: readonly SiteKey[];
  /** The place itself: the finest of them. */
  readonly extent: Extent;
}

/** A whole country as the place of the work. */
export function countrySite(country: string, geography: Geography): Site {
  const key = `nuts:${country}`;
  const extent = geography.extent(key) ?? { key, country, nuts: country, atoms: null, points: [] };
  return { keys: [key], extent };
}

/** True when two extents describe the same place: one holds the other, or they straddle the same border. */
function describeTheSame(a: Extent, b: Extent): boolean {
  if (relate(a, b) === 'holds' || relate(b, a) === 'holds') return true;
  // Some Belgian postal codes reach into a neighbouring municipality: with it, they name their common part.
  const schemes = [a.key, b.key]
    .map((key) => key.slice(0, key.indexOf(':')))
    .sort()
    .join('+');
  return schemes === 'nis+postal' && relate(a, b) === 'part';
}

function finest(a: Extent, b: Extent): Extent {
  return relate(a, b) === 'holds' ? b : relate(b, a) === 'holds' ? a : intersection(a, b);
}

function intersection(a: Extent, b: Extent): Extent {
  const [nis, postal] = a.key.startsWith('nis:') ? [a, b] : [b, a];
  return {
    ...postal,
    nuts: nis.nuts,
    atoms: new Set([...postal.atoms!].filter((atom) => nis.atoms!.has(atom))),
  };
}

/** A point belongs to any area that touches its municipality: its postal code is only the nearest one. */
function pointIsIn(area: Extent, point: Extent, geography: Geography): boolean {
  if (relate(area, point) === 'holds') return true;
  const at: Point | undefined = point.points[0];
  const nis = at && geography.municipalityAt(at);
  const municipality = nis ? geography.extent(`nis:${nis}`) : null;
  return municipality !== null && area.key.startsWith('postal:') && relate(municipality, area) !== 'apart';
}

/**
 * The places behind a list of keys. Keys of which one holds another describe one place at several levels
 * (`nuts:BE33`, `nis:62096`, `postal:BE-4100` and a point in it are one site, the finest); keys that lie apart
 * are several sites, each to be served. The order of the keys changes nothing.
 * @returns keys that name nothing known apart, for the caller to refuse
 */
export function sitesOf(
  keys: readonly SiteKey[],
  geography: Geography,
): { sites: Site[]; unknown: SiteKey[] } {
  const distinct = [...new Set(keys)].sort();
  const extents = distinct.map((key) => ({ key, extent: geography.extent(key) }));
  const unknown = extents.filter(({ extent }) => extent === null).map(({ key }) => key);
  const known = extents.flatMap(({ extent }) => (extent ? [extent] : []));
  const areas = known.filter(({ key }) => parsePoint(key) === null);
  const points = known.filter(({ key }) => parsePoint(key) !== null);
  // A key that holds two places apart is not a place of its own beside them: the finest keys found sites first.
  const byFineness = [...areas].sort((a, b) => fineness(b) - fineness(a) || (a.key < b.key ? -1 : 1));
  const sites: Site[] = [];
  for (const extent of byFineness) {
    const at = sites.findIndex((site) => describeTheSame(site.extent, extent));
    if (at < 0) sites.push({ keys: [extent.key], extent });
    else
      for (const [i, site] of sites.entries())
        if (describeTheSame(site.extent, extent)) sites[i] = join(site, extent);
  }
  for (const point of points) {
    const at = sites.findIndex(
      (site) => parsePoint(site.extent.key) === null && pointIsIn(site.extent, point, geography),
    );
    if (at < 0) sites.push({ keys: [point.key], extent: point });
    else sites[at] = atPoint(sites[at]!, point);
  }
  return { sites: sites.sort((a, b) => (a.extent.key < b.extent.key ? -1 : 1)), unknown };
}

function join(site: Site, extent: Extent): Site {
  return { keys: [...site.keys, extent.key], extent: finest(site.extent, extent) };
}

/** The same place with a precise point; its postal code stays the one that was stated. */
function atPoint(site: Site, point: Extent): Site {
  const isPostal = site.keys.some((key) => key.startsWith('postal:'));
  const atoms = isPostal ? site.extent.atoms : point.atoms;
  return {
    keys: [point.key, ...site.keys],
    extent: {
      ...point,
      country: site.extent.country,
      nuts: isPostal ? site.extent.nuts : point.nuts || site.extent.nuts,
      atoms,
    },
  };
}

const LEVELS = ['nuts:', 'nis:', 'postal:'];

/** Finer places first: country, regions, municipality, postal code; among equals, the one of fewer atoms. */
function fineness(extent: Extent): number {
  const level = LEVELS.findIndex((scheme) => extent.key.startsWith(scheme));
  return level * 10 + (level === 0 ? extent.nuts.length : 0) - (extent.atoms?.size ?? 0) / 10_000;
}
