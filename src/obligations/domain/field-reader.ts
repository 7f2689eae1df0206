import {
  compareDecimals,
  isDay,
  isDecimal,
  type Day,
  type Decimal,
  type Problem,
} from '../../kernel/index.js';

/** Longest text of a field, in characters. */
export const TEXT_MAX = 1000;
const LARGEST = '9999999999';

/** Reads what a form or a call sends, field by field, and keeps what is wrong with each. */
export class FieldReader {
  readonly problems: Problem[] = [];

  constructor(private readonly given: Readonly<Record<string, unknown>>) {}

  refuse(code: string, field: string, found: string | null = null, expected: string | null = null): void {
    this.problems.push({
      code: `obligation.${code}`,
      severity: 'error',
      place: { pointer: `/${field}` },
      found,
      expected,
    });
  }

  optionalText(field: string): string | null {
    const value = this.given[field];
    const text = typeof value === 'string' ? value.trim().normalize('NFC') : '';
    if (text.length > TEXT_MAX) this.refuse('text.too-long', field, String(text.length), String(TEXT_MAX));
    return text === '' ? null : text;
  }

  /** @returns an empty text when it is missing, which is then a problem */
  text(field: string): string {
    const text = this.optionalText(field);
    if (text === null) this.refuse(`missing.${field}`, field);
    return text ?? '';
  }

  oneOf<Choice extends string>(field: string, choices: readonly Choice[]): Choice {
    const found = choices.find((choice) => choice === this.given[field]);
    if (found === undefined)
      this.refuse(`missing.${field}`, field, this.optionalText(field), choices.join(', '));
    return found ?? choices[0]!;
  }

  /** A day no later than `latest` and no earlier than `earliest`. */
  day(field: string, latest: Day, earliest: Day | null = null): Day {
    const found = this.optionalText(field);
    if (found === null || !isDay(found)) this.refuse('day.unreadable', field, found, latest);
    else if (found > latest) this.refuse('day.future', field, found, latest);
    else if (earliest !== null && found < earliest) this.refuse('day.before', field, found, earliest);
    return found ?? latest;
  }

  /** A number above zero, with at most two decimals. */
  optionalQuantity(field: string): Decimal | null {
    const found = this.optionalText(field);
    if (found === null) return null;
    if (!isDecimal(found) || !/^\d+(\.\d{1,2})?$/.test(found) || !isBetween(found, '0', LARGEST))
      this.refuse('quantity.unreadable', field, found, '1234.50');
    return found;
  }

  quantity(field: string): Decimal {
    const found = this.optionalQuantity(field);
    if (found === null) this.refuse(`missing.${field}`, field);
    return found ?? '0';
  }

  /** A fraction above 0 and at most 1, with at most six decimals. */
  optionalShare(field: string): Decimal | null {
    const found = this.optionalText(field);
    if (found === null) return null;
    if (!/^\d(\.\d{1,6})?$/.test(found) || !isBetween(found, '0', '1'))
      this.refuse('share.unreadable', field, found, '0.05');
    return found;
  }
}

function isBetween(value: Decimal, above: Decimal, upTo: Decimal): boolean {
  return compareDecimals(value, above) > 0 && compareDecimals(value, upTo) <= 0;
}
