/** Belgian enterprise number (numéro BCE, ondernemingsnummer): ten digits, `0123456749`. */
export type EnterpriseNumber = string;

/**
 * Reads what people paste: `BE 0123.456.749`, `0123 456 749`, nine digits of before 2023.
 * @returns ten digits, or null when it is not a number with a right check pair
 * @source docs/legal-basis: check pair = 97 - (first eight mod 97); first digit 0 or 1
 */
export function parseEnterpriseNumber(text: string): EnterpriseNumber | null {
  const digits = text
    .normalize('NFKC')
    .replace(/^\s*BE/i, '')
    .replace(/[\s.\-/\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '');
  const padded = digits.length === 9 ? `0${digits}` : digits;
  if (!/^[01]\d{9}$/.test(padded)) return null;
  return 97 - (Number(padded.slice(0, 8)) % 97) === Number(padded.slice(8)) ? padded : null;
}

/** `0123.456.749`, as the register prints it. */
export function formatEnterpriseNumber(number: EnterpriseNumber): string {
  return `${number.slice(0, 4)}.${number.slice(4, 7)}.${number.slice(7)}`;
}
