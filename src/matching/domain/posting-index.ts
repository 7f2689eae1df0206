import { SHUT_OUT } from './admission.js';
import { BOUND_MARGIN, TRADE_LEVELS } from './bound.js';
import { identityOf, IdentityTable } from './identity-table.js';
import type { NodeRange, Probe } from './probe.js';
import { FLAGS } from './project-postings.js';
import { EARTH_RADIUS_KM, isCell } from './zone-codes.js';

/** A posting is two numbers: its node with its depth, so that the postings of a zone are in the order of both, and its activity. */
export const POSTING = 2;
export const DEPTHS = 8;
export const SHALLOWEST = 2;

/** Places in the record of an activity: numbers, then bits. */
export const AT = {
  valueMin: 0,
  valueMax: 1,
  hoursPerWeek: 2,
  reach2: 3,
  x: 4,
  y: 5,
  z: 6,
  merit: 7,
  who: 8,
  flags: 9,
  proofs: 10,
  freeFrom: 11,
} as const;
export const RECORD = 12;

/** Places in the record of a tile: the ball that holds its activities, and the best merit of them. */
export const TILE_AT = { x: 0, y: 1, z: 2, radius: 3, merit: 4 } as const;
export const TILE = 5;
/** The tile of activities whose place is not known. */
export const NOWHERE = 0;

/** The projection in columns, in memory that other threads may read: postings by zone, and what is the same for all postings of an activity once. */
export interface PostingColumns {
  readonly zones: ReadonlyMap<number, Segment>;
  readonly postings: Int32Array;
  /** The records of activities: the same memory, read as numbers and as bits. */
  readonly numbers: Float32Array;
  readonly bits: Int32Array;
  /** Of each activity. Those of a tile follow one another. */
  readonly enterprises: Int32Array;
  readonly tiles: Int32Array;
  readonly tileRecords: Float32Array;
  /** The identities of enterprises, for an `IdentityTable`. */
  readonly identities: Int32Array;
}

export interface Found {
  readonly enterpriseId: string;
  readonly bound: number;
}

/** Better first; of the same bound the smaller identity. */
export function compareFound(a: Found, b: Found): number {
  return b.bound - a.bound || (a.enterpriseId < b.enterpriseId ? -1 : 1);
}

/** More than rounding can add to a bound that is worked out from its parts. */
const ROUNDING = 1e-6;
/** The bound of an enterprise that is no longer to be found: nothing is better. */
const FORGOTTEN = Number.POSITIVE_INFINITY;

/**
 * Looks postings up in memory: the same rows, filters and bounds as the statement, so the same answer. Trades are gone
 * through from the closest on; once as many are found as are wanted, activities that are too far away to come before the
 * last of them are passed over unread.
 */
export class PostingIndex {
  private readonly identities: IdentityTable;
  /** By enterprise: the best bound found, 0 for none. */
  private readonly best: Float64Array;
  /** By tile: what distance and merit can add at most; worked out when it is first asked for. */
  private readonly nearness: Float64Array;
  private readonly last = new Lowest();

  constructor(readonly columns: PostingColumns) {
    this.identities = new IdentityTable(columns.identities);
    this.best = new Float64Array(this.identities.size);
    this.nearness = new Float64Array(columns.tileRecords.length / TILE);
  }

  /** Enterprises. */
  get size(): number {
    return this.identities.size;
  }

  /** What is held of an enterprise is out of date. */
  forget(enterpriseId: string): void {
    const number = this.identities.numberOf(identityOf(enterpriseId));
    if (number >= 0) this.best[number] = FORGOTTEN;
  }

  find(probe: Probe, limit: number): Found[] {
    const [cells, areas]: [Segment[], Segment[]] = [[], []];
    for (const zone of probe.zones) {
      const segment = this.columns.zones.get(zone);
      if (segment) (isCell(zone) ? cells : areas).push(segment);
    }
    const touched: number[] = [];
    this.last.reset(limit);
    this.nearness.fill(Number.NaN);
    for (const range of probe.nodes) {
      // Whoever has a radius is near: what they are worth is known before the others are looked at.
      for (const segment of cells) this.scan(probe, range, segment, true, touched);
      for (const segment of areas) this.scan(probe, range, segment, false, touched);
    }
    const found = this.bestOf(touched, limit);
    for (const enterprise of touched) this.best[enterprise] = 0;
    return found;
  }

  private scan(
    probe: Probe,
    { low, high, depth, closeness }: NodeRange,
    [from, until]: Segment,
    inCell: boolean,
    touched: number[],
  ): void {
    const { postings, enterprises, tiles } = this.columns;
    const { best, last, nearness } = this;
    const { trade, bands } = probe.weights;
    const span = bands.match[1] - bands.match[0];
    const others = bands.match[0] + span * restOf(probe) + BOUND_MARGIN + ROUNDING;
    const end = high * DEPTHS + DEPTHS;
    for (let at = firstFrom(postings, low * DEPTHS, from, until); at < until; at += 1) {
      const posting = postings[at * POSTING]!;
      if (posting >= end) break;
      const activity = postings[at * POSTING + 1]!;
      const near = closeness ?? 1 - Math.abs(depth - SHALLOWEST - (posting % DEPTHS)) / TRADE_LEVELS;
      const tile = tiles[activity]!;
      if (Number.isNaN(nearness[tile])) nearness[tile] = this.nearnessOf(probe, tile);
      if (others + span * (trade * near + nearness[tile]!) < last.least) continue;
      const bound = this.boundOf(probe, activity, inCell, near);
      const enterprise = enterprises[activity]!;
      const known = best[enterprise]!;
      if (bound <= known || bound < last.least) continue;
      best[enterprise] = bound;
      if (known > 0) continue;
      touched.push(enterprise);
      last.add(bound);
    }
  }

  /** What distance and merit add to the fitness of whoever is in the tile, or more. */
  private nearnessOf({ site, slackKm, weights }: Probe, tile: number): number {
    const { tileRecords } = this.columns;
    const at = tile * TILE;
    const merit = weights.merit * tileRecords[at + TILE_AT.merit]!;
    if (site === null || tile === NOWHERE) return weights.distance / 2 + merit;
    const away = Math.hypot(
      tileRecords[at + TILE_AT.x]! - site.x,
      tileRecords[at + TILE_AT.y]! - site.y,
      tileRecords[at + TILE_AT.z]! - site.z,
    );
    const km = EARTH_RADIUS_KM * (away - tileRecords[at + TILE_AT.radius]!) - slackKm;
    const half = weights.halfDistanceKm;
    return weights.distance * (half / (half + Math.max(0, km))) + merit;
  }

  /** `passes` and `boundOf`, operation by operation, on the columns. @returns 0 when it does not pass */
  private boundOf(probe: Probe, activity: number, inCell: boolean, closeness: number): number {
    const { numbers, bits } = this.columns;
    const n = activity * RECORD;
    const flags = bits[n + AT.flags]!;
    const valueMax = numbers[n + AT.valueMax]!;
    const worth = probe.who[bits[n + AT.who]!]!;
    if (
      (flags & probe.modes) === 0 ||
      (flags & probe.mask) !== probe.flags ||
      (bits[n + AT.proofs]! & probe.proofs) !== probe.proofs ||
      numbers[n + AT.valueMin]! > probe.atLeast ||
      (valueMax < probe.atMost && (flags & FLAGS.takesPart) === 0) ||
      numbers[n + AT.hoursPerWeek]! < probe.hoursPerWeek ||
      bits[n + AT.freeFrom]! > probe.freeBy ||
      worth <= SHUT_OUT
    )
      return 0;
    const isLocated = (flags & FLAGS.notLocated) === 0;
    const { site, within, weights } = probe;
    const away2 = site === null ? 0 : this.chord2(n, site);
    if (probe.isPoint && inCell && away2 > numbers[n + AT.reach2]!) return 0;
    if (within !== null && isLocated && this.chord2(n, within) > within.reach2) return 0;
    const half = weights.halfDistanceKm;
    const nearness =
      site === null || !isLocated
        ? 0.5
        : half / (half + Math.max(0, EARTH_RADIUS_KM * Math.sqrt(away2) - probe.slackKm));
    const share = valueMax >= probe.atMost ? 1 : valueMax / probe.atMost;
    const statesNoSize = (flags & FLAGS.noSize) !== 0;
    const fitness =
      weights.trade * closeness +
      weights.distance * nearness +
      (statesNoSize ? weights.capacity / 2 : probe.capacity * share) +
      (probe.certainty - (statesNoSize ? probe.noSize : 0) + worth) +
      weights.merit * numbers[n + AT.merit]!;
    const { match, partial } = weights.bands;
    return valueMax >= probe.atMost
      ? match[0] + (match[1] - match[0]) * fitness + BOUND_MARGIN
      : partial[0] + ((partial[1] - partial[0]) * fitness * (1 + share)) / 2 + BOUND_MARGIN;
  }

  private chord2(n: number, at: { readonly x: number; readonly y: number; readonly z: number }): number {
    const { numbers } = this.columns;
    const x = numbers[n + AT.x]! - at.x;
    const y = numbers[n + AT.y]! - at.y;
    const z = numbers[n + AT.z]! - at.z;
    return x * x + y * y + z * z;
  }

  private bestOf(touched: readonly number[], limit: number): Found[] {
    const { best, identities, last } = this;
    return touched
      .filter((enterprise) => best[enterprise]! >= last.least)
      .sort((a, b) => best[b]! - best[a]! || identities.compare(a, b))
      .slice(0, limit)
      .map((enterprise) => ({ enterpriseId: identities.textOf(enterprise), bound: best[enterprise]! }));
  }
}

/** First and last-plus-one posting of a zone. */
export type Segment = readonly [from: number, until: number];

/** What capacity and certainty add to the fitness of anyone, or more. */
function restOf({ capacity, certainty, weights }: Probe): number {
  return Math.max(capacity, weights.capacity / 2) + certainty;
}

/** First posting at or after `from` whose node and depth are no less than the value. */
function firstFrom(postings: Int32Array, value: number, from: number, until: number): number {
  let [low, high] = [from, until];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (postings[middle * POSTING]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lowest of the so many highest numbers added: a heap. */
class Lowest {
  /** -Infinity until there are so many. */
  least = Number.NEGATIVE_INFINITY;
  private heap = new Float64Array(0);
  private size = 0;
  private wanted = 0;

  reset(wanted: number): void {
    this.least = Number.NEGATIVE_INFINITY;
    this.size = 0;
    this.wanted = wanted;
    if (this.heap.length < wanted) this.heap = new Float64Array(wanted);
  }

  add(value: number): void {
    const { heap } = this;
    if (this.size < this.wanted) {
      let at = this.size;
      this.size += 1;
      for (let up = (at - 1) >> 1; at > 0 && heap[up]! > value; at = up, up = (at - 1) >> 1)
        heap[at] = heap[up]!;
      heap[at] = value;
    } else {
      if (value <= heap[0]!) return;
      let at = 0;
      for (let down = 1; down < this.size; down = 2 * at + 1) {
        if (down + 1 < this.size && heap[down + 1]! < heap[down]!) down += 1;
        if (heap[down]! >= value) break;
        heap[at] = heap[down]!;
        at = down;
      }
      heap[at] = value;
    }
    if (this.size === this.wanted) this.least = heap[0]!;
  }
}
