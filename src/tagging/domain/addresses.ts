import type { Words } from './words.js';

const WAY =
  '[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]haussée|[Aa]llée|[Ii]mpasse|[Ss]entier|[Dd]rève|[Cc]hemin|[Rr]oute|[Pp]lace';
const ARTICLE = String.raw`(?:de la\s|de l['’]|du\s|des\s|de\s|d['’]|la\s|le\s|les\s|aux?\s)?\s*`;
/** "Pont-à-Lesse", "Pont de Luttre"; the next word with a capital may begin the works. */
const NAME = String.raw`\p{Lu}\p{L}+(?:-\p{L}+|\s(?:de la|de|du|des)\s\p{Lu}\p{L}+|\s[dl]['’]\p{Lu}\p{L}+)*`;

/**
 * Streets as they are written: a capital after "rue du", one word where all is in capitals, what has the number of a
 * house. "Mise en place d'Ascenseurs" and "Chemin de Fer" are none.
 */
const STREETS: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\p{L}|\ben\s)(?:${WAY})\s+${ARTICLE}(?!Fer\b)(?<name>${NAME})`, 'dgu'),
  /(?<!\p{L})(?:RUE|AVENUE|BOULEVARD|IMPASSE)\s+(?:DE LA\s|DE L['’]|DU\s|DES\s|DE\s|D['’])?\s*(?<name>\p{Lu}{2,})/dgu,
  /(?<!\p{L})(?<name>\p{Lu}\p{Ll}+(?:straße|strasse|straat|weg|platz|gasse|allee|laan|plein|kaai|dreef|lei))\s+\d/dgu,
  /\d[a-z]?,?\s+(?<name>\p{Lu}\p{Ll}+)\s+(?:Street|Road|Lane|Avenue|Close|Square|Crescent)\b/dgu,
];

const NOWHERE: [number, number] = [0, 0];

/**
 * Takes the names of streets out of what tells a trade: there is no bridge to build in the rue du Pont. The way itself
 * stays, since it may be what the works are about.
 */
export function hushStreets(text: string, words: Words): Words {
  const names = STREETS.flatMap((street) =>
    Array.from(text.matchAll(street), ({ indices }) => indices?.groups?.['name'] ?? NOWHERE),
  );
  if (names.length === 0) return words;
  const isOfName = (i: number): boolean =>
    names.some(([from, to]) => (words.start[i] as number) >= from && (words.end[i] as number) <= to);
  return { ...words, stop: words.stop.map((stop, i) => (stop === 1 || isOfName(i) ? 1 : 0)) };
}
