import type { Place } from '../../kernel/index.js';
import { isObject } from './json-value.js';

const SHAPES: Readonly<Record<string, 'string' | 'number'>> = {
  sheet: 'string',
  row: 'number',
  column: 'string',
  page: 'number',
  position: 'number',
  line: 'number',
  xpath: 'string',
  pointer: 'string',
};
const KINDS = ['sheet', 'page', 'line', 'xpath', 'pointer'] as const;

/** True for a place as the contract writes it: one kind, its own parts, nothing else. */
export function isPlace(value: unknown): value is Place {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  return (
    KINDS.filter((kind) => names.includes(kind)).length === 1 &&
    names.every((name) => SHAPES[name] === typeof value[name]) &&
    (names.includes('sheet') || !(names.includes('row') || names.includes('column'))) &&
    (names.includes('page') || !names.includes('position'))
  );
}
