import type { SiteKey } from '../../kernel/index.js';
import type { Geography } from './geography.js';

/** What a document states about one place; any part may be missing. */
export interface StatedPlaceWords {
  readonly municipality?: string | null;
  readonly postalCode?: string | null;
  /** ISO 3166 alpha-2; Belgium when nothing is said. */
  readonly country?: string | null;
  readonly nuts?: string | null;
  /** Free text such as `4102 Ougrée (Seraing)`. */
  readonly text?: string | null;
}

export interface PlaceCandidate {
  readonly sites: readonly SiteKey[];
  readonly label: string;
}

export interface ResolvedPlace {
  /** Keys that all describe one place, finest first; empty when nothing is known or when it is in doubt. */
  readonly sites: readonly SiteKey[];
  /** The places it may be, when one must be chosen by a person. */
  readonly candidates: readonly PlaceCandidate[];
}

/** Case, accents and punctuation do not tell two places apart. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\b(saint|sainte)\b/g, 'st')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const NOTHING: ResolvedPlace = { sites: [], candidates: [] };

/** The finest place behind stated words, with its keys at every level that is known; several are put to a person. */
export function resolvePlace(stated: StatedPlaceWords, geography: Geography): ResolvedPlace {
  const country = (stated.country ?? stated.nuts?.slice(0, 2) ?? 'BE').toUpperCase();
  const postalCode = stated.postalCode?.trim() || postalCodeIn(stated.text ?? '', country);
  const name = stated.municipality?.trim() || nameIn(stated.text ?? '');
  if (country !== 'BE') return abroad(country, postalCode, stated.nuts ?? null, geography);
  const byPostal = postalCode ? municipalitiesOf(postalCode, geography) : [];
  const byName = name ? municipalitiesNamed(name, geography) : [];
  const both = byPostal.filter((nis) => byName.includes(nis));
  const found = both.length > 0 ? both : byPostal.length > 0 ? byPostal : byName;
  const inRegion = found.filter((nis) => !stated.nuts || isIn(nis, stated.nuts, geography));
  const candidates = inRegion.length > 0 ? inRegion : found;
  const known = postalCode && byPostal.length > 0 ? postalCode : null;
  if (candidates.length === 1) return { sites: keysOf(candidates[0]!, known, geography), candidates: [] };
  if (candidates.length > 1) {
    return { sites: [], candidates: candidates.map((nis) => asCandidate(nis, known, geography)) };
  }
  const region = stated.nuts && geography.extent(`nuts:${stated.nuts}`);
  return region ? { sites: [region.key], candidates: [] } : NOTHING;
}

function abroad(
  country: string,
  postalCode: string | null,
  nuts: string | null,
  geography: Geography,
): ResolvedPlace {
  const postal = postalCode ? geography.extent(`postal:${country}-${postalCode}`) : null;
  const region = nuts ?? (postal && postal.nuts.length > 2 ? postal.nuts : null);
  const regionKey = region && geography.extent(`nuts:${region}`) ? [`nuts:${region}`] : [];
  return { sites: [...(postal ? [postal.key] : []), ...regionKey], candidates: [] };
}

function postalCodeIn(text: string, country: string): string | null {
  return (country === 'BE' ? /\b[1-9]\d{3}\b/ : /\b\d{4,5}\b/).exec(text)?.[0] ?? null;
}

function nameIn(text: string): string | null {
  const name = text
    .replace(/\b(?:[A-Z]{1,2}-)?\d{4,5}\b/g, ' ')
    .replace(/[(),]/g, ' ')
    .trim();
  return name === '' ? null : name;
}

function municipalitiesOf(postalCode: string, geography: Geography): string[] {
  const nis = geography.localities('BE', postalCode).map((place) => place.nis ?? '');
  return [...new Set(nis)].filter((code) => code !== '').sort();
}

/** A municipality by its name first; a locality's name leads to its municipality. */
function municipalitiesNamed(name: string, geography: Geography): string[] {
  const folded = foldName(name);
  const direct = [...geography.municipalities.values()].filter((row) =>
    row.names.some((candidate) => foldName(candidate) === folded),
  );
  if (direct.length > 0) return direct.map((row) => row.nis).sort();
  const local = geography.allLocalities().filter((row) => row.nis !== null && foldName(row.name) === folded);
  return [...new Set(local.map((row) => row.nis!))].sort();
}

function isIn(nis: string, nuts: string, geography: Geography): boolean {
  return geography.municipalities.get(nis)?.nuts3.startsWith(nuts) ?? false;
}

function keysOf(nis: string, postalCode: string | null, geography: Geography): SiteKey[] {
  const nuts3 = geography.municipalities.get(nis)!.nuts3;
  return [...(postalCode ? [`postal:BE-${postalCode}`] : []), `nis:${nis}`, `nuts:${nuts3}`];
}

function asCandidate(nis: string, postalCode: string | null, geography: Geography): PlaceCandidate {
  return {
    sites: keysOf(nis, postalCode, geography),
    label: geography.municipalities.get(nis)!.names.join(' / '),
  };
}
