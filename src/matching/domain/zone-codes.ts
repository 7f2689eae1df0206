import type { SiteKey } from '../../kernel/index.js';
import {
  distanceKm,
  type Extent,
  type Geography,
  type Point,
  type Site,
} from '../../registry/domain/index.js';

/**
 * Zones as integers: what an enterprise serves is written under a few of them, a package is looked up under
 * those that may hold it. Two keys may share a code: that returns too many, never too few.
 */
export type ZoneCode = number;

/** Whose reach is not known, so that every package must see them. */
export const UNLOCATED: ZoneCode = 0;

const NUTS_BASE = 1_000_000;
const NIS_BASE = 100_000_000;
const POSTAL_BASE = 200_000_000;
const POSTAL_CODES = 400_000_000;
const ABOUT_BASE = 700_000_000;
const CELL_BASE = 1_000_000_000;
const CELLS_PER_TIER = 200_000_000;
const COLUMNS = 65_536;

/** A radius is written under the home cell of the smallest grid it fits in; a probe then looks at nine cells. */
const TIERS_KM = [20, 50, 100, 200, 500] as const;
const KM_PER_DEGREE = 111.19;

function countryIndex(country: string): number {
  const [a = 0, b = 0] = [...country].map((letter) => letter.charCodeAt(0) - 65);
  return (((a * 26 + b) % 676) + 676) % 676;
}

export function countryCode(country: string): ZoneCode {
  return 1 + countryIndex(country);
}

/** Everything that an enterprise of the country offers, wherever: for sites too large or too little known to enumerate. */
export function aboutCode(country: string): ZoneCode {
  return ABOUT_BASE + countryIndex(country);
}

/** @source FNV-1a, public domain */
export function hash(text: string): number {
  let value = 2_166_136_261;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16_777_619);
  return value >>> 0;
}

export function areaCode(key: SiteKey): ZoneCode {
  const value = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('nis:')) return NIS_BASE + Number(value);
  if (key.startsWith('postal:')) return POSTAL_BASE + (hash(value) % POSTAL_CODES);
  if (value.length === 2) return NUTS_BASE + countryIndex(value) * 50_653;
  const digits = Array.from(value.slice(2), (digit) => Number.parseInt(digit, 36) + 1);
  return NUTS_BASE + countryIndex(value) * 50_653 + digits.reduce((sum, digit) => sum * 37 + digit, 0);
}

interface Grid {
  readonly tier: number;
  readonly km: number;
}

function rowOf({ km }: Grid, lat: number): number {
  return Math.floor(((lat + 90) * KM_PER_DEGREE) / km);
}

/** Columns of a row are as wide as the grid where the row is narrowest, at its edge towards the pole. */
function columnWidth({ km }: Grid, row: number): number {
  const edges = [row, row + 1].map((edge) => Math.abs((edge * km) / KM_PER_DEGREE - 90));
  const cosine = Math.max(0.05, Math.cos((Math.max(...edges) * Math.PI) / 180));
  return km / (KM_PER_DEGREE * cosine);
}

function cellCode(grid: Grid, row: number, column: number): ZoneCode {
  return CELL_BASE + grid.tier * CELLS_PER_TIER + row * COLUMNS + column;
}

function cellOf(grid: Grid, { lat, lon }: Point): ZoneCode {
  const row = rowOf(grid, lat);
  return cellCode(grid, row, Math.floor((lon + 180) / columnWidth(grid, row)));
}

/** Cells alone are judged by a radius. */
export function isCell(code: ZoneCode): boolean {
  return code >= CELL_BASE;
}

const GRIDS: readonly Grid[] = TIERS_KM.map((km, tier) => ({ tier, km }));

/** The smallest grid that a radius fits in. */
function gridOf(radiusKm: number): Grid {
  return GRIDS.find(({ km }) => radiusKm <= km) ?? GRIDS.at(-1)!;
}

/** Where an enterprise with a radius is written: one cell. */
export function homeCell(point: Point, radiusKm: number): ZoneCode {
  return cellOf(gridOf(radiusKm), point);
}

/** The cells in which an enterprise must be at home for a radius of the grid to reach the point, `extraKm` further. */
export function cellsAround(point: Point, extraKm = 0): ZoneCode[] {
  return GRIDS.flatMap((grid) => cellsWithin(grid, point, grid.km + extraKm));
}

/** The other way round: the cells of its grid in which a point must lie for the radius to reach it. */
export function cellsReached(point: Point, radiusKm: number): ZoneCode[] {
  return cellsWithin(gridOf(radiusKm), point, radiusKm);
}

function cellsWithin(grid: Grid, point: Point, reach: number): ZoneCode[] {
  // A degree of latitude is nowhere shorter than on the sphere; the margin covers the rounding.
  const latReach = (reach / KM_PER_DEGREE) * 1.001;
  const rows = [rowOf(grid, point.lat - latReach), rowOf(grid, point.lat + latReach)] as const;
  const polar = Math.min(89, Math.abs(point.lat) + latReach);
  const lonReach = (reach / (KM_PER_DEGREE * Math.cos((polar * Math.PI) / 180))) * 1.001;
  const cells: ZoneCode[] = [];
  for (let row = rows[0]; row <= rows[1]; row += 1) {
    const width = columnWidth(grid, row);
    const last = Math.floor((point.lon + lonReach + 180) / width);
    for (let column = Math.floor((point.lon - lonReach + 180) / width); column <= last; column += 1) {
      cells.push(cellCode(grid, row, column));
    }
  }
  return cells;
}

/** Countries whose enterprises may reach into another by a radius. */
const KNOWN_COUNTRIES = 676;

/** A site that no enterprise is too far from to be asked. */
export const ANYWHERE: ZoneCode = ABOUT_BASE + KNOWN_COUNTRIES;

function everywhere(): ZoneCode[] {
  return Array.from({ length: KNOWN_COUNTRIES }, (_, i) => ABOUT_BASE + i);
}

function prefixes(nuts: string): SiteKey[] {
  return Array.from({ length: Math.max(0, nuts.length - 1) }, (_, i) => `nuts:${nuts.slice(0, i + 2)}`);
}

/** A region of the first level or a country: its parts are too many to be enumerated. */
function isVast(extent: Extent): boolean {
  return extent.key.startsWith('nuts:') && (extent.nuts.length <= 3 || extent.atoms === null);
}

/** Every code under which an enterprise that serves the site, or part of it, may be written. */
export function codesOfSite(site: Site, geography: Geography): ZoneCode[] {
  if (isAnywhere(site)) return [UNLOCATED, ...everywhere()];
  return [...areasOfSite(site, geography), ...site.extent.points.flatMap((point) => cellsAround(point))];
}

/** The other way round: what a site is written under for enterprises to look it up; of cells the one each point is in. */
export function codesSiteIsUnder(site: Site, geography: Geography): ZoneCode[] {
  if (isAnywhere(site)) return [UNLOCATED, ANYWHERE];
  const { points } = site.extent;
  return [
    ...areasOfSite(site, geography),
    ...points.flatMap((point) => GRIDS.map((grid) => cellOf(grid, point))),
  ];
}

function isAnywhere({ extent }: Site): boolean {
  return extent.country === '' || isVast(extent);
}

function areasOfSite({ extent }: Site, geography: Geography): ZoneCode[] {
  const nuts3 = [...(extent.atoms ?? [])].map(
    (atom) => geography.municipalities.get(atom.split('/')[0]!)?.nuts3 ?? '',
  );
  const above = [extent.nuts, ...nuts3].flatMap(prefixes);
  const keys = new Set([extent.key, ...above, ...geography.keysWithin(extent)]);
  const areas = [...keys].filter((key) => !key.startsWith('geo:')).map(areaCode);
  return [UNLOCATED, countryCode(extent.country), ...areas];
}

/** Where each street has a postal code, thousands are near; the nearest do. */
const MOST_ABROAD = 300;

/** Codes under which enterprises just outside are written: for near misses, which need not be complete. */
export function codesNearSite(site: Site, geography: Geography, extraKm: number): ZoneCode[] {
  const [point] = site.extent.points;
  if (!point || isVast(site.extent)) return [];
  const around = geography.municipalitiesWithin(point, extraKm).map((nis) => areaCode(`nis:${nis}`));
  const abroad = geography.postalCodesAbroadWithin(point, extraKm).slice(0, MOST_ABROAD).map(areaCode);
  return [...around, ...abroad, ...cellsAround(point, extraKm)];
}

/** Unit vector of a point: the chord between two of them grows with their distance and needs no trigonometry. */
export function unitVector({ lat, lon }: Point): { x: number; y: number; z: number } {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return { x: Math.cos(phi) * Math.cos(lambda), y: Math.cos(phi) * Math.sin(lambda), z: Math.sin(phi) };
}

export const EARTH_RADIUS_KM = distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 180 }) / Math.PI;

/** Two metres: vectors are kept in four-byte numbers, exact to half a metre on each axis. */
const ROUNDING = 2 / (1000 * EARTH_RADIUS_KM);

/** Squared chord of an arc; slightly too long, so that rounding never loses an enterprise on the border. */
export function squaredChord(km: number): number {
  return (2 * Math.sin(Math.min(Math.PI, km / EARTH_RADIUS_KM) / 2) * 1.000_001 + ROUNDING) ** 2;
}
