import { hushStreets } from './addresses.js';
import { splitWords } from './words.js';

function telling(text: string): string[] {
  const words = hushStreets(text, splitWords(text));
  return [...words.stop.keys()]
    .filter((i) => words.stop[i] === 0)
    .map((i) => text.slice(words.start[i], words.end[i]));
}

describe('names of streets', () => {
  it.each([
    ['Peinture des murs, rue du Pont 12', ['Peinture', 'murs', 'rue']],
    ['Toiture de l’école, avenue du Pont de Luttre', ['Toiture', 'école', 'avenue']],
    ['Tonte – place de l’Église – fauchage', ['Tonte', 'place', 'fauchage']],
    ['Rue Pont-à-Lesse : pavage', ['Rue', 'pavage']],
    ['PAVAGE, RUE DU PONT', ['PAVAGE', 'RUE']],
    ['Malerarbeiten, Brückenstraße 12', ['Malerarbeiten']],
    ['Schilderwerken, Brugstraat 5', ['Schilderwerken']],
    ['Painting, 12 Bridge Street', ['Painting', 'Street']],
  ])('tell no trade: %s', (text, left) => {
    expect(telling(text)).toEqual(left);
  });

  it.each([
    ['Reconstruction du pont rue de la Gare', ['Reconstruction', 'pont', 'rue']],
    ['Rénovation de la rue', ['Rénovation', 'rue']],
    ['Mise en place d’Ascenseurs', ['Mise', 'place', 'Ascenseurs']],
    ['Ballast du Chemin de Fer', ['Ballast', 'Chemin', 'Fer']],
    ['Rue du Moulin Réfection de la voirie', ['Rue', 'Réfection', 'voirie']],
    ['Sanierung der Brückenstraße', ['Sanierung', 'Brückenstraße']],
    ['Asphalt Road Surfacing', ['Asphalt', 'Road', 'Surfacing']],
  ])('are not seen in what is built: %s', (text, left) => {
    expect(telling(text)).toEqual(left);
  });
});
