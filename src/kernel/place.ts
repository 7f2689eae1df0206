/**
 * A place as a key: `nis:62096` (Belgian municipality), `nuts:BE332` (any level), `postal:BE-4100`,
 * `geo:50.5986,5.5079` (WGS 84, latitude first).
 */
export type SiteKey = string;

const SHAPES = [
  /^nis:\d{5}$/,
  /^nuts:[A-Z]{2}[0-9A-Z]{0,3}$/,
  /^postal:[A-Z]{2}-[0-9A-Z -]{2,10}$/,
  /^geo:-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/,
];

export function isSiteKey(text: unknown): text is SiteKey {
  return typeof text === 'string' && SHAPES.some((shape) => shape.test(text));
}
