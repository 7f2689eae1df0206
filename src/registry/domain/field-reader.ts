import { isDay, isDecimal, type Problem } from '../../kernel/index.js';

/** An object of which nothing is known yet. */
export type Bag = Readonly<Record<string, unknown>>;

const isAmount = (value: unknown): value is string => isDecimal(value) && !value.startsWith('-');

/** Reads one value after the other, keeping every problem with its JSON pointer; a bad value reads as null. */
export class FieldReader {
  readonly problems: Problem[] = [];

  /** @param room first part of every code */
  constructor(private readonly room: string) {}

  say(
    pointer: string,
    code: string,
    found: unknown,
    expected: string,
    params: Record<string, string | number> = {},
  ): void {
    const text = found === undefined ? null : typeof found === 'string' ? found : JSON.stringify(found);
    this.problems.push({
      code: `${this.room}.${code}`,
      severity: 'error',
      place: { pointer },
      found: text === null ? null : text.slice(0, 200),
      expected,
      params,
    });
  }

  bag(value: unknown, pointer: string): Bag {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Bag;
    if (value !== undefined && value !== null) this.say(pointer, 'object.expected', value, 'object');
    return {};
  }

  list(value: unknown, pointer: string, max: number): readonly unknown[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.say(pointer, 'list.expected', value, 'list');
      return [];
    }
    if (value.length > max) {
      this.say(pointer, 'list.too-long', value.length, `at most ${max}`, { max, count: value.length });
      return [];
    }
    return value;
  }

  optional<T>(
    value: unknown,
    pointer: string,
    code: string,
    expected: string,
    is: (v: unknown) => v is T,
  ): T | null {
    if (value === undefined || value === null) return null;
    if (is(value)) return value;
    this.say(pointer, code, value, expected);
    return null;
  }

  day(value: unknown, pointer: string): string | null {
    return this.optional(value, pointer, 'day.unreadable', 'YYYY-MM-DD', isDay);
  }

  amount(value: unknown, pointer: string): string | null {
    const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
    return this.optional(text, pointer, 'amount.unreadable', '1234.50', isAmount);
  }

  text(value: unknown, pointer: string): string | null {
    return this.optional(value, pointer, 'text.expected', 'text', (v): v is string => typeof v === 'string');
  }

  number(value: unknown, pointer: string): number | null {
    return this.optional(value, pointer, 'number.expected', 'number', (v): v is number => Number.isFinite(v));
  }

  flag(value: unknown, pointer: string, otherwise: boolean): boolean {
    const read = this.optional(
      value,
      pointer,
      'flag.expected',
      'true or false',
      (v): v is boolean => typeof v === 'boolean',
    );
    return read ?? otherwise;
  }
}
