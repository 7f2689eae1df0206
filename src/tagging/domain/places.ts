import type { Lexicon, TermMatch } from './lexicon.js';
import type { Words } from './words.js';

/**
 * What is taken for the name of a place. `phrase`: several telling words written as names are ("Trois-Ponts", not "trois
 * ponts"). `name`: also a single one that is all there is ("Lot 2: Halle"), since lots are often called by where they
 * are; in a line of a bill it is what the thing is made of ("Liège").
 */
export type PlaceReading = 'phrase' | 'name';

/** Takes the names of places out of what tells a trade: there is no bridge to build at Pont-à-Celles. */
export function hushPlaces(places: Lexicon, text: string, words: Words, reading: PlaceReading): Words {
  const names = places.match(words, 'other').filter((name) => {
    const telling = tellingWords(words, name);
    if (telling.length > 1) return telling.every((i, place) => isWrittenAsName(text, words, i, place));
    return reading === 'name' && words.stop.every((stop, i) => stop === 1 || i === telling[0]);
  });
  if (names.length === 0) return words;
  const stop = [...words.stop];
  for (const { fromWord, toWord } of names) stop.fill(1, fromWord, toWord);
  return { ...words, stop };
}

function tellingWords({ stop }: Words, { fromWord, toWord }: TermMatch): number[] {
  return Array.from({ length: toWord - fromWord }, (_, k) => fromWord + k).filter((i) => stop[i] === 0);
}

/** With a capital, or after a hyphen: "Pont-à-celles". */
function isWrittenAsName(text: string, { start }: Words, i: number, place: number): boolean {
  const at = start[i] as number;
  return /\p{Lu}/u.test(text.charAt(at)) || (place > 0 && text.charAt(at - 1) === '-');
}
