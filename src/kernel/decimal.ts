/** A decimal number as text, `-?\d+(\.\d+)?`: exact, never a float. */
export type Decimal = string;

/** An amount of money, VAT excluded unless its owner says otherwise. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

const SHAPE = /^(-?)(\d+)(?:\.(\d+))?$/;

interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

function parse(text: Decimal): Scaled {
  const match = SHAPE.exec(text);
  if (!match) throw new RangeError(`not a decimal: ${text}`);
  const fraction = match[3] ?? '';
  return { units: BigInt(`${match[1]}${match[2]}${fraction}`), scale: fraction.length };
}

function rescale({ units, scale }: Scaled, to: number): bigint {
  return units * 10n ** BigInt(to - scale);
}

function format({ units, scale }: Scaled): Decimal {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

export function isDecimal(text: unknown): text is Decimal {
  return typeof text === 'string' && SHAPE.test(text);
}

/** Negative, zero or positive, like a sort comparator. @throws RangeError when either is not a decimal */
export function compareDecimals(left: Decimal, right: Decimal): number {
  if (isShort(left) && isShort(right)) return compare(Number(left), Number(right));
  const [a, b] = [parse(left), parse(right)];
  const scale = Math.max(a.scale, b.scale);
  return compare(rescale(a, scale), rescale(b, scale));
}

/** Decimals of up to 15 digits keep their order as doubles, and no two of them share one: nothing to scale then. */
function isShort(text: Decimal): boolean {
  return text.length <= 15 && isDecimal(text);
}

function compare<N extends number | bigint>(left: N, right: N): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b] = [parse(left), parse(right)];
  const scale = Math.max(a.scale, b.scale);
  return format({ units: rescale(a, scale) + rescale(b, scale), scale });
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b] = [parse(left), parse(right)];
  const scale = Math.max(a.scale, b.scale);
  return format({ units: rescale(a, scale) - rescale(b, scale), scale });
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b] = [parse(left), parse(right)];
  return format({ units: a.units * b.units, scale: a.scale + b.scale });
}

/** Half away from zero, as amounts are rounded on Belgian invoices. */
export function roundDecimal(value: Decimal, scale: number): Decimal {
  const parsed = parse(value);
  if (parsed.scale <= scale) return format({ units: rescale(parsed, scale), scale });
  const divisor = 10n ** BigInt(parsed.scale - scale);
  const half = parsed.units < 0n ? -divisor / 2n : divisor / 2n;
  return format({ units: (parsed.units + half) / divisor, scale });
}
