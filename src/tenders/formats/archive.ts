import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { FormatRefusal, limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly from: number;
  readonly to: number;
  readonly checksum: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const ENCRYPTED = 1;
const CHUNK = 64 * 1024;
const STORED = 0;
const DEFLATED = 8;

/** An archive whose every entry was inflated once and counted: what it holds is known to fit. */
export interface Archive {
  readonly names: readonly string[];
  /** Inflated bytes of an entry; null when there is none of that name. */
  read(name: string): Uint8Array | null;
}

/**
 * Opens a ZIP by its directory. Declared sizes are not believed: each entry is inflated and the real bytes counted,
 * all together, before anybody reads one. Entries that overlap, or whose checksum is wrong, are refused.
 * @throws FormatRefusal `file.corrupt`, `file.encrypted`, `file.limit.entries`, `file.limit.inflated`
 */
export function openArchive(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  refuseOverlap(entries);
  let total = 0;
  for (const entry of entries) {
    let sum = 0;
    total += inflate(bytes, entry, total, (part) => {
      sum = crc32(part, sum);
    });
    if (sum !== entry.checksum) throw corrupt(entry.name);
  }
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    names: entries.map((entry) => entry.name),
    read: (name) => {
      const entry = byName.get(name);
      return entry ? inflated(bytes, entry) : null;
    },
  };
}

function corrupt(found: string): FormatRefusal {
  return new FormatRefusal('file.corrupt', { found, expected: 'ZIP' });
}

function readDirectory(bytes: Uint8Array, view: DataView): readonly Entry[] {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > LIMITS.entries.value) throw limitRefusal('entries', count);
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw corrupt('directory');
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) {
      throw new FormatRefusal('file.encrypted', { found: name });
    }
    const method = view.getUint16(at + 10, true);
    entries.push({ name, method, checksum: view.getUint32(at + 16, true), ...dataRange(bytes, view, at) });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_SIZE - LONGEST_COMMENT);
  for (let at = view.byteLength - END_SIZE; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new FormatRefusal('file.truncated', { found: String(view.byteLength), expected: 'ZIP' });
}

function dataRange(bytes: Uint8Array, view: DataView, at: number): { from: number; to: number } {
  const size = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL_HEADER)
    throw corrupt('local header');
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const to = from + size;
  if (to > bytes.length)
    throw new FormatRefusal('file.truncated', { found: String(bytes.length), expected: String(to) });
  return { from, to };
}

function refuseOverlap(entries: readonly Entry[]): void {
  const inOrder = entries.filter((entry) => entry.to > entry.from).toSorted((a, b) => a.from - b.from);
  inOrder.reduce((until, entry) => {
    if (entry.from < until) throw corrupt(entry.name);
    return entry.to;
  }, 0);
}

function inflated(bytes: Uint8Array, entry: Entry): Uint8Array {
  const parts: Uint8Array[] = [];
  const size = inflate(bytes, entry, 0, (part) => parts.push(part));
  const whole = new Uint8Array(size);
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
}

/** Real bytes of one entry, given away part by part; stops as soon as they are too many. */
function inflate(
  bytes: Uint8Array,
  entry: Entry,
  before: number,
  onPart: (part: Uint8Array) => void,
): number {
  const raw = bytes.subarray(entry.from, entry.to);
  let size = 0;
  const take = (part: Uint8Array): void => {
    size += part.length;
    if (before + size > LIMITS.inflated.value) throw limitRefusal('inflated', before + size);
    onPart(part);
  };
  if (entry.method === STORED) take(raw);
  else if (entry.method === DEFLATED) inflateInto(raw, entry.name, take);
  else throw corrupt(`${entry.name}: method ${entry.method}`);
  return size;
}

function inflateInto(raw: Uint8Array, name: string, take: (part: Uint8Array) => void): void {
  const stream = new Inflate(take);
  try {
    for (let from = 0; from < raw.length || from === 0; from += CHUNK) {
      stream.push(raw.subarray(from, from + CHUNK), from + CHUNK >= raw.length);
    }
  } catch (error) {
    if (error instanceof FormatRefusal) throw error;
    throw corrupt(name);
  }
}
