/** Three-letter country codes of notices to the two letters of ISO 3166-1, for Europe and its usual bidders. */
const TWO_LETTERS: Readonly<Record<string, string>> = {
  AUT: 'AT',
  BEL: 'BE',
  BGR: 'BG',
  CYP: 'CY',
  CZE: 'CZ',
  DEU: 'DE',
  DNK: 'DK',
  ESP: 'ES',
  EST: 'EE',
  FIN: 'FI',
  FRA: 'FR',
  GRC: 'GR',
  HRV: 'HR',
  HUN: 'HU',
  IRL: 'IE',
  ITA: 'IT',
  LTU: 'LT',
  LUX: 'LU',
  LVA: 'LV',
  MLT: 'MT',
  NLD: 'NL',
  POL: 'PL',
  PRT: 'PT',
  ROU: 'RO',
  SVK: 'SK',
  SVN: 'SI',
  SWE: 'SE',
  GBR: 'GB',
  NOR: 'NO',
  ISL: 'IS',
  LIE: 'LI',
  CHE: 'CH',
  MCO: 'MC',
  AND: 'AD',
  SMR: 'SM',
  VAT: 'VA',
  ALB: 'AL',
  BIH: 'BA',
  MKD: 'MK',
  MNE: 'ME',
  SRB: 'RS',
  XKX: 'XK',
  '1A0': 'XK',
  TUR: 'TR',
  UKR: 'UA',
  MDA: 'MD',
  GEO: 'GE',
  ARM: 'AM',
  USA: 'US',
  CAN: 'CA',
};

/** `BEL` or `BE` to `BE`; null for a code that is not a country we know. */
export function countryCode(code: string | null): string | null {
  if (code === null) return null;
  const upper = code.toUpperCase();
  if (/^[A-Z]{2}$/.test(upper)) return upper === 'UK' ? 'GB' : upper === 'EL' ? 'GR' : upper;
  return TWO_LETTERS[upper] ?? null;
}

const BEYOND_EUROPE = new Set(['CA', 'US']);

/** Whether two letters begin codes of regions in Europe. */
export function isEuropean(letters: string): boolean {
  const code = countryCode(letters);
  return code !== null && Object.values(TWO_LETTERS).includes(code) && !BEYOND_EUROPE.has(code);
}

const LANGUAGES: Readonly<Record<string, string>> = {
  BUL: 'bg',
  CES: 'cs',
  DAN: 'da',
  DEU: 'de',
  ELL: 'el',
  ENG: 'en',
  EST: 'et',
  FIN: 'fi',
  FRA: 'fr',
  GLE: 'ga',
  HRV: 'hr',
  HUN: 'hu',
  ITA: 'it',
  LAV: 'lv',
  LIT: 'lt',
  MLT: 'mt',
  NLD: 'nl',
  POL: 'pl',
  POR: 'pt',
  RON: 'ro',
  SLK: 'sk',
  SLV: 'sl',
  SPA: 'es',
  SWE: 'sv',
  NOR: 'no',
  ISL: 'is',
};

/** `FRA`, `FR` or `fr-BE` to `fr`; null for what is not a language code we know. */
export function languageCode(code: string | null): string | null {
  if (code === null) return null;
  const [first = ''] = code.split('-');
  if (/^[A-Za-z]{2}$/.test(first)) return first.toLowerCase();
  return LANGUAGES[first.toUpperCase()] ?? null;
}
