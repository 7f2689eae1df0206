import { Transform } from 'class-transformer';

/** Marks that come along invisibly when people paste: direction, joiners, the mark of a file's beginning. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** `@Pasted()` on a field of one line: what came around and between the characters without being seen goes. */
export function Pasted(): PropertyDecorator {
  return Transform(({ value }) => (typeof value === 'string' ? value.replace(INVISIBLE, '').trim() : value));
}
