import { isCpvShape, isDay, isDecimal, type Money, type Problem } from '../../kernel/index.js';
import { isObject, pointerTo, property } from './json-value.js';
import { decimalOf } from './stated-values.js';

const SHOWN = 200;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A day, or a moment with its zone. */
export function isMoment(value: unknown): value is string {
  if (isDay(value)) return true;
  return typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value));
}

/**
 * Reads the fields of one JSON object. A field of the wrong shape is `null` and leaves a problem with its pointer;
 * a name we do not know leaves a warning, so that a typing error is not a silent loss.
 */
export class JsonFields {
  private readonly read = new Set<string>();

  constructor(
    private readonly value: unknown,
    private readonly path: readonly (string | number)[],
    private readonly problems: Problem[],
  ) {
    if (value !== undefined && value !== null && !isObject(value)) this.mismatch(this.path, value, 'object');
  }

  text(name: string): string | null {
    const value = this.take(name);
    if (value === null) return null;
    if (typeof value === 'string') return value.normalize('NFC').trim() || null;
    return this.mismatch([...this.path, name], value, 'text');
  }

  flag(name: string): boolean {
    const value = this.take(name);
    if (value === null || typeof value === 'boolean') return value ?? false;
    this.mismatch([...this.path, name], value, 'true | false');
    return false;
  }

  decimal(name: string): string | null {
    const value = this.take(name);
    if (value === null || isDecimal(value)) return value;
    if (typeof value === 'number') return decimalOf(value);
    return this.mismatch([...this.path, name], value, '"1250.00"');
  }

  wholeNumber(name: string): number | null {
    const value = this.take(name);
    if (value === null || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0))
      return value;
    return this.mismatch([...this.path, name], value, '0, 1, 2 …');
  }

  day(name: string): string | null {
    const value = this.take(name);
    if (value === null || isDay(value)) return value;
    return this.mismatch([...this.path, name], value, '2026-03-02');
  }

  moment(name: string): string | null {
    const value = this.take(name);
    if (value === null || isMoment(value)) return value;
    return this.mismatch([...this.path, name], value, '2026-04-10T12:00:00+02:00');
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T | null {
    const value = this.take(name);
    if (value === null) return null;
    return (
      known.find((word) => word === value) ?? this.mismatch([...this.path, name], value, known.join(' | '))
    );
  }

  texts(name: string): readonly string[] {
    return this.items(name).flatMap(({ value, path }) => {
      if (typeof value === 'string' && value.trim() !== '') return [value.normalize('NFC').trim()];
      this.mismatch(path, value, 'text');
      return [];
    });
  }

  cpv(name: string): readonly string[] {
    const codes = this.items(name).flatMap(({ value, path }) => {
      const code = typeof value === 'string' ? value.replace(/-\d$/, '') : value;
      if (isCpvShape(code)) return [code];
      this.mismatch(path, value, '"45442100"');
      return [];
    });
    return [...new Set(codes)];
  }

  /** `{"amount":"1234.50","currency":"EUR"}`. */
  money(name: string): Money | null {
    const value = this.take(name);
    if (value === null) return null;
    const amount = property(value, 'amount');
    const decimal = typeof amount === 'number' ? decimalOf(amount) : amount;
    const currency = property(value, 'currency');
    if (isDecimal(decimal) && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)) {
      return { amount: decimal, currency };
    }
    return this.mismatch([...this.path, name], value, '{"amount":"1234.50","currency":"EUR"}');
  }

  /** The object under a name, possibly absent. */
  object(name: string): JsonFields {
    return new JsonFields(this.take(name) ?? undefined, [...this.path, name], this.problems);
  }

  has(name: string): boolean {
    return this.take(name) !== null;
  }

  objects(name: string): readonly JsonFields[] {
    return this.items(name).map(({ value, path }) => new JsonFields(value, path, this.problems));
  }

  raw(name: string): unknown {
    return this.take(name);
  }

  get pointer(): string {
    return pointerTo(...this.path);
  }

  /** Call when every known name was read: what is left is not ours. */
  tellUnknownNames(): void {
    if (!isObject(this.value)) return;
    for (const name of Object.keys(this.value).filter((key) => !this.read.has(key))) {
      this.problems.push({
        code: 'json.name.unknown',
        severity: 'warning',
        place: { pointer: pointerTo(...this.path, name) },
        found: name.slice(0, SHOWN),
        expected: null,
      });
    }
  }

  private take(name: string): unknown {
    this.read.add(name);
    return property(this.value, name) ?? null;
  }

  private items(name: string): readonly { value: unknown; path: readonly (string | number)[] }[] {
    const value = this.take(name);
    if (value === null) return [];
    const path = [...this.path, name];
    if (Array.isArray(value))
      return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }));
    this.mismatch(path, value, '[ … ]');
    return [];
  }

  private mismatch(path: readonly (string | number)[], value: unknown, expected: string): null {
    this.problems.push({
      code: 'json.field.unreadable',
      severity: 'error',
      place: { pointer: pointerTo(...path) },
      found: JSON.stringify(value).slice(0, SHOWN),
      expected,
    });
    return null;
  }
}
