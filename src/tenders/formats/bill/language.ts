import { fold } from './fold.js';

/** Short words that one language uses all the time and the others do not. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  fr: new Set(
    'du des le les et en pour sur avec sans par aux compris dans pose fourniture travaux dépose au une un designation libelle unite quantite unitaire poste'
      .split(' ')
      .map(fold),
  ),
  nl: new Set(
    'van het een met voor op en zonder inbegrepen uit aan leveren plaatsen tot bestaande werken door te omschrijving eenheid hoeveelheid eenheidsprijs totaal'
      .split(' ')
      .map(fold),
  ),
  de: new Set(
    'und der die das mit für aus von einschließlich ohne zu den dem liefern einbauen bis im auf herstellen menge einheit bezeichnung leistungsbeschreibung'
      .split(' ')
      .map(fold),
  ),
  en: new Set(
    'the of and for with to including without from works supply install by at existing qty rate quantity'
      .split(' ')
      .map(fold),
  ),
};

const FEWEST_HITS = 2;

/** The language most of a document's words are written in; null when they do not tell. */
export function languageOf(texts: Iterable<string>): string | null {
  const hits = new Map<string, number>();
  for (const text of texts) {
    for (const word of fold(text).split(' ')) {
      for (const [language, words] of Object.entries(WORDS)) {
        if (words.has(word)) hits.set(language, (hits.get(language) ?? 0) + 1);
      }
    }
  }
  const [best, second] = [...hits].toSorted(([, a], [, b]) => b - a);
  if (!best || best[1] < FEWEST_HITS || best[1] === second?.[1]) return null;
  return best[0];
}
