import { Refusal } from '../../kernel/index.js';

const SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && SHAPE.test(value);
}

/** The id of an address. One of another shape names nothing. @throws Refusal `not-found` */
export function uuid(text: string): string {
  if (!SHAPE.test(text)) throw new Refusal('not-found');
  return text.toLowerCase();
}
