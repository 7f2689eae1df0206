/** Folded, without articles and plural endings: `Les carrelages` and `carrelage` ask the same. */
export function plainWords(text: string): readonly string[] {
  const folded = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('ß', 'ss');
  const words = folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  return words.map((word) => (word.length > 4 ? word.replace(/(en|s|x|e|n)$/, '') : word));
}
