/** A code of the Common Procurement Vocabulary 2008, eight digits without the check digit. */
export type Cpv = string;

/** True for the shape of a code; whether it exists is the catalogue's to say. */
export function isCpvShape(text: unknown): text is Cpv {
  return typeof text === 'string' && /^\d{8}$/.test(text);
}

/** Number of significant digits, 2 to 8: a division such as 30000000 still has two. */
export function cpvDepth(code: Cpv): number {
  let depth = code.length;
  while (depth > 2 && code[depth - 1] === '0') depth -= 1;
  return depth;
}

/** True when `ancestor` is `code` itself or stands above it in the hierarchy. */
export function cpvCovers(ancestor: Cpv, code: Cpv): boolean {
  return code.startsWith(ancestor.slice(0, cpvDepth(ancestor)));
}

export function cpvDivision(code: Cpv): string {
  return code.slice(0, 2);
}
