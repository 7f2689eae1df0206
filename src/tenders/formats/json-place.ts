import type { Place } from '../../kernel/index.js';
import { isObject } from './json-value.js';

const SHAPES: Readonly<Record<string, 'string' | 'number'>> = {
  sheet: 'string',
  row: 'number',
  column: 'string',
  table: 'number',
  paragraph: 'number',
  page: 'number',
  position: 'number',
  line: 'number',
  xpath: 'string',
  pointer: 'string',
};
const KINDS = ['sheet', 'page', 'line', 'xpath', 'pointer'] as const;
const OF_SHEETS = ['row', 'column', 'table', 'paragraph'];

/** True for a place as the contract writes it: one kind, its own parts, nothing else. */
export function isPlace(value: unknown): value is Place {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  // A line is one of a page where there are pages.
  const kinds = KINDS.filter((kind) => names.includes(kind) && !(kind === 'line' && names.includes('page')));
  return (
    kinds.length === 1 &&
    names.every((name) => SHAPES[name] === typeof value[name]) &&
    (names.includes('sheet') || !names.some((name) => OF_SHEETS.includes(name))) &&
    (names.includes('page') || !names.includes('position'))
  );
}
