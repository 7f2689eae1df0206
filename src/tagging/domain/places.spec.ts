import { LexiconBuilder } from './lexicon-builder.js';
import { hushPlaces, type PlaceReading } from './places.js';
import { splitWords } from './words.js';

const builder = new LexiconBuilder();
for (const name of ['Trois-Ponts', 'Pont-à-Celles', 'Chapelle-lez-Herlaimont', 'Halle'])
  builder.add(name, { code: '', source: 'place' }, 0);
const places = builder.build();

function telling(text: string, reading: PlaceReading = 'name'): string[] {
  const words = hushPlaces(places, text, splitWords(text), reading);
  return [...words.stop.keys()]
    .filter((i) => words.stop[i] === 0)
    .map((i) => text.slice(words.start[i], words.end[i]));
}

describe('names of places', () => {
  it.each([
    ['Entretien des pelouses à Trois-Ponts', ['Entretien', 'pelouses']],
    ['ENTRETIEN DES PELOUSES A TROIS PONTS', ['ENTRETIEN', 'PELOUSES']],
    ['Peinture, Pont-à-celles', ['Peinture']],
    ['Chapelle-lez-Herlaimont : peinture', ['peinture']],
    ['Lot 3 : Trois-Ponts', []],
    ['Lot 2: Halle', []],
  ])('tell no trade: %s', (text, left) => {
    expect(telling(text)).toEqual(left);
  });

  it.each([
    ['Rénovation de trois ponts', ['Rénovation', 'trois', 'ponts']],
    ['Construction d’une halle', ['Construction', 'halle']],
    ['Neubau Halle', ['Neubau', 'Halle']],
  ])('are not seen in what is built: %s', (text, left) => {
    expect(telling(text)).toEqual(left);
  });

  it('of one word are what a line of a bill is about', () => {
    expect(telling('Halle', 'phrase')).toEqual(['Halle']);
    expect(telling('Lot 3 : Trois-Ponts', 'phrase')).toEqual([]);
  });
});
