import { IdentityTable, type Identity } from './identity-table.js';
import { above, type Posting } from './project-postings.js';
import {
  AT,
  DEPTHS,
  NOWHERE,
  POSTING,
  PostingIndex,
  RECORD,
  SHALLOWEST,
  TILE,
  type PostingColumns,
  type Segment,
} from './posting-index.js';
import { isCell } from './zone-codes.js';

/** One row of the projection. */
export interface PostingRow extends Posting {
  readonly enterprise: Identity;
}

/** Edge of a tile: a tenth of a degree and less. Activities that are near each other lie near each other in memory. */
const EDGE = 1 / 600;
/** Tiles from one end of an axis to the other, and one more. */
const ACROSS = 1201;
const MOST_ACTIVITIES = 2 ** 22;
const MOST_SHORT = 2 ** 16;
const NONE = -1;
/** What a record holds as it is in the row. */
const NUMBERS = ['valueMin', 'valueMax', 'hoursPerWeek', 'x', 'y', 'z', 'merit'] as const;
const BITS = ['who', 'flags', 'proofs', 'freeFrom'] as const;

/** Takes rows in any order and gives an index over them. */
export class PostingIndexBuilder {
  /** By row: the number of its zone, in half of the room that its code takes as long as there are no more than that names. */
  private zones: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  private readonly zoneNumbers = new Map<number, number>();
  /** Node, depth and activity in one number: sorted, the postings of a zone are in the order of their nodes. */
  private readonly postings: Float64Array;
  private readonly identities = new IdentityTable();
  /**
   * By activity: its record, twice; its enterprise, its ordinal there, and which came before of the same enterprise. Room is
   * made for all that can come: the system gives memory to what is written alone, and lists that grow are there twice.
   */
  private readonly bits: Int32Array;
  private readonly numbers: Float32Array;
  private readonly owners: Int32Array;
  private readonly ordinals: Int16Array<ArrayBuffer>;
  private readonly before: Int32Array<ArrayBuffer>;
  /** By enterprise: which activity came last, and one; as before, 0 for none. */
  private readonly latest: Int32Array<ArrayBuffer>;
  private rows = 0;
  private activities = 0;

  /** @param most rows that can come */
  constructor(most: number) {
    this.zones = new Uint16Array(most);
    this.postings = shared(Float64Array, most);
    const activities = Math.min(most, MOST_ACTIVITIES);
    this.bits = shared(Int32Array, activities * RECORD);
    this.numbers = new Float32Array(this.bits.buffer);
    this.owners = shared(Int32Array, activities);
    this.ordinals = new Int16Array(activities);
    this.before = new Int32Array(activities);
    this.latest = new Int32Array(activities);
  }

  add(row: PostingRow): void {
    if (this.rows === this.zones.length) throw new RangeError('more rows than were announced');
    const activity = this.activityOf(row);
    const { zone } = row;
    if (isCell(zone)) this.numbers[activity * RECORD + AT.reach2] = row.reach2;
    this.zones[this.rows] = this.numberOf(zone);
    this.postings[this.rows] = (row.node * DEPTHS + row.depth - SHALLOWEST) * MOST_ACTIVITIES + activity;
    this.rows += 1;
  }

  build(): PostingIndex {
    for (const { buffer } of [this.ordinals, this.before, this.latest]) giveBack(buffer);
    this.identities.close();
    const { place, ...tiles } = this.tiled();
    const zones = this.segments();
    return new PostingIndex({
      zones,
      postings: this.sorted(zones, place),
      identities: shared(Int32Array, this.identities.words),
      ...tiles,
      ...this.moved(place),
    });
  }

  private activityOf(row: PostingRow): number {
    const owner = this.identities.add(row.enterprise);
    const { activity: ordinal } = row;
    for (let known = this.latest[owner]! - 1; known !== NONE; known = this.before[known]! - 1)
      if (this.ordinals[known] === ordinal) return known;
    const added = this.activities;
    if (added === MOST_ACTIVITIES) throw new RangeError(`more than ${MOST_ACTIVITIES} activities`);
    this.owners[added] = owner;
    this.ordinals[added] = ordinal;
    this.before[added] = this.latest[owner]!;
    this.latest[owner] = added + 1;
    for (const name of NUMBERS) this.numbers[added * RECORD + AT[name]] = row[name];
    for (const name of BITS) this.bits[added * RECORD + AT[name]] = row[name];
    this.activities += 1;
    return added;
  }

  /** Where each activity goes, tile after tile, those without a place first; and the tiles. */
  private tiled() {
    const keys = new Float64Array(this.activities);
    for (let activity = 0; activity < this.activities; activity += 1)
      keys[activity] = this.tileKey(activity) * MOST_ACTIVITIES + activity;
    keys.sort();
    const place = new Int32Array(this.activities);
    const tiles = shared(Int32Array, this.activities);
    const tileRecords = shared(Float32Array, (1 + keysApart(keys)) * TILE);
    let last = NOWHERE;
    for (let at = 0; at < keys.length;) {
      const key = Math.floor(keys[at]! / MOST_ACTIVITIES);
      const members: number[] = [];
      const tile = key === 0 ? NOWHERE : (last += 1);
      for (; at < keys.length && Math.floor(keys[at]! / MOST_ACTIVITIES) === key; at += 1) {
        const activity = keys[at]! % MOST_ACTIVITIES;
        place[activity] = at;
        tiles[at] = tile;
        members.push(activity);
      }
      tileRecords.set(this.tileRecord(members), tile * TILE);
    }
    giveBack(keys.buffer);
    return { place, tiles, tileRecords };
  }

  /** 0 for an activity whose place is not known. */
  private tileKey(activity: number): number {
    const [x, y, z] = this.vectorOf(activity);
    if (x === 0 && y === 0 && z === 0) return 0;
    const [row, column] = [z, y].map((axis) => Math.floor(axis / EDGE) + (ACROSS >> 1));
    return 1 + (row! * ACROSS + column!) * 2 + (x > 0 ? 1 : 0);
  }

  private tileRecord(members: readonly number[]): number[] {
    const vectors = members.map((activity) => this.vectorOf(activity));
    const middle = [0, 1, 2].map((axis) => {
      const along = vectors.map((vector) => vector[axis]!);
      return Math.fround((Math.min(...along) + Math.max(...along)) / 2);
    });
    const radius = Math.max(0, ...vectors.map((v) => Math.hypot(...v.map((axis, i) => axis - middle[i]!))));
    const merit = Math.max(0, ...members.map((activity) => this.numbers[activity * RECORD + AT.merit]!));
    return [...middle, above(radius), merit];
  }

  private vectorOf(activity: number): readonly [number, number, number] {
    const at = activity * RECORD;
    return [this.numbers[at + AT.x]!, this.numbers[at + AT.y]!, this.numbers[at + AT.z]!];
  }

  private numberOf(zone: number): number {
    const known = this.zoneNumbers.get(zone);
    if (known !== undefined) return known;
    const added = this.zoneNumbers.size;
    if (added === MOST_SHORT) {
      const short = this.zones;
      this.zones = new Uint32Array(short);
      giveBack(short.buffer);
    }
    this.zoneNumbers.set(zone, added);
    return added;
  }

  private segments(): Map<number, Segment> {
    const counts = new Int32Array(this.zoneNumbers.size);
    for (let i = 0; i < this.rows; i += 1) counts[this.zones[i]!]! += 1;
    let from = 0;
    return new Map([...this.zoneNumbers].map(([zone, number]) => [zone, [from, (from += counts[number]!)]]));
  }

  /** In place: twice these numbers would be half of the memory that a large register takes. */
  private sorted(zones: ReadonlyMap<number, Segment>, place: Int32Array): Int32Array {
    this.gather(zones);
    giveBack(this.zones.buffer);
    const numbers = this.postings;
    for (let i = 0; i < this.rows; i += 1) {
      const activity = numbers[i]! % MOST_ACTIVITIES;
      numbers[i] = numbers[i]! - activity + place[activity]!;
    }
    for (const [from, until] of zones.values()) numbers.subarray(from, until).sort();
    // Each number gives way to its two halves.
    const postings = new Int32Array(numbers.buffer);
    for (let i = 0; i < this.rows; i += 1) {
      const posting = numbers[i]!;
      postings[i * POSTING] = Math.floor(posting / MOST_ACTIVITIES);
      postings[i * POSTING + 1] = posting % MOST_ACTIVITIES;
    }
    return postings;
  }

  /** Brings the postings of each zone together: what is in the place of another zone changes places with what is in its own. */
  private gather(zones: ReadonlyMap<number, Segment>): void {
    const segments = [...zones.values()];
    const next = Int32Array.from(segments, ([from]) => from);
    for (const [zone, [, until]] of segments.entries())
      for (let at = next[zone]!; at < until; at = next[zone]!) {
        const found = this.zones[at]!;
        const to = next[found]!;
        next[found] = to + 1;
        [this.zones[at], this.zones[to]] = [this.zones[to]!, found];
        [this.postings[at], this.postings[to]] = [this.postings[to]!, this.postings[at]!];
      }
  }

  /** In place: each record is carried to where another lies, and that one on, until a round is closed. */
  private moved(place: Int32Array): Pick<PostingColumns, 'numbers' | 'bits' | 'enterprises'> {
    const { bits, owners, activities } = this;
    for (let start = 0; start < activities; start += 1) {
      for (let to = place[start]!; to !== start; to = place[start]!) {
        for (let i = 0; i < RECORD; i += 1) swap(bits, start * RECORD + i, to * RECORD + i);
        swap(owners, start, to);
        swap(place, start, to);
      }
    }
    return { numbers: this.numbers, bits, enterprises: owners };
  }
}

/** How many tiles there are besides the one that is nowhere, of their keys in order. */
function keysApart(keys: Float64Array): number {
  let [known, count] = [0, 0];
  for (const sorted of keys) {
    const key = Math.floor(sorted / MOST_ACTIVITIES);
    if (key !== known) count += 1;
    known = key;
  }
  return count;
}

/** At once: left to the collector it would be there while the rest is put in order. */
function giveBack(memory: ArrayBuffer): void {
  memory.transfer(0);
}

function swap(list: Int32Array, a: number, b: number): void {
  [list[a], list[b]] = [list[b]!, list[a]!];
}

type Numbers = Int16Array | Int32Array | Float32Array | Float64Array;

/** In memory that other threads may read. @param from its length, or what it is to hold */
function shared<List extends Numbers>(
  kind: { new (buffer: SharedArrayBuffer): List; readonly BYTES_PER_ELEMENT: number },
  from: number | List,
): List {
  const length = typeof from === 'number' ? from : from.length;
  const list = new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
  if (typeof from !== 'number') list.set(from);
  return list;
}
