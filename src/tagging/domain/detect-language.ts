import { hashCodes, hashString } from './hash.js';
import type { Words } from './words.js';

/** The four languages the knowledge is written in; everything else is `other` and is read as far as it goes. */
export type TextLanguage = 'fr' | 'nl' | 'de' | 'en' | 'other';

const TELLING: Readonly<Record<'fr' | 'nl' | 'de' | 'en', string>> = {
  fr: `le la les des du et une un pour dans par sur avec au aux est sont travaux fourniture fournitures marche prestations entretien
    mission etude maintenance services ville commune amenagement mise place assistance renovation construction batiment
    rehabilitation nettoyage logements ecole acquisition location achat gestion restauration creation remplacement`,
  nl: `het een van voor met op te ter aan bij door uit naar dat die wordt worden zijn werken levering leveren onderhoud dienst
    diensten aankoop gebouwen renovatie bouw bouwen perceel gemeente stad schoonmaak aanleg plaatsen huur leveringen en
    vernieuwen herstellen schilderwerken dakwerken vervangen`,
  de: `der die das den dem und von fur im mit auf bei zur zum ist sind wird werden sowie durch lieferung arbeiten leistungen
    erneuerung neubau sanierung planung wartung stadt gebaude los dienstleistungen reinigung ausfuhrung herstellung einbau
    schule umbau liefern montage`,
  en: `the of and for to with by from this that will be is are services supply works contract provision maintenance framework
    council support management equipment delivery construction design system which their or at on school cleaning`,
};
const LANGUAGES = ['fr', 'nl', 'de', 'en'] as const;
const telling = new Map<number, number[]>();
for (const [slot, language] of LANGUAGES.entries()) {
  for (const word of TELLING[language].split(/\s+/)) {
    const scores = telling.get(hashString(word)) ?? [0, 0, 0, 0];
    scores[slot] = 1;
    telling.set(hashString(word), scores);
  }
}
// Endings and letter groups that decide short titles without a function word.
const SHAPES: readonly (readonly [RegExp, number, number])[] = [
  [/(tion|ment|age|aire|eux|euse|oire|elle|ique|eur|ite)s?$/, 0, 0.35],
  [/(ij|aa|uu|oe|sch|werken|heid|eren|tje|isch|lijk)/, 1, 0.4],
  [/(ung|ungen|keit|heit|arbeiten|anlage|anlagen|lich|isch|tz|sch)$/, 2, 0.5],
  [/(ness|tion|ment|ity|ware|ies|th)$/, 3, 0.3],
  [/(ing|ings)$/, 3, 0.15],
  [/(ing|ingen|ieuw[a-z]*|kking)$/, 1, 0.2],
];

const MOST_SHAPES = 30_000;
const shapes = new Map<number, readonly number[]>();

/**
 * The language of a text by its function words and endings. A script that is not Latin, or a text where nothing
 * of the four languages is recognised, is `other`.
 */
export function detectLanguage(words: Words): TextLanguage {
  const scores = [0, 0, 0, 0];
  const limit = Math.min(words.count, 120);
  for (let i = 0; i < limit; i += 1) {
    const from = words.from[i] as number;
    const to = words.to[i] as number;
    const hash = hashCodes(words.codes, from, to);
    const said = telling.get(hash) ?? (to - from > 3 ? scoresOfShape(hash, words, i) : undefined);
    if (said) for (let k = 0; k < 4; k += 1) scores[k] = (scores[k] as number) + (said[k] as number);
  }
  const best = Math.max(...scores);
  if (best < 0.3 || best < limit * 0.04) return 'other';
  return LANGUAGES[scores.indexOf(best)] ?? 'other';
}

/** What the endings of a word say, remembered: the same words recur, and the patterns take their time. */
function scoresOfShape(hash: number, words: Words, i: number): readonly number[] {
  const known = shapes.get(hash);
  if (known) return known;
  const word = String.fromCharCode(...words.codes.slice(words.from[i], words.to[i]));
  const scores = [0, 0, 0, 0];
  for (const [shape, slot, weight] of SHAPES)
    if (shape.test(word)) scores[slot] = (scores[slot] as number) + weight;
  if (shapes.size >= MOST_SHAPES) shapes.clear();
  shapes.set(hash, scores);
  return scores;
}
