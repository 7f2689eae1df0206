const WORDS = 4;
const FREE = -1;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** An identity as four whole numbers of four bytes, the first bytes first. */
export type Identity = Int32Array;

export function identityOf(text: string): Identity {
  const hex = text.replaceAll('-', '');
  return Int32Array.from({ length: WORDS }, (_, i) => Number.parseInt(hex.slice(8 * i, 8 * i + 8), 16));
}

/** Numbers identities from 0 on. As texts they would take ten times the memory. */
export class IdentityTable {
  private slots: Int32Array<ArrayBuffer> = new Int32Array(0);

  /** @param words what the first numbers stand for, as `words` of another table gives it */
  constructor(
    private held: Int32Array = new Int32Array(0),
    private count = held.length / WORDS,
  ) {
    this.spread();
  }

  get size(): number {
    return this.count;
  }

  get words(): Int32Array {
    return this.held.subarray(0, this.count * WORDS);
  }

  /** @returns -1 when it has none */
  numberOf(identity: Identity): number {
    return this.slots[this.slotOf(identity, 0)]!;
  }

  /** The number it has, or the next. */
  add(identity: Identity): number {
    const slot = this.slotOf(identity, 0);
    const known = this.slots[slot]!;
    if (known !== FREE) return known;
    const added = this.count;
    this.slots[slot] = added;
    this.count += 1;
    if (this.held.length < this.count * WORDS) {
      this.held = longer(this.held, WORDS * Math.max(256, 2 * added));
    }
    this.held.set(identity, added * WORDS);
    if (this.count * 2 > this.slots.length) this.spread();
    return added;
  }

  /** None is added or looked for from here on: what is looked up by is given back at once. */
  close(): void {
    this.slots.buffer.transfer(0);
  }

  textOf(number: number): string {
    const at = number * WORDS;
    const [a, b, c, d] = [this.held[at]!, this.held[at + 1]!, this.held[at + 2]!, this.held[at + 3]!];
    return `${half(a >>> 16)}${half(a)}-${half(b >>> 16)}-${half(b)}-${half(c >>> 16)}-${half(c)}${half(d >>> 16)}${half(d)}`;
  }

  /** As their texts compare. */
  compare(a: number, b: number): number {
    for (let i = 0; i < WORDS; i += 1) {
      const [left, right] = [this.held[a * WORDS + i]! >>> 0, this.held[b * WORDS + i]! >>> 0];
      if (left !== right) return left - right;
    }
    return 0;
  }

  /** Makes room for as many again. */
  private spread(): void {
    this.slots.buffer.transfer(0);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * this.count + 4))).fill(FREE);
    for (let number = 0; number < this.count; number += 1)
      this.slots[this.slotOf(this.held, number * WORDS)] = number;
  }

  /** Where the identity at a place of a list is, or would be. */
  private slotOf(list: Int32Array, at: number): number {
    const [a, b, c, d] = [list[at]!, list[at + 1]!, list[at + 2]!, list[at + 3]!];
    const last = this.slots.length - 1;
    let slot =
      (Math.imul(a ^ Math.imul(b, 31), 0x9e3779b1) ^ Math.imul(c ^ Math.imul(d, 31), 0x85ebca6b)) >>> 0;
    for (slot = (slot ^ (slot >>> 15)) & last; this.slots[slot] !== FREE; slot = (slot + 1) & last) {
      const held = this.slots[slot]! * WORDS;
      if (
        this.held[held] === a &&
        this.held[held + 1] === b &&
        this.held[held + 2] === c &&
        this.held[held + 3] === d
      )
        return slot;
    }
    return slot;
  }
}

/** The same in a longer list; the shorter one is given back at once, where a collector would leave it for a while. */
function longer(list: Int32Array, length: number): Int32Array {
  const { buffer } = list;
  const bytes = length * Int32Array.BYTES_PER_ELEMENT;
  if (buffer instanceof ArrayBuffer && list.byteOffset === 0) return new Int32Array(buffer.transfer(bytes));
  const copied = new Int32Array(length);
  copied.set(list);
  return copied;
}

/** The lower two bytes. */
function half(word: number): string {
  return HEX[(word >>> 8) & 255]! + HEX[word & 255]!;
}
