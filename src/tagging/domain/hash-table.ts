/** What `get` answers for a key that is not there. */
export const ABSENT = -1;

/** From a hash (any 32-bit integer) to a number from 0 on: a Map boxes most such keys, and takes thrice the time. */
export class HashTable {
  private keys = new Int32Array(0);
  private slots = new Int32Array(0);
  private mask = 0;
  private count = 0;

  /** @param expected how many keys there will be; more are taken, at the price of growing */
  constructor(expected = 8) {
    this.makeRoom(expected);
  }

  get(key: number): number {
    let at = key & this.mask;
    for (;;) {
      const slot = this.slots[at] as number;
      if (slot === ABSENT || this.keys[at] === key) return slot;
      at = (at + 1) & this.mask;
    }
  }

  /** The key must not be there yet. */
  add(key: number, value: number): void {
    if (this.count * 2 >= this.keys.length) this.grow();
    this.put(key, value);
    this.count += 1;
  }

  private put(key: number, value: number): void {
    let at = key & this.mask;
    while (this.slots[at] !== ABSENT) at = (at + 1) & this.mask;
    this.keys[at] = key;
    this.slots[at] = value;
  }

  private makeRoom(expected: number): void {
    let capacity = 16;
    while (capacity < expected * 2) capacity *= 2;
    this.mask = capacity - 1;
    this.keys = new Int32Array(capacity);
    this.slots = new Int32Array(capacity).fill(ABSENT);
  }

  private grow(): void {
    const { keys, slots } = this;
    this.makeRoom(keys.length);
    for (let i = 0; i < keys.length; i += 1) {
      if (slots[i] !== ABSENT) this.put(keys[i] as number, slots[i] as number);
    }
  }
}
