import { fold } from './fold.js';

/** Words for a unit in the four languages, to one spelling. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  m2: [
    'm2',
    'm 2',
    'm²',
    'metre carre',
    'metres carres',
    'vierkante meter',
    'qm',
    'quadratmeter',
    'sqm',
    'sq m',
    'mq',
  ],
  m3: ['m3', 'm 3', 'm³', 'metre cube', 'metres cubes', 'kubieke meter', 'cbm', 'cu m', 'kubikmeter'],
  m: [
    'm',
    'mct',
    'ml',
    'mc',
    'm ct',
    'm l',
    'lm',
    'lfm',
    'lfdm',
    'lin m',
    'm1',
    'mct m',
    'metre',
    'metres',
    'metre courant',
    'metre lineaire',
    'strekkende meter',
    'meter',
    'lopende meter',
  ],
  pc: [
    'pc',
    'pce',
    'pces',
    'pcs',
    'p',
    'piece',
    'pieces',
    'st',
    'stk',
    'stuk',
    'stuks',
    'stuck',
    'stck',
    'stueck',
    'u',
    'un',
    'unite',
    'ea',
    'each',
    'ex',
    'nb',
    'nr',
    'no',
    'nos',
  ],
  kg: ['kg', 'kilo', 'kilogramme', 'kilogram'],
  t: ['t', 'to', 'ton', 'tonne', 'tonnes', 'tn'],
  h: [
    'h',
    'hr',
    'hrs',
    'hre',
    'hres',
    'heure',
    'heures',
    'hh',
    'h h',
    'h homme',
    'heure homme',
    'heures homme',
    'hom h',
    'uur',
    'uren',
    'u u',
    'manuur',
    'manuren',
    'std',
    'stunde',
    'stunden',
    'hour',
    'hours',
    'mh',
    'man hour',
    'man hours',
  ],
  ls: [
    'fft',
    'ff',
    'ft',
    'forfait',
    'forf',
    'forfaitaire',
    'f',
    'gp',
    'globale prijs',
    'psch',
    'pauschal',
    'pauschale',
    'ens',
    'ensemble',
    'ls',
    'lump sum',
    'item',
    'sum',
    'pg',
    'prix global',
    'tp',
    'totale prijs',
    'sog',
    'post',
    'pst',
  ],
  SR: [
    'sr',
    's r',
    'vs',
    'saj',
    'prov',
    'prov sum',
    'pc sum',
    'stelpost',
    'somme reservee',
    'somme a justifier',
    'voorbehouden som',
    'provisional sum',
  ],
  PM: ['pm', 'p m', 'pour memoire', 'pro memorie', 'pour mem'],
  month: ['mois', 'maand', 'maanden', 'mnd', 'monat', 'monate', 'mt', 'month', 'months'],
  week: ['sem', 'semaine', 'semaines', 'week', 'weken', 'woche', 'wochen', 'wk', 'wks', 'weeks'],
  day: ['j', 'jr', 'jour', 'jours', 'dag', 'dagen', 'tag', 'tage', 'd', 'day', 'days'],
  km: ['km'],
  are: ['are', 'ares', 'a'],
  l: ['l', 'litre', 'litres', 'liter'],
};

const BY_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([unit, words]) => words.map((word) => [fold(word), unit] as const)),
);

/**
 * One spelling of a printed unit; null for a unit we do not know.
 * @param language of the bill: `u` is an hour in Dutch
 */
export function normalUnit(printed: string | null, language: string | null = null): string | null {
  if (printed === null) return null;
  const folded = fold(printed.replace(PLURAL, ''));
  if (language === 'nl' && folded === 'u') return 'h';
  return BY_WORD.get(folded.replace(STATE, '')) ?? unitInTwoLanguages(printed);
}

/** `p/st`, but not `m/h`. */
function unitInTwoLanguages(printed: string): string | null {
  const parts = printed.split('/').map((part) => BY_WORD.get(fold(part)));
  return parts.length === 2 && parts[0] === parts[1] ? (parts[0] ?? null) : null;
}

/** `pièce(s)`. */
const PLURAL = /\(e?[snx]\)/i;
/** `m³ en place`, `m3 foisonné`: how it is measured. */
const STATE = / (en place|foisonnes?|compactes?|vast|los|gemeten|fest|lose|net|brut)$/;
