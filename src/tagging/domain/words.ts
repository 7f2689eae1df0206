import { foldText } from './fold-text.js';
import { isStopHash } from './stop-words.js';
import { hashCodes } from './hash.js';

/** The words of a text, as parallel arrays because some thousand texts are read a second. */
export interface Words {
  readonly count: number;
  /** Folded characters of all words; word i is `codes[from[i]..to[i])`. */
  readonly codes: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Where the light stem of word i ends in `codes`. */
  readonly stemTo: readonly number[];
  readonly stemHash: readonly number[];
  /** 1 for a word that carries no trade. */
  readonly stop: readonly number[];
  /** Offsets of word i in the original text. */
  readonly start: readonly number[];
  readonly end: readonly number[];
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
function stemEnd(codes: readonly number[], from: number, to: number): number {
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
  const { codes, offsets } = foldText(text, limit);
  const from: number[] = [];
  const to: number[] = [];
  const stemTo: number[] = [];
  const stemHash: number[] = [];
  const stop: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  for (let at = 0; at < codes.length;) {
    const word = at;
    let digits = false;
    for (; at < codes.length; at += 1) {
      const code = codes[at] as number;
      if (isLetter(code)) continue;
      if (!isDigit(code)) break;
      digits = true;
    }
    if (at === word) {
      at += 1;
      continue;
    }
    if (digits || at - word > 60) continue;
    const stem = stemEnd(codes, word, at);
    from.push(word);
    to.push(at);
    stemTo.push(stem);
    stemHash.push(hashCodes(codes, word, stem));
    stop.push(at - word < 2 || isStopHash(hashCodes(codes, word, at)) ? 1 : 0);
    start.push(offsets[word] as number);
    end.push((offsets[at - 1] as number) + 1);
  }
  return { count: from.length, codes, from, to, stemTo, stemHash, stop, start, end };
}
