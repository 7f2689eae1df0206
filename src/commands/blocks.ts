const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Whole lines of a file in UTF-8, about as many as one read brings, and how many came before them. */
export interface Block {
  readonly before: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Cuts a file into blocks between its lines, in the memory of one read, or of one line where that is longer. */
export async function* blocksOf(reads: AsyncIterable<Buffer>): AsyncGenerator<Block> {
  let before = 0;
  let begun: Buffer[] = [];
  for await (const read of reads) {
    const end = read.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) {
      begun.push(read);
      continue;
    }
    const bytes = joined([...begun, read.subarray(0, end)]);
    begun = end === read.length ? [] : [read.subarray(end)];
    yield { before, bytes };
    before += count(read.subarray(0, end));
  }
  if (begun.length > 0) yield { before, bytes: joined(begun) };
}

/** In memory of its own, so that it can be handed to a thread. */
function joined(parts: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function count(lines: Buffer): number {
  let found = 0;
  for (let at = lines.indexOf(LINE_FEED); at !== -1; at = lines.indexOf(LINE_FEED, at + 1)) found += 1;
  return found;
}

export interface Line {
  readonly text: string;
  /** Counts every line of the file from 1. */
  readonly number: number;
}

/** Its lines without their ends; blank ones are left out. */
export function* linesOf({ before, bytes }: Block): Generator<Line> {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marked = before === 0 && block.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const text = block.toString('utf8', marked ? BYTE_ORDER_MARK.length : 0);
  let number = before;
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    number += 1;
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    if (line.trim() !== '') yield { text: line, number };
  }
}
