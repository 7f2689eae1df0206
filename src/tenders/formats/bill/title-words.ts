import { announcedPlace } from '../../domain/index.js';
import { fold } from './fold.js';
import { placesIn } from './gazetteer.js';

const LONGEST_SITE = 120;
const LONGEST_TITLE = 60;
const MOST_WORDS_OF_TITLE = 3;
const GOES_ON =
  /^(y compris|compris|inclus|incl|idem|voir|selon|suivant|type|marque|dimensions?|inbegrepen|zie|volgens|merk|afmetingen|einschl|inkl|siehe|gemass|fabrikat|abmessungen|including|see|as|make)\b/;
const LONGEST_CHAPTER = 100;
const IS_REMARK =
  /^(nb|note|notes|remarque|attention|important|rappel|opmerking|let op|nota|bemerkung|hinweis|achtung)\b|\b(est(?! du| de|$)|sont|sera|seront|doit|doivent|a (executer|realiser|prevoir|charge)|zijn|is|wordt|worden|moet|moeten|ist|sind|wird|werden|muss|mussen|are|shall|must|be|choix|keuze|wahl)\b/;
const CHAPTER =
  /^(travaux|chapitre|partie|phase|section|hoofdstuk|deel|fase|kapitel|abschnitt|teil|chapter|part|\p{L}+(werken|werk|arbeiten|works))\b/u;

/** A title of its own even right below a line: what follows is done somewhere else. */
export function namesSite(text: string): boolean {
  const said = announcedPlace(text);
  return said !== null && text.length <= LONGEST_SITE && placesIn(said, null).length > 0;
}

/** Words that go on with a line begin small or with `y compris`; those of a chapter right below it are few, or capitals. */
export function isTitleText(text: string): boolean {
  if (text.length > LONGEST_TITLE || !/^\p{Lu}[^.;:]*$/u.test(text) || GOES_ON.test(fold(text))) return false;
  return text === text.toUpperCase() || text.split(' ').length <= MOST_WORDS_OF_TITLE;
}

/** One phrase, not a sentence that says how a line is to be done. */
export function mayBeTitle(text: string): boolean {
  const folded = fold(text);
  const isPhrase = text.length <= LONGEST_CHAPTER && /^(\d{1,2}[.)] ?)?\p{Lu}[^.;]*$/u.test(text);
  return isPhrase && !GOES_ON.test(folded) && !IS_REMARK.test(folded);
}

/** `Travaux de peinture intérieure`, `Schilderwerken binnen`. */
export function isChapterText(text: string): boolean {
  return CHAPTER.test(fold(text));
}

const OPEN_END =
  /[,–-]$|(?<!\p{L})(?:de|du|des|d['’]|et|avec|pour|van|met|voor|en|von|und|mit|für|of|and|with|for)$/iu;

/** `Mauerwerk abbrechen,` goes on below. */
export function endsOpen(texts: readonly string[]): boolean {
  return texts.some((text) => OPEN_END.test(text));
}
