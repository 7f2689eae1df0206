import type { Posting } from './project-postings.js';
import { ACTIVITY_SPAN, AT, BIT, BITS, DEPTH_SPAN, NUMBERS, PostingIndex } from './posting-index.js';
import { isCell } from './zone-codes.js';

/** Columns of some rows of the projection, as many in each. */
export type PostingChunk = { readonly [Name in keyof Posting]: ArrayLike<number> } & {
  readonly enterpriseId: readonly string[];
};

const SHALLOWEST = 2;
/** A tenth of a degree and less: activities that are near each other lie near each other in memory. */
const NEAR = 1 / 600;

/** Takes rows in any order and gives an index over them. */
export class PostingIndexBuilder {
  private readonly zones: Int32Array;
  private readonly postings: Float64Array;
  private numbers = new Float32Array(NUMBERS * 1024);
  private bits = new Int32Array(BITS * 1024);
  private owners = new Int32Array(1024);
  private readonly numberOf = new Map<string, number>();
  /** By enterprise, activities in the order they came: their ordinals and numbers, alternating. */
  private readonly activitiesOf: number[][] = [];
  private rows = 0;
  private activities = 0;

  /** @param most rows that can come */
  constructor(most: number) {
    this.zones = new Int32Array(most);
    this.postings = new Float64Array(most);
  }

  add(chunk: PostingChunk): void {
    if (this.rows + chunk.zone.length > this.zones.length)
      throw new RangeError('more rows than were announced');
    for (let i = 0; i < chunk.zone.length; i += 1) {
      const activity = this.activityOf(chunk, i);
      if (isCell(chunk.zone[i]!)) this.numbers[activity * NUMBERS + AT.reach2] = chunk.reach2[i]!;
      this.zones[this.rows] = chunk.zone[i]!;
      this.postings[this.rows] =
        (chunk.node[i]! * DEPTH_SPAN + chunk.depth[i]! - SHALLOWEST) * ACTIVITY_SPAN + activity;
      this.rows += 1;
    }
  }

  build(): PostingIndex {
    const place = this.placesByNeighbourhood();
    const zones = this.segments();
    const next = new Map([...zones].map(([zone, [from]]) => [zone, from]));
    const postings = new Float64Array(this.rows);
    for (let i = 0; i < this.rows; i += 1) {
      const zone = this.zones[i]!;
      const at = next.get(zone)!;
      next.set(zone, at + 1);
      const posting = this.postings[i]!;
      const activity = posting % ACTIVITY_SPAN;
      postings[at] = posting - activity + place[activity]!;
    }
    for (const [from, until] of zones.values()) postings.subarray(from, until).sort();
    return new PostingIndex({ zones, postings, ...this.moved(place) });
  }

  private activityOf(chunk: PostingChunk, i: number): number {
    const id = chunk.enterpriseId[i]!;
    let owner = this.numberOf.get(id);
    if (owner === undefined) {
      owner = this.numberOf.size;
      this.numberOf.set(id, owner);
      this.activitiesOf.push([]);
    }
    const known = this.activitiesOf[owner]!;
    for (let at = 0; at < known.length; at += 2) if (known[at] === chunk.activity[i]) return known[at + 1]!;
    const activity = this.activities;
    if (activity >= ACTIVITY_SPAN) throw new RangeError(`more than ${ACTIVITY_SPAN} activities`);
    known.push(chunk.activity[i]!, activity);
    this.activities += 1;
    this.grow();
    this.describe(chunk, i, activity, owner);
    return activity;
  }

  private describe(chunk: PostingChunk, i: number, activity: number, owner: number): void {
    for (const [name, at] of Object.entries(AT) as [keyof typeof AT, number][])
      if (name !== 'reach2') this.numbers[activity * NUMBERS + at] = chunk[name][i]!;
    for (const [name, at] of Object.entries(BIT) as [keyof typeof BIT, number][])
      this.bits[activity * BITS + at] = chunk[name][i]!;
    this.owners[activity] = owner;
  }

  private grow(): void {
    if (this.activities <= this.owners.length) return;
    const size = Math.ceil(this.owners.length * 1.5);
    const [numbers, bits, owners] = [this.numbers, this.bits, this.owners];
    this.numbers = new Float32Array(size * NUMBERS);
    this.numbers.set(numbers);
    this.bits = new Int32Array(size * BITS);
    this.bits.set(bits);
    this.owners = new Int32Array(size);
    this.owners.set(owners);
  }

  private placesByNeighbourhood(): Int32Array {
    const keys = new Float64Array(this.activities);
    for (let activity = 0; activity < this.activities; activity += 1) {
      const at = activity * NUMBERS;
      const [x, y, z] = [AT.x, AT.y, AT.z].map((axis) => Math.floor(this.numbers[at + axis]! / NEAR) + 600);
      keys[activity] = ((z! * 1201 + y!) * 2 + (x! > 600 ? 1 : 0)) * ACTIVITY_SPAN + activity;
    }
    keys.sort();
    const place = new Int32Array(this.activities);
    keys.forEach((key, at) => (place[key % ACTIVITY_SPAN] = at));
    return place;
  }

  private segments(): Map<number, readonly [number, number]> {
    const counts = new Map<number, number>();
    for (let i = 0; i < this.rows; i += 1) {
      const zone = this.zones[i]!;
      counts.set(zone, (counts.get(zone) ?? 0) + 1);
    }
    const zones = new Map<number, readonly [number, number]>();
    let from = 0;
    for (const [zone, count] of counts) {
      zones.set(zone, [from, from + count]);
      from += count;
    }
    return zones;
  }

  private moved(place: Int32Array) {
    const numbers = new Float32Array(this.activities * NUMBERS);
    const bits = new Int32Array(this.activities * BITS);
    const enterprises = new Int32Array(this.activities);
    place.forEach((at, activity) => {
      for (let i = 0; i < NUMBERS; i += 1) numbers[at * NUMBERS + i] = this.numbers[activity * NUMBERS + i]!;
      for (let i = 0; i < BITS; i += 1) bits[at * BITS + i] = this.bits[activity * BITS + i]!;
      enterprises[at] = this.owners[activity]!;
    });
    return { numbers, bits, enterprises, enterpriseIds: [...this.numberOf.keys()] };
  }
}
