import { createHash, randomUUID } from 'node:crypto';

function format(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** A new UUID version 7: time-ordered, needs no central sequence. @source RFC 9562, section 5.7 */
export function newId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  // The random bits of a version 4, which come from a pool: thousands are asked for at once.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The same parts give the same UUID (version 8): the identity of what must exist once. */
export function deterministicId(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return format(digest.subarray(0, 16));
}
