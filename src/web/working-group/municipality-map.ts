import type { Outline } from '../../registry/index.js';

/** A municipality as it is drawn; coordinates in units of the drawing, y downward. */
export interface DrawnMunicipality {
  readonly nis: string;
  /** Path of SVG: its outline. */
  readonly outline: string;
  /** 0 for none, 1 to 4 for more and more. */
  readonly shade: number;
  /** What is written on it; null where there is nothing. */
  readonly label: { readonly x: number; readonly y: number; readonly text: string } | null;
}

export interface MunicipalityMap {
  readonly width: number;
  readonly height: number;
  readonly municipalities: readonly DrawnMunicipality[];
  /** From how many on each shade is used, lightest first; shades that are not used are left out. */
  readonly steps: readonly { readonly shade: number; readonly from: number }[];
  /** The largest, for the sentence beside the map. */
  readonly most: { readonly nis: string; readonly count: number };
}

type Coordinates = Outline['centre'];

const WIDTH = 600;
/** From how many packages on a shade is used. */
const STEPS = [1, 10, 50, 200] as const;

/**
 * Draws municipalities, shaded by a number that is also written on them: colour says nothing alone. Points are put on a
 * grid of whole units, so that neighbours keep a common border, and the drawing stays small.
 * @param counts by NIS; null when none of them is drawn
 */
export function municipalityMap(
  drawn: readonly Outline[],
  counts: ReadonlyMap<string, number>,
): MunicipalityMap | null {
  const [most] = drawn
    .map(({ nis }) => ({ nis, count: counts.get(nis) ?? 0 }))
    .sort((a, b) => b.count - a.count);
  if (!most || most.count === 0) return null;
  const { shapes, height } = drawing(drawn);
  const shadeOf = (count: number): number => STEPS.filter((step) => count >= step).length;
  return {
    width: WIDTH,
    height,
    municipalities: shapes.map(({ nis, outline, x, y }) => {
      const count = counts.get(nis) ?? 0;
      return {
        nis,
        outline,
        shade: shadeOf(count),
        label: count === 0 ? null : { x, y, text: String(count) },
      };
    }),
    steps: STEPS.map((from, index) => ({ shade: index + 1, from })).filter(({ from }) => most.count >= from),
    most,
  };
}

interface Drawing {
  readonly shapes: readonly {
    readonly nis: string;
    readonly outline: string;
    readonly x: number;
    readonly y: number;
  }[];
  readonly height: number;
}

const drawings = new WeakMap<readonly Outline[], Drawing>();

/** Where everything lies, whatever the numbers: the same outlines are drawn once. */
function drawing(drawn: readonly Outline[]): Drawing {
  const known = drawings.get(drawn);
  if (known) return known;
  const { place, height } = projection(drawn);
  const shapes = drawn.map(({ nis, rings, centre }) => {
    const [x, y] = place(centre);
    return { nis, outline: rings.map((ring) => outlineOf(ring.map(place))).join(''), x, y };
  });
  drawings.set(drawn, { shapes, height });
  return { shapes, height };
}

/** Degrees to units: a degree of longitude is shorter than one of latitude. */
function projection(drawn: readonly Outline[]): {
  readonly place: (point: Coordinates) => readonly [number, number];
  readonly height: number;
} {
  const points = drawn.flatMap(({ rings }) => rings.flat());
  const extent = (at: 0 | 1): [number, number] =>
    points.reduce<[number, number]>(
      ([low, high], point) => [Math.min(low, point[at]), Math.max(high, point[at])],
      [180, -180],
    );
  const [west, east] = extent(0);
  const [south, north] = extent(1);
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / ((east - west) * narrowing || 1);
  return {
    place: ([lon, lat]) => [Math.round((lon - west) * narrowing * scale), Math.round((north - lat) * scale)],
    height: Math.max(1, Math.round((north - south) * scale)),
  };
}

/** Steps from point to point, those that do not move left out; nothing for a ring that is a dot. */
function outlineOf(ring: readonly (readonly [number, number])[]): string {
  const kept = ring.filter((point, index) => {
    const before = ring[index - 1];
    return before === undefined || point[0] !== before[0] || point[1] !== before[1];
  });
  if (kept.length < 3) return '';
  const [start, ...rest] = kept;
  const steps = rest.map(([x, y], index) => `${x - kept[index]![0]} ${y - kept[index]![1]}`);
  return `M${start![0]} ${start![1]}l${steps.join(' ')}z`.replaceAll(' -', '-');
}
