import type { Day, Decimal, Language, Money } from '../../kernel/index.js';

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-BE', nl: 'nl-BE', de: 'de-BE', en: 'en-IE' };
const TIME_ZONE = 'Europe/Brussels';

/** The BCP 47 name of a language as it is written in Belgium; English is the English of Ireland, also in euros. */
export function localeOf(language: Language): string {
  return LOCALES[language];
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language}${JSON.stringify(options)}`;
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(LOCALES[language], options);
  numberFormats.set(key, known);
  return known;
}

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}${JSON.stringify(options)}`;
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], options);
  dateFormats.set(key, known);
  return known;
}

/** A number or an exact decimal, with at most `digits` decimals (3 unless told). */
export function formatNumber(language: Language, value: number | Decimal, digits = 3): string {
  return numberFormat(language, { maximumFractionDigits: digits }).format(value as Intl.StringNumericLiteral);
}

/** An amount, exact to the cent; cents are left out when there are none. */
export function formatMoney(language: Language, money: Money): string {
  const options = {
    style: 'currency',
    currency: money.currency,
    trailingZeroDisplay: 'stripIfInteger',
  } as const;
  return numberFormat(language, options).format(money.amount as Intl.StringNumericLiteral);
}

/** A share between 0 and 1 as a percentage without decimals. */
export function formatShare(language: Language, share: number): string {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** `24 novembre 2026`. */
export function formatDay(language: Language, day: Day): string {
  const noon = new Date(`${day}T12:00:00Z`);
  return firstInWords(language, dateFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(noon));
}

/** `24/11/2026`, for the narrow columns of a table. */
export function formatShortDay(language: Language, day: Day): string {
  const noon = new Date(`${day}T12:00:00Z`);
  const options = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' } as const;
  return dateFormat(language, options).format(noon);
}

/** The name of a language by its two letters: 'nl' is Dutch. */
export function languageName(language: Language, code: string): string {
  return new Intl.DisplayNames([localeOf(language)], { type: 'language' }).of(code) ?? code;
}

/** `mars`. @param month 1 to 12 */
export function monthName(language: Language, month: number): string {
  const middle = new Date(Date.UTC(2026, month - 1, 15));
  return dateFormat(language, { month: 'long', timeZone: 'UTC' }).format(middle);
}

/** `24 novembre 2026 à 14:05`, in Brussels time. */
export function formatInstant(language: Language, instant: Date): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: TIME_ZONE } as const;
  return firstInWords(language, dateFormat(language, options).format(instant));
}

/** French says "1er décembre", which the tables of Unicode do not know. */
function firstInWords(language: Language, day: string): string {
  return language === 'fr' ? day.replace(/^1(?=\s)/, '1er') : day;
}
