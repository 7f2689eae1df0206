/** What `get` answers for a key that is not there. */
export const ABSENT = -1;

/**
 * From a hash (any 32-bit integer) to a number from 0 on: a Map boxes most such keys, and takes thrice the time.
 * Key and number lie side by side, so that a look-up waits for memory once.
 */
export class HashTable {
  private count = 0;

  private constructor(private pairs: Int32Array) {}

  /** @param expected how many keys there will be; more are taken, at the price of growing */
  static for(expected: number): HashTable {
    let slots = 16;
    while (slots < expected * 2) slots *= 2;
    return new HashTable(emptyPairs(slots));
  }

  /** One that was filled before; see `contents`. */
  static of(contents: Int32Array): HashTable {
    const table = new HashTable(contents);
    for (let at = 1; at < contents.length; at += 2) if (contents[at] !== ABSENT) table.count += 1;
    return table;
  }

  get contents(): Int32Array {
    return this.pairs;
  }

  get(key: number): number {
    const { pairs } = this;
    const mask = pairs.length - 1;
    for (let at = (key << 1) & mask; ; at = (at + 2) & mask) {
      const found = pairs[at + 1] as number;
      if (found === ABSENT || pairs[at] === key) return found;
    }
  }

  /** The key must not be there yet. */
  add(key: number, value: number): void {
    if (this.count * 4 >= this.pairs.length) this.grow();
    this.put(key, value);
    this.count += 1;
  }

  private put(key: number, value: number): void {
    const { pairs } = this;
    const mask = pairs.length - 1;
    let at = (key << 1) & mask;
    while (pairs[at + 1] !== ABSENT) at = (at + 2) & mask;
    pairs[at] = key;
    pairs[at + 1] = value;
  }

  private grow(): void {
    const before = this.pairs;
    this.pairs = emptyPairs(before.length);
    for (let at = 0; at < before.length; at += 2) {
      if (before[at + 1] !== ABSENT) this.put(before[at] as number, before[at + 1] as number);
    }
  }
}

function emptyPairs(slots: number): Int32Array {
  return new Int32Array(slots * 2).fill(ABSENT);
}
