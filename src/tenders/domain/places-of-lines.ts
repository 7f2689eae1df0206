import { NO_PLACE } from './blank.js';
import type { BillLine, Lot, StatedPlace } from './parsed-tender.js';

/** What is known of places where the words of a bill are looked at. */
export interface PlaceKnowledge {
  /** Places written as postal code and name. */
  readonly placesIn: (text: string) => readonly StatedPlace[];
  /** Tells one municipality from another; null for what is none, `several` for a name that may be more than one. */
  readonly municipalityOf: (place: StatedPlace) => string | 'several' | null;
}

/** A municipality where lines of a bill are to be done. */
export interface PlaceOfWork {
  readonly key: string;
  readonly place: StatedPlace;
}

/** `Chantier`, `Site 2`, `Adresse du chantier`, `Plaats van uitvoering`. */
const ANNOUNCING =
  /^\s*(?:sites?|chantiers?|lieu|localisation|adresse|werf|werven|werfadres|locatie|plaats|adres|baustelle|bauort|standort|ort|ausführungsort|address|location)(?!\p{L})(?:\s+(?:n[°ºo]\s*)?(?:\d{1,3}|[a-z])(?![\p{L}\d'’]))?(?:\s+(?:d[eu]s?|d['’]|de la|de l['’]|van(?: de| het)?|der|of(?: the)?)\s*(?:chantiers?|sites?|travaux|ex[ée]cution|werken|werf|uitvoering|ausführung|arbeiten|works?)(?!\p{L}))?/iu;
/** A colon or a dash, or the place itself: `Site de 5000 Namur`. */
const SAID = /^(?:\s*[:–—-]\s*|\s+(?:(?:de|à|te|in|at|van)\s+)?(?=\d{4}))(.*)$/isu;

/** `Site d'Ougrée : …`: what stands between the first word and the colon says which. */
const NAMED =
  /^\s*(?:sites?|chantiers?|lieu|localisation|adresse|werf|werven|werfadres|locatie|plaats|adres|baustelle|bauort|standort|ort|ausführungsort|address|location)(?!\p{L})([^:]{1,60}):(.*)$/isu;
/** `Chantier école communale, 4100 Seraing`: a few words, then the place and nothing more. */
const ADDRESSED =
  /^\s*(?:sites?|chantiers?|werf|werven|werfadres|baustelle|adresse|adres)(?!\p{L})[\s,]+(.*)$/isu;
const ENDS_IN_PLACE =
  /(?:^|[,–—]\s*|\s-\s*|\d\p{L}?\s+)(?:[A-Z]{1,2}-)?\d{4,5}\s+\p{Lu}[\p{L}'’-]*(?:\s(?:\p{Lu}[\p{L}'’-]*|d[eu]s?|la|les?|lez|sur|sous|en|aan|an|am|der|den|op|bij))*(?:\s*\([^()]*\))?\s*$/u;
const PLACE_SOMEWHERE = /\d{4,5}\s+\p{Lu}/u;
/** Where something is brought, bought, stored, billed or handed in: nobody works there. */
const ELSEWHERE =
  /d[ée]charge|stockage|d[ée]p[ôo]ts?(?!\p{L})|[ée]vacuation|traitement|recyclage|carri[èe]re|fournisseur|factur|offres|ma[îi]tre|adjudicat|entrepreneur|soumissionnaire|si[èe]ge|stort|opslag|afvoer|verwerking|groeve|leverancier|offertes|opdrachtgever|bouwheer|aannemer|inschrijver|zetel|deponie|lager|entsorgung|steinbruch|lieferant|rechnung|angebot|auftraggeber|bauherr|bieter|landfill|storage|depot|disposal|supplier|invoice|contractor/iu;
const LONGEST = 120;
const MOST_WORDS = 8;

/**
 * What a title says after words that announce a place: `Chantier : rue Haute 3, 4000 Liège`. Null where none opens it:
 * a sentence may speak of a site and of a town (`Évacuation hors chantier, décharge de 4100 Seraing`).
 */
export function announcedPlace(title: string): string | null {
  const opening = ANNOUNCING.exec(title);
  if (!opening) return null;
  return (
    SAID.exec(title.slice(opening[0].length))?.[1] ?? (title.length > LONGEST ? null : placeNamedIn(title))
  );
}

function placeNamedIn(title: string): string | null {
  const [, which = '', said = ''] = NAMED.exec(title) ?? [];
  if (which !== '') return PLACE_SOMEWHERE.test(said) && !ELSEWHERE.test(which) ? said : null;
  const words = ADDRESSED.exec(title)?.[1] ?? '';
  const before = words.slice(0, Math.max(0, words.search(ENDS_IN_PLACE)));
  const isPlace = ENDS_IN_PLACE.test(words) && !ELSEWHERE.test(words);
  return isPlace && before.split(/\s+/).length <= MOST_WORDS ? words : null;
}

const FEWEST_OF_A_COLUMN = 2;

/**
 * Tells of each line of a lot in which municipality it is to be done, where the bill says that line by line: in its
 * column of buildings and zones, or in a title above it. Null for what the lot says of all of them, and for what is no
 * municipality or in doubt: a building divides no work.
 */
export function placesOfLines(
  lot: Lot,
  ofAll: readonly StatedPlace[],
  { placesIn, municipalityOf }: PlaceKnowledge,
): (line: BillLine) => PlaceOfWork | null {
  const only = (places: readonly StatedPlace[]): PlaceOfWork | null => {
    const found = new Map(places.map((place) => [municipalityOf(place), place] as const));
    const [[key, place] = []] = found;
    return found.size === 1 && place && key && key !== 'several' ? { key, place } : null;
  };
  const country = ofAll[0]?.country ?? null;
  const named = (municipality: string): StatedPlace => ({ ...NO_PLACE, municipality, country });
  const zones = [...new Set(lot.lines.flatMap(({ zone }) => zone ?? []))];
  const told = new Set<string>();
  // "Halle" is a municipality, and a hall: names alone are believed where every other in the column is a place too.
  const isColumnOfPlaces =
    zones.every((zone) => {
      const places = placesIn(zone);
      const key = places.length > 0 ? only(places)?.key : municipalityOf(named(zone));
      return key !== null && told.add(key ?? zone);
    }) && told.size >= FEWEST_OF_A_COLUMN;
  const home = only(ofAll)?.key ?? null;
  const byWords = new Map<string, PlaceOfWork | null>();
  const once = (words: string, read: () => PlaceOfWork | null): PlaceOfWork | null => {
    if (!byWords.has(words)) byWords.set(words, read());
    return byWords.get(words)!;
  };
  const inZone = (zone: string): PlaceOfWork | null => {
    const places = placesIn(zone);
    return places.length > 0 ? only(places) : isColumnOfPlaces ? only([named(zone)]) : null;
  };
  const inTitles = (titles: readonly string[]): PlaceOfWork | null =>
    titles
      .map((title) => once(`t${title}`, () => only(placesIn(announcedPlace(title) ?? ''))))
      .findLast((place) => place !== null) ?? null;
  return ({ zone, section }) => {
    const found =
      (zone === null ? null : once(`z${zone}`, () => inZone(zone))) ??
      inTitles([...(lot.title === null ? [] : [lot.title]), ...section]);
    return found?.key === home ? null : found;
  };
}
