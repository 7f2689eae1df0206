import { decodeJson } from './decode-text.js';
import { FormatRefusal, limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own property of an object; a name such as `__proto__` never reaches a prototype. */
export function property(object: unknown, name: string): unknown {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Value below nested names; undefined as soon as one is missing. */
export function valueAt(object: unknown, ...names: readonly string[]): unknown {
  return names.reduce((value, name) => property(value, name), object);
}

export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().normalize('NFC');
  return text === '' ? null : text;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** RFC 6901: `~` and `/` inside a name are escaped. */
export function pointerTo(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** @throws FormatRefusal `file.limit.json`, `file.limit.json-depth`, `file.json.malformed` */
export function readJsonValue(bytes: Uint8Array): unknown {
  if (bytes.length > LIMITS.json.value) throw limitRefusal('json', bytes.length);
  const text = decodeJson(bytes);
  refuseDepth(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw malformed(text, error);
  }
}

/** Walks the brackets outside strings: the depth is known before anything is built. */
function refuseDepth(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charCodeAt(i);
    if (quoted) {
      if (character === 0x5c) i += 1;
      else if (character === 0x22) quoted = false;
    } else if (character === 0x22) quoted = true;
    else if (character === 0x5b || character === 0x7b) {
      depth += 1;
      if (depth > LIMITS['json-depth'].value) {
        throw limitRefusal('json-depth', depth, { line: text.slice(0, i).split('\n').length });
      }
    } else if (character === 0x5d || character === 0x7d) depth -= 1;
  }
}

function malformed(text: string, error: unknown): FormatRefusal {
  const message = error instanceof Error ? error.message : '';
  const position = Number(/at position (\d{1,9})/.exec(message)?.[1] ?? text.length);
  const line = text.slice(0, position).split('\n').length;
  return new FormatRefusal('file.json.malformed', {
    place: { line },
    found: text.slice(position, position + 40),
    expected: 'JSON',
  });
}
