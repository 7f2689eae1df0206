import { foldText } from './fold-text.js';
import { isStopHash } from './stop-words.js';
import { hashCodes } from './hash.js';

/** The words of a text, as parallel arrays because a text is read three thousand times a second. */
export interface Words {
  readonly count: number;
  /** Folded characters of all words; word i is `codes[from[i]..to[i])`. */
  readonly codes: Uint16Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Where the light stem of word i ends in `codes`. */
  readonly stemTo: Int32Array;
  readonly stemHash: Int32Array;
  readonly stop: Uint8Array;
  /** Offsets of word i in the original text. */
  readonly start: Int32Array;
  readonly end: Int32Array;
}

const A = 97;
const Z = 122;
const S = 115;
const X = 120;
const E = 101;
const N = 110;

function isLetter(code: number): boolean {
  if (code >= A && code <= Z) return true;
  if (code < 0xaa) return false;
  return code >= 0x370 ? code < 0x2000 || code > 0x2fff : code !== 0xd7 && code !== 0xf7 && code >= 0xc0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Plural and agreement endings shared by the four languages; both texts and lexicon pass through it. */
function stemEnd(codes: Uint16Array, from: number, to: number): number {
  let end = to;
  const last = codes[end - 1];
  if (end - from > 3 && (last === S || last === X)) end -= 1;
  if (end - from > 5 && codes[end - 1] === N && codes[end - 2] === E) return end - 2;
  if (end - from > 4 && codes[end - 1] === E) end -= 1;
  return end;
}

/**
 * Splits a text into words. Words that hold a digit (references, quantities, dates) are dropped: they say
 * nothing about the trade.
 */
export function splitWords(text: string, limit?: number): Words {
  const folded = foldText(text, limit);
  const { codes, offsets, length } = folded;
  const room = (length >> 1) + 1;
  const words = {
    count: 0,
    codes,
    from: new Int32Array(room),
    to: new Int32Array(room),
    stemTo: new Int32Array(room),
    stemHash: new Int32Array(room),
    stop: new Uint8Array(room),
    start: new Int32Array(room),
    end: new Int32Array(room),
  };
  let at = 0;
  while (at < length) {
    const first = codes[at] as number;
    if (!isLetter(first) && !isDigit(first)) {
      at += 1;
      continue;
    }
    const from = at;
    let digits = false;
    while (at < length && (isLetter(codes[at] as number) || isDigit(codes[at] as number))) {
      digits ||= isDigit(codes[at] as number);
      at += 1;
    }
    if (digits || at - from > 60) continue;
    const i = words.count;
    words.from[i] = from;
    words.to[i] = at;
    words.stemTo[i] = stemEnd(codes, from, at);
    words.stemHash[i] = hashCodes(codes, from, words.stemTo[i] as number);
    words.stop[i] = at - from < 2 || isStopHash(hashCodes(codes, from, at)) ? 1 : 0;
    words.start[i] = offsets[from] as number;
    words.end[i] = (offsets[at - 1] as number) + 1;
    words.count = i + 1;
  }
  return words;
}
