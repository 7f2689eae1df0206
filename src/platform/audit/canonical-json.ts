import { isKeepable } from '../keepable.js';

/** What an audit entry may hold: values that come back from the database exactly as they went in. */
export type Plain =
  string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain | undefined };

/**
 * One text for one value, whatever the order of its members.
 * @source RFC 8785, restricted to safe integers; absent members are left out
 * @throws RangeError for a number that is not a safe integer and for a text the database cannot keep
 */
export function canonicalJson(value: Plain): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`not a safe integer: ${value}`);
  if (typeof value === 'string' && !isKeepable(value))
    throw new RangeError('a text the database cannot keep');
  if (value === null || typeof value !== 'object') return JSON.stringify(value === 0 ? 0 : value);
  if (Array.isArray(value)) return `[${(value as readonly Plain[]).map(canonicalJson).join(',')}]`;
  const members = Object.entries(value as Readonly<Record<string, Plain | undefined>>)
    .filter((member): member is [string, Plain] => member[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
