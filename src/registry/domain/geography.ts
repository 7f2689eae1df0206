import type { SiteKey } from '../../kernel/index.js';

/** WGS 84, degrees. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

export interface MunicipalityRow {
  readonly nis: string;
  readonly names: readonly string[];
  readonly nuts3: string;
  readonly lat: number;
  readonly lon: number;
  readonly postalCodes: readonly string[];
}

export interface LocalityRow {
  readonly country: string;
  readonly postalCode: string;
  readonly name: string;
  /** Belgian municipality; null abroad. */
  readonly nis: string | null;
  /** Finest NUTS code known for it; null when only the country is. */
  readonly nuts: string | null;
  readonly lat: number;
  readonly lon: number;
}

export interface NutsRow {
  readonly code: string;
  readonly names: readonly string[];
}

/** Boundary of a municipality: rings of [lon, lat], even-odd. */
export interface BoundaryRow {
  readonly nis: string;
  readonly rings: readonly (readonly (readonly [number, number])[])[];
}

/** A municipality to be drawn. */
export interface Outline extends BoundaryRow {
  readonly centre: readonly [lon: number, lat: number];
}

export interface PlaceRows {
  readonly municipalities: readonly MunicipalityRow[];
  readonly localities: readonly LocalityRow[];
  readonly nuts: readonly NutsRow[];
  readonly postalPrefixes: readonly {
    readonly country: string;
    readonly prefix: string;
    readonly nuts: string;
  }[];
  readonly boundaries: readonly BoundaryRow[];
}

/**
 * What a key stands for: its country, the finest NUTS region that holds it, and in Belgium the atoms
 * (municipality/postal code pairs) it is made of, so that "holds" and "overlaps" are questions about sets.
 */
export interface Extent {
  readonly key: SiteKey;
  readonly country: string;
  readonly nuts: string;
  readonly atoms: ReadonlySet<string> | null;
  /** One point for a small place, those of its municipalities for a region, none when unknown. */
  readonly points: readonly Point[];
}

export type Relation = 'holds' | 'part' | 'apart';

const EARTH_RADIUS_KM = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance on a sphere of the earth's mean radius; up to 0.5 % off the ellipsoid. */
export function distanceKm(a: Point, b: Point): number {
  const half =
    Math.sin(radians(b.lat - a.lat) / 2) ** 2 +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

export function parsePoint(key: SiteKey): Point | null {
  const match = /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(key);
  return match ? { lat: Number(match[1]), lon: Number(match[2]) } : null;
}

/** Whether one set holds all of the other, some, or none. */
function relateSets(area: ReadonlySet<string>, site: ReadonlySet<string>): Relation {
  let shared = 0;
  for (const atom of site) if (area.has(atom)) shared += 1;
  return shared === 0 ? 'apart' : shared === site.size ? 'holds' : 'part';
}

/**
 * How much of `site` lies in `area`: all of it (`holds`: an area equal to it or above), some of it
 * (`part`: an area inside it, or one that straddles its border), or none.
 */
export function relate(area: Extent, site: Extent): Relation {
  if (area.key === site.key) return 'holds';
  if (area.country !== site.country) return 'apart';
  if (area.atoms && site.atoms) return relateSets(area.atoms, site.atoms);
  if (area.key.startsWith('nuts:') && site.nuts.startsWith(area.nuts)) return 'holds';
  return site.key.startsWith('nuts:') && area.nuts.startsWith(site.nuts) ? 'part' : 'apart';
}

function groupBy<Row>(list: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of list) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function isInside(point: Point, rings: BoundaryRow['rings']): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      const crosses = yi > point.lat !== yj > point.lat;
      if (crosses && point.lon < ((xj - xi) * (point.lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

function mean(points: readonly Point[]): Point[] {
  if (points.length === 0) return [];
  const sum = points.reduce((a, b) => ({ lat: a.lat + b.lat, lon: a.lon + b.lon }), { lat: 0, lon: 0 });
  return [{ lat: sum.lat / points.length, lon: sum.lon / points.length }];
}

/** The country, NUTS, municipality and postal code of everything that a key can name. Immutable once built. */
export class Geography {
  readonly municipalities: ReadonlyMap<string, MunicipalityRow>;
  readonly nutsCodes: ReadonlyMap<string, NutsRow>;
  private readonly localitiesByPostal: ReadonlyMap<string, LocalityRow[]>;
  private readonly localitiesByNis: ReadonlyMap<string, LocalityRow[]>;
  private readonly extents = new Map<SiteKey, Extent | null>();
  private readonly outlines = new Map<string, readonly Outline[]>();

  constructor(private readonly rows: PlaceRows) {
    this.municipalities = new Map(rows.municipalities.map((row) => [row.nis, row]));
    this.nutsCodes = new Map(rows.nuts.map((row) => [row.code, row]));
    this.localitiesByPostal = groupBy(rows.localities, (row) => `${row.country}-${row.postalCode}`);
    this.localitiesByNis = groupBy(
      rows.localities.filter((row) => row.nis !== null),
      (row) => row.nis!,
    );
  }

  /** @returns null for a key that names nothing we know */
  extent(key: SiteKey): Extent | null {
    const known = this.extents.get(key);
    if (known !== undefined) return known;
    const extent = this.build(key);
    // Points are endless; areas are not.
    if (!key.startsWith('geo:')) this.extents.set(key, extent);
    return extent;
  }

  /** The Belgian municipality that holds a point; null outside Belgium. */
  municipalityAt(point: Point): string | null {
    return this.rows.boundaries.find((boundary) => isInside(point, boundary.rings))?.nis ?? null;
  }

  /** All municipalities of the provinces that these lie in, with outline and centre. @param nis codes; unknown ones are passed by */
  outlinesAround(nis: readonly string[]): readonly Outline[] {
    const provinceOf = (code: string): string | undefined => this.municipalities.get(code)?.nuts3.slice(0, 4);
    const provinces = new Set(nis.map(provinceOf));
    provinces.delete(undefined);
    const key = [...provinces].sort().join();
    const known = this.outlines.get(key);
    if (known) return known;
    const around = this.rows.boundaries
      .filter((boundary) => provinces.has(provinceOf(boundary.nis)))
      .map(({ nis: code, rings }) => {
        const { lon, lat } = this.municipalities.get(code)!;
        return { nis: code, rings, centre: [lon, lat] as const };
      });
    this.outlines.set(key, around);
    return around;
  }

  localities(country: string, postalCode: string): readonly LocalityRow[] {
    return this.localitiesByPostal.get(`${country}-${postalCode}`) ?? [];
  }

  allLocalities(): readonly LocalityRow[] {
    return this.rows.localities;
  }

  /** Municipalities whose centre is within `km` of a point, nearest first. */
  municipalitiesWithin(point: Point, km: number): string[] {
    return this.rows.municipalities
      .map((row) => ({ nis: row.nis, km: distanceKm(point, row) }))
      .filter((row) => row.km <= km)
      .sort((a, b) => a.km - b.km || (a.nis < b.nis ? -1 : 1))
      .map((row) => row.nis);
  }

  /** Postal codes outside Belgium of which a locality is within `km` of a point, nearest first. */
  postalCodesAbroadWithin(point: Point, km: number): SiteKey[] {
    const keys = this.rows.localities
      // A degree of latitude is longer than 110 km everywhere: most rows need no trigonometry.
      .filter((row) => row.country !== 'BE' && Math.abs(row.lat - point.lat) * 110 <= km)
      .map((row) => ({ key: `postal:${row.country}-${row.postalCode}`, away: distanceKm(point, row) }))
      .filter(({ away }) => away <= km)
      .sort((a, b) => a.away - b.away || (a.key < b.key ? -1 : 1))
      .map(({ key }) => key);
    return [...new Set(keys)];
  }

  /** Every key that lies in or straddles a Belgian extent, its own included. */
  keysWithin(extent: Extent): SiteKey[] {
    if (!extent.atoms) return [extent.key];
    const nis = new Set([...extent.atoms].map((atom) => atom.split('/')[0]!));
    const postal = new Set([...extent.atoms].map((atom) => atom.split('/')[1]!));
    const nuts = [...this.nutsCodes.keys()].filter((code) => code.length > 2 && code.startsWith(extent.nuts));
    return [
      ...[...nis].map((code) => `nis:${code}`),
      ...[...postal].map((code) => `postal:BE-${code}`),
      ...(extent.key.startsWith('nuts:') ? nuts.map((code) => `nuts:${code}`) : []),
    ];
  }

  private build(key: SiteKey): Extent | null {
    const [scheme, value] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (scheme === 'nis') return this.municipalityExtent(key, value);
    if (scheme === 'nuts') return this.nutsExtent(key, value);
    if (scheme === 'postal') return this.postalExtent(key, value.slice(0, 2), value.slice(3));
    return this.pointExtent(key);
  }

  private municipalityExtent(key: SiteKey, nis: string): Extent | null {
    const row = this.municipalities.get(nis);
    if (!row) return null;
    const atoms = new Set((this.localitiesByNis.get(nis) ?? []).map((place) => `${nis}/${place.postalCode}`));
    if (atoms.size === 0) atoms.add(`${nis}/${row.postalCodes[0] ?? ''}`);
    return { key, country: 'BE', nuts: row.nuts3, atoms, points: [{ lat: row.lat, lon: row.lon }] };
  }

  private nutsExtent(key: SiteKey, code: string): Extent | null {
    if (!this.nutsCodes.has(code)) return null;
    const country = code.slice(0, 2);
    if (country !== 'BE') {
      const points = this.rows.localities.filter((row) => row.nuts?.startsWith(code) && code.length >= 5);
      return { key, country, nuts: code, atoms: null, points: points.map(({ lat, lon }) => ({ lat, lon })) };
    }
    const inside = this.rows.municipalities.filter((row) => row.nuts3.startsWith(code));
    const atoms = inside.flatMap((row) => [...(this.extent(`nis:${row.nis}`)?.atoms ?? [])]);
    const points = inside.map(({ lat, lon }) => ({ lat, lon }));
    return { key, country, nuts: code, atoms: new Set(atoms), points };
  }

  private postalExtent(key: SiteKey, country: string, postalCode: string): Extent | null {
    const places = this.localities(country, postalCode);
    if (country === 'BE') {
      if (places.length === 0) return null;
      const atoms = new Set(places.map((place) => `${place.nis}/${postalCode}`));
      const regions = new Set(places.map((place) => this.municipalities.get(place.nis ?? '')?.nuts3 ?? 'BE'));
      const nuts = regions.size === 1 ? [...regions][0]! : 'BE';
      return { key, country, nuts, atoms, points: mean(places) };
    }
    const prefix = this.rows.postalPrefixes
      .filter((row) => row.country === country && postalCode.startsWith(row.prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)[0];
    const nuts = prefix?.nuts ?? places[0]?.nuts ?? country;
    return { key, country, nuts, atoms: null, points: mean(places) };
  }

  private pointExtent(key: SiteKey): Extent | null {
    const point = parsePoint(key);
    if (!point) return null;
    const nis = this.municipalityAt(point);
    const near = nis
      ? (this.localitiesByNis.get(nis) ?? [])
      : this.rows.localities.filter((row) => row.country !== 'BE');
    const nearest = near.reduce<{ row: LocalityRow | null; km: number }>(
      (best, row) => {
        const km = distanceKm(point, row);
        return km < best.km ? { row, km } : best;
      },
      { row: null, km: Number.POSITIVE_INFINITY },
    );
    if (nis) {
      const atoms = new Set([`${nis}/${nearest.row?.postalCode ?? ''}`]);
      return {
        key,
        country: 'BE',
        nuts: this.municipalities.get(nis)?.nuts3 ?? 'BE',
        atoms,
        points: [point],
      };
    }
    // Abroad the nearest known locality tells the region, when it is near enough to be believed.
    const abroad = nearest.km < 10 ? nearest.row : null;
    return {
      key,
      country: abroad?.country ?? '',
      nuts: abroad?.nuts ?? abroad?.country ?? '',
      atoms: null,
      points: [point],
    };
  }
}
