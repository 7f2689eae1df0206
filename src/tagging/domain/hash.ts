const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** FNV-1a, 32 bits, of folded characters `[from, to)`. */
export function hashCodes(codes: readonly number[], from: number, to: number): number {
  let hash = FNV_OFFSET;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (codes[at] as number), FNV_PRIME);
  return mixHash(hash);
}

/** A second opinion on characters `[from, to)`: two words of one hash are hardly ever spelled alike by this one too. */
export function spell(codes: readonly number[], from: number, to: number): number {
  let sum = to - from;
  for (let at = from; at < to; at += 1) sum = (Math.imul(sum, 31) + (codes[at] as number)) | 0;
  return sum;
}

export function hashString(text: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return mixHash(hash);
}

/** Spreads the bits of FNV, whose low ones are weak on short words. */
export function mixHash(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Order matters: pairs of words and steps of the lexicon are keyed by it. */
export function combineHashes(left: number, right: number): number {
  return mixHash(Math.imul(left, 0x9e3779b1) ^ (right + 0x7f4a7c15));
}

/** Where to look when another word has a hash: of 70,000 steps two share one of 32 bits in every other vocabulary. */
export function nextHash(hash: number): number {
  return mixHash(hash ^ 0x5bd1e995);
}
