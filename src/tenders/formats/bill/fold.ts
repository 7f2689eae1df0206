const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 200;
/** The cells of a sheet are looked at as header, title, sum and line in turn: the same text many times over. */
const remembered = new Map<string, string>();

/** Lower case, without accents, punctuation as spaces, one space between words: how words are compared. */
export function fold(text: string): string {
  if (text.length > LONGEST_REMEMBERED) return folded(text);
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const made = folded(text);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, made);
  return made;
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'oe')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Text with single spaces, no line breaks, NFC: what a label becomes. */
export function oneLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
