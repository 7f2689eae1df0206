import { FormatRefusal } from './format-refusal.js';

/** Labels that a declaration may name, by the names TextDecoder knows. */
const DECLARED = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;

function byMark(bytes: Uint8Array): { encoding: string; skip: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', skip: 2 };
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0)
    return { encoding: 'utf-16le', skip: 0 };
  if (bytes[0] === 0 && bytes[1] === 0x3c && bytes[2] === 0 && bytes[3] !== 0)
    return { encoding: 'utf-16be', skip: 0 };
  return null;
}

function decoder(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new FormatRefusal('file.encoding.unknown', { found: encoding, expected: 'UTF-8' });
  }
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  try {
    return decoder(encoding).decode(bytes);
  } catch (error) {
    if (error instanceof FormatRefusal) throw error;
    throw new FormatRefusal('file.encoding.broken', { found: encoding, expected: encoding });
  }
}

/**
 * Text of an XML document: byte order mark first, then its declaration, then UTF-8. A program that declares one encoding
 * and writes UTF-8 is known by its bytes: they are no UTF-16, and the signs of no other text make UTF-8.
 */
export function decodeXml(bytes: Uint8Array): string {
  return withoutEdges(decodedXml(bytes));
}

function decodedXml(bytes: Uint8Array): string {
  const mark = byMark(bytes);
  if (mark) return decodeAs(mark.encoding, bytes.subarray(mark.skip));
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 300)).trimStart();
  const declared = DECLARED.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  const utf8 = declared === 'utf-8' ? null : asUtf8(bytes);
  return utf8 ?? decodeAs(declared, bytes);
}

/** Nothing may stand before a declaration; some programs fill up blocks behind the end. */
function withoutEdges(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end).replace(/^[\ufeff\s]+(?=<\?xml)/, '');
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Text of a JSON document: UTF-8 or UTF-16, as RFC 8259 and its ancestors allow. */
export function decodeJson(bytes: Uint8Array): string {
  const mark = byMark(bytes);
  return decodeAs(mark?.encoding ?? 'utf-8', bytes.subarray(mark?.skip ?? 0));
}

export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

/** The first is the likeliest: it is taken where the text does not tell. */
const SINGLE_BYTE = ['windows-1252', 'macintosh', 'iso-8859-15'] as const;

/**
 * Text of a file that declares no encoding. UTF-8 when it is valid UTF-8, else the one of windows-1252, MacRoman and
 * ISO-8859-15 whose signs are those of our languages, in places where they stand.
 */
export function decodeUndeclared(bytes: Uint8Array): DecodedText {
  const mark = byMark(bytes);
  if (mark) return { text: decodeAs(mark.encoding, bytes.subarray(mark.skip)), encoding: mark.encoding };
  const halfEmpty = utf16WithoutMark(bytes);
  if (halfEmpty) return { text: decodeAs(halfEmpty, bytes), encoding: halfEmpty };
  const utf8 = asUtf8(bytes);
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8' };
  const [best] = SINGLE_BYTE.map((encoding) => ({
    encoding,
    text: new TextDecoder(encoding).decode(bytes),
  })).toSorted((a, b) => strangeness(a.text) - strangeness(b.text));
  return best ?? { encoding: 'windows-1252', text: '' };
}

function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, 2_000);
  if (length < 4) return null;
  let [even, odd] = [0, 0];
  for (let i = 0; i < length; i += 1) {
    if (bytes[i] === 0) {
      if (i % 2 === 0) even += 1;
      else odd += 1;
    }
  }
  if (odd > length / 4 && even === 0) return 'utf-16le';
  if (even > length / 4 && odd === 0) return 'utf-16be';
  return null;
}

const USUAL = /[ŠšŽžàâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆßñíóáú²³°€«»’‘“”–—…·×±½¼µ§\u00a0]/u;

/** `½` in a word was an `œ`, `œ` after a figure was a `½`: bytes that two encodings read differently. */
const MISPLACED = /\p{L}[¼½¾]|[¼½¾]\p{L}|\d[ŒœŸ]/gu;

/** How many characters outside ASCII are not those of our languages, or not where they stand. */
function strangeness(text: string): number {
  let strange = text.match(MISPLACED)?.length ?? 0;
  for (const character of text) {
    if (character > '\u007f' && !USUAL.test(character)) strange += 1;
  }
  return strange;
}
