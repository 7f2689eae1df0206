import type { ByteText } from '../legal-basis/domain/index.js';

const LINE_FEED = 0x0a;
const FIRST_SIZE = 1024 * 1024;

/** Lines gathered as bytes, in memory that grows with the longest gathering and is used again. */
export class ByteLines {
  private at = 0;

  constructor(private room: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(FIRST_SIZE)) {}

  add(line: ByteText): void {
    const end = this.at + line.length;
    if (end >= this.room.length) this.grow(end + 1);
    this.room.write(line, this.at, 'latin1');
    this.room[end] = LINE_FEED;
    this.at = end + 1;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.room.subarray(0, this.at);
  }

  private grow(needed: number): void {
    const wider = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.room.length));
    this.room.copy(wider, 0, 0, this.at);
    this.room = wider;
  }
}
