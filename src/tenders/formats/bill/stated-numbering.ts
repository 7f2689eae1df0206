import type { Numbering } from '../../domain/index.js';

/** Catalogues of building articles of our regions, as bills name them. */
const SYSTEM = /\b(cctb|qualiroutes|stabu|stlb(?:-bau)?|vmsw|cct[- ]?qualiroutes)\b/i;
/** `01.11`, `v. 01.09`; else a year. */
const EDITIONS = [/\b\d{2}\.\d{2}\b/, /\b(?:19|20)\d{2}(?:-\d{2})?\b/];
const NEAR = 60;

/** The catalogue a bill says it follows, when it says which edition; null otherwise. */
export function statedNumbering(texts: readonly string[]): Numbering | null {
  for (const text of texts) {
    const named = SYSTEM.exec(text);
    if (!named) continue;
    const near = text.slice(named.index + named[0].length, named.index + named[0].length + NEAR);
    const edition = EDITIONS.map((pattern) => pattern.exec(near)?.[0]).find((found) => found !== undefined);
    if (edition !== undefined) return { system: named[0].toUpperCase(), edition };
  }
  return null;
}
