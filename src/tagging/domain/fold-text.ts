/**
 * A text in the alphabet the tagger reads (lower case, no accents), with the way back: `offsets[i]` is the
 * place in the original of the i-th folded character, so that evidence can be shown in the person's own words.
 * Ordinary arrays: a typed one takes longer to make than a short text to read.
 */
export interface FoldedText {
  readonly codes: readonly number[];
  readonly offsets: readonly number[];
}

const TABLE_SIZE = 0x250;
const EXPANSIONS: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ĳ: 'ij' };

const single = new Uint16Array(TABLE_SIZE);
const double = new Uint16Array(TABLE_SIZE);
for (let code = 0; code < TABLE_SIZE; code += 1) {
  const lower = String.fromCharCode(code).toLowerCase();
  const plain = EXPANSIONS[lower] ?? lower.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  single[code] = plain.charCodeAt(0) || code;
  double[code] = plain.length > 1 ? plain.charCodeAt(1) : 0;
}

function foldOther(code: number): number {
  // Greek and Cyrillic: lower case is enough, their accents are rare in capitals and kept in words.
  return String.fromCharCode(code).toLowerCase().charCodeAt(0);
}

/** Folds the first `limit` characters; what lies beyond cannot change the trade of a text. */
export function foldText(text: string, limit = 20_000): FoldedText {
  const size = Math.min(text.length, limit);
  const codes: number[] = [];
  const offsets: number[] = [];
  for (let at = 0; at < size; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x300 && code <= 0x36f) continue;
    offsets.push(at);
    if (code >= TABLE_SIZE) {
      codes.push(foldOther(code));
      continue;
    }
    codes.push(single[code] as number);
    const second = double[code] as number;
    if (second === 0) continue;
    offsets.push(at);
    codes.push(second);
  }
  return { codes, offsets };
}
