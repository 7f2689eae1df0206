import { fold } from './fold.js';
import type { GridRow } from './grid.js';
import { namesMoney, roleOfHeader } from './header-words.js';
import { addUp, readNumber, type DecimalMark } from './numbers.js';

const OF_QUANTITY =
  /^(quantites?|qte|qtes|hoeveelheid|hoeveelheden|hoev|menge|mengen|quantity|quantities|qty) /;
const FLOOR =
  /^(rdc|rez|rez de chaussee|r \d{1,2}|ss( \d)?|sous sols?|combles?|\d{1,2} ?(er|e|eme|ieme|nd|nde|de)? (etage|niveau)|(premier|deuxieme|troisieme) (etage|niveau)|gelijkvloers|kelder|verd(ieping)? \d{1,2}|\d{1,2} ?(e|ste|de)? ?verd(ieping)?|eg|ug|kg|dg|og ?\d{0,2}|\d{1,2} ?(og|ug)|erdgeschoss|keller|\d{1,2} obergeschoss|ground floor|basement|(first|second|third|fourth|fifth|\d{1,2}(st|nd|rd|th)) floor)$/;
const PART =
  /^(bat|batiment|bt|bloc|blok|block|haus|hs|gebouw|geb|gebaude|building|bldg|aile|vleugel|flugel|wing|tour|toren|turm|tower|maison|woning|villa|logement|type|hall|halle|corps|cage|phase|fase|tranche|schijf|niveau|etage|verdieping|floor|level|zone|site|secteur|sector|bauabschnitt|ba|abschnitt|section|deel|partie|teil) [a-z0-9]+/;
/** `Vaste schijf`: in Dutch, German and English the word for it comes first. */
const PART_LAST =
  /^(?:vaste?|voorwaardelijke|optionele|feste?|bedingter?|optionaler?|firm|conditional|optional) (schijf|fase|tranche|phase|abschnitt|bauabschnitt|section|deel|teil)\b/;
const FIRM = /\b(ferme|vaste?|feste?r?|firm)\b/;
const NOT_FIRM =
  /\b(conditionnelles?|optionnelles?|voorwaardelijke?|bedingte?r?|optionele|optionale?r?|optional|conditional)\b/;
const FLOOR_WORD = /^(niveau|etage|verdieping|floor|level)$/;
const FLOORS = 'floor';
const FEWEST_PARTS = 2;

/** What is divided, of a head that names a part of it: buildings by the word for them, floors all alike. */
function kindOfPart(text: string): string | null {
  const words = fold(text).replace(OF_QUANTITY, '');
  if (FLOOR.test(words)) return FLOORS;
  const part = PART.exec(words);
  // `Haus A EP`: what a part costs is not how much of it there is.
  if (part && isPrice(words.slice(part[0].length))) return null;
  const word = part?.[1] ?? PART_LAST.exec(words)?.[1] ?? null;
  // `RDC | Niveau 1`: one house.
  return word !== null && FLOOR_WORD.test(word) ? FLOORS : word;
}

function isPrice(text: string): boolean {
  const role = roleOfHeader(text.trim());
  return role === 'unitPrice' || role === 'total' || namesMoney(text);
}

/** Positions of columns of one row of heads. */
export interface Parts {
  readonly all: readonly number[];
  /** Without those that may never be ordered, where others are ordered for sure: `Tranche ferme | Tranche optionnelle`. */
  readonly ordered: readonly number[];
}

export const NO_PARTS: Parts = { all: [], ordered: [] };

/**
 * Columns that each hold how much of the work there is in one part of it: `Bât. A | Bât. B`, `RDC | R+1`,
 * `Tranche ferme | Tranche conditionnelle 1`.
 * @param heads of a table, empty where a column has another role
 */
export function partsAmong(heads: readonly string[]): Parts {
  const kinds = Map.groupBy(heads.keys(), (at) => kindOfPart(heads[at]!) ?? '');
  kinds.delete('');
  const largest = [...kinds.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
  const all = largest.length < FEWEST_PARTS ? [] : largest;
  const isFirm = all.some((at) => FIRM.test(fold(heads[at]!)));
  return { all, ordered: isFirm ? all.filter((at) => !NOT_FIRM.test(fold(heads[at]!))) : all };
}

/** `Phase 1 | Phase 2 | Montant` without a price: money of each part, where it adds up to that of the line. */
export function holdAmounts(
  { all }: Parts,
  totalAt: number,
  rows: readonly GridRow[],
  mark: DecimalMark,
): boolean {
  const stated = rows
    .map(({ cells }) => ({ sum: cells[totalAt] ?? null, amounts: all.flatMap((at) => cells[at] ?? []) }))
    .filter(({ sum, amounts }) => readNumber(sum, mark).kind === 'number' && amounts.length > 0);
  return stated.length > 0 && stated.every(({ sum, amounts }) => addUp(amounts, sum, mark));
}
