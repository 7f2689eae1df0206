import { SHUT_OUT } from './admission.js';
import { BOUND_MARGIN, TRADE_LEVELS } from './bound.js';
import type { Probe } from './probe.js';
import { FLAGS } from './project-postings.js';
import { EARTH_RADIUS_KM, isCell } from './zone-codes.js';

/** One number holds node, depth and activity: sorted, the postings of a zone are in the order of their nodes. */
export const ACTIVITY_SPAN = 2 ** 22;
export const DEPTH_SPAN = 2 ** 3;
const NODE_SPAN = ACTIVITY_SPAN * DEPTH_SPAN;

/** Places of an activity's numbers in `numbers`. */
export const AT = {
  valueMin: 0,
  valueMax: 1,
  hoursPerWeek: 2,
  reach2: 3,
  x: 4,
  y: 5,
  z: 6,
  merit: 7,
} as const;
export const NUMBERS = 8;
/** Places of an activity's bits in `bits`. */
export const BIT = { flags: 0, who: 1, proofs: 2, freeFrom: 3 } as const;
export const BITS = 4;

/** The projection in columns: postings by zone, and what is the same for all postings of an activity once. */
export interface PostingColumns {
  /** First and last-plus-one posting of a zone. */
  readonly zones: ReadonlyMap<number, readonly [from: number, until: number]>;
  readonly postings: Float64Array;
  readonly numbers: Float32Array;
  readonly bits: Int32Array;
  /** Of each activity. */
  readonly enterprises: Int32Array;
  /** In the order of their text. */
  readonly enterpriseIds: readonly string[];
}

export interface Found {
  readonly enterpriseId: string;
  readonly bound: number;
}

/** Better first; of the same bound the smaller identity. */
export function compareFound(a: Found, b: Found): number {
  return b.bound - a.bound || (a.enterpriseId < b.enterpriseId ? -1 : 1);
}

/** Looks postings up in memory: the same rows, filters and bounds as the statement, so the same answer. */
export class PostingIndex {
  private readonly best: Float64Array;
  private readonly dead: Uint8Array;
  private readonly numberOf: ReadonlyMap<string, number>;

  constructor(private readonly columns: PostingColumns) {
    const { enterpriseIds } = columns;
    this.best = new Float64Array(enterpriseIds.length);
    this.dead = new Uint8Array(enterpriseIds.length);
    this.numberOf = new Map(enterpriseIds.map((id, i) => [id, i]));
  }

  get size(): number {
    return this.columns.enterpriseIds.length;
  }

  /** What is held of an enterprise is out of date. */
  forget(enterpriseId: string): void {
    const number = this.numberOf.get(enterpriseId);
    if (number !== undefined) this.dead[number] = 1;
  }

  find(probe: Probe, limit: number): Found[] {
    const touched: number[] = [];
    for (const zone of probe.zones) {
      const segment = this.columns.zones.get(zone);
      if (segment) this.scan(probe, isCell(zone), segment, touched);
    }
    const found = this.bestOf(touched, limit);
    for (const enterprise of touched) this.best[enterprise] = 0;
    return found;
  }

  private scan(
    probe: Probe,
    inCell: boolean,
    [from, until]: readonly [number, number],
    touched: number[],
  ): void {
    const { postings, enterprises } = this.columns;
    for (const { low, high, depth, closeness } of probe.nodes) {
      const end = (high + 1) * NODE_SPAN;
      for (let at = lowerBound(postings, low * NODE_SPAN, from, until); at < until; at += 1) {
        const posting = postings[at]!;
        if (posting >= end) break;
        const activity = posting % ACTIVITY_SPAN;
        const enterprise = enterprises[activity]!;
        if (this.dead[enterprise] === 1) continue;
        const declared = Math.floor(posting / ACTIVITY_SPAN) % DEPTH_SPAN;
        const near = closeness ?? 1 - Math.abs(depth - 2 - declared) / TRADE_LEVELS;
        const bound = this.boundOf(probe, activity, inCell, near);
        if (bound <= 0) continue;
        if (this.best[enterprise] === 0) touched.push(enterprise);
        if (bound > this.best[enterprise]!) this.best[enterprise] = bound;
      }
    }
  }

  /** `passes` and `boundOf`, operation by operation, on the columns. @returns 0 when it does not pass */
  private boundOf(probe: Probe, activity: number, inCell: boolean, closeness: number): number {
    const { numbers, bits } = this.columns;
    const [n, b] = [activity * NUMBERS, activity * BITS];
    const flags = bits[b + BIT.flags]!;
    const valueMax = numbers[n + AT.valueMax]!;
    const worth = probe.who[bits[b + BIT.who]!]!;
    if (
      (flags & probe.modes) === 0 ||
      (flags & probe.mask) !== probe.flags ||
      (bits[b + BIT.proofs]! & probe.proofs) !== probe.proofs ||
      numbers[n + AT.valueMin]! > probe.atLeast ||
      (valueMax < probe.atMost && (flags & FLAGS.takesPart) === 0) ||
      numbers[n + AT.hoursPerWeek]! < probe.hoursPerWeek ||
      bits[b + BIT.freeFrom]! > probe.freeBy ||
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
    const least = this.boundAt(touched, limit);
    return touched
      .filter((enterprise) => this.best[enterprise]! >= least)
      .map((enterprise) => ({
        enterpriseId: this.columns.enterpriseIds[enterprise]!,
        bound: this.best[enterprise]!,
      }))
      .sort(compareFound)
      .slice(0, limit);
  }

  /** The bound of the last that is wanted, so that only those are put in order. */
  private boundAt(touched: readonly number[], limit: number): number {
    if (touched.length <= limit) return 0;
    const bounds = new Float64Array(touched.length);
    for (let i = 0; i < touched.length; i += 1) bounds[i] = this.best[touched[i]!]!;
    return bounds.sort()[touched.length - limit]!;
  }
}

/** First place at or after `from` that holds no less than the value. */
function lowerBound(list: Float64Array, value: number, from: number, until: number): number {
  let [low, high] = [from, until];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
