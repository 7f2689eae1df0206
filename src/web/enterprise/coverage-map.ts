import { serviceOf } from '../../matching/index.js';
import {
  homeKey,
  loadGeography,
  pointOf,
  sitesOf,
  type Enterprise,
  type Zone,
} from '../../registry/index.js';

export interface MapDot {
  readonly x: number;
  readonly y: number;
  readonly served: boolean;
}

/** A zone on the map of Belgium: a dot a municipality, and how many of them are served. */
export interface CoverageMap {
  readonly width: number;
  readonly height: number;
  readonly dots: readonly MapDot[];
  readonly served: number;
  readonly total: number;
}

const WIDTH = 300;
const [WEST, EAST, SOUTH, NORTH] = [2.5, 6.45, 49.45, 51.55];
const HEIGHT = Math.round((WIDTH * (NORTH - SOUTH) * 1.58) / (EAST - WEST));

/** Asks the matcher itself, municipality by municipality: the map shows what a match will say. */
export function coverageMap(enterprise: Enterprise, zone: Zone): CoverageMap {
  const geography = loadGeography();
  const { location } = enterprise;
  const candidate = {
    enterprise,
    point: pointOf(location, geography),
    homeKey: homeKey(location, geography),
  };
  const dots = [...geography.municipalities.values()].map(({ nis, lat, lon }) => {
    const { sites } = sitesOf([`nis:${nis}`], geography);
    const [site] = sites;
    return {
      x: Math.round(((lon - WEST) / (EAST - WEST)) * WIDTH),
      y: Math.round(((NORTH - lat) / (NORTH - SOUTH)) * HEIGHT),
      served: site !== undefined && serviceOf(zone, candidate, site, geography) === 'holds',
    };
  });
  const served = dots.filter((dot) => dot.served).length;
  return { width: WIDTH, height: HEIGHT, dots, served, total: dots.length };
}
