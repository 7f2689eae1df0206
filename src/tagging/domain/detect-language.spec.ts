import { detectLanguage } from './detect-language.js';
import { splitWords } from './words.js';

describe('the language of a text', () => {
  it.each([
    ['Travaux de réfection de la toiture', 'fr'],
    ['PEINTURE DES CAGES D ESCALIER', 'fr'],
    ['Leveren en plaatsen van schoolmeubilair', 'nl'],
    ['Vernieuwing dakbedekking', 'nl'],
    ['Erneuerung der Heizungsanlage', 'de'],
    ['Malerarbeiten', 'de'],
    ['Provision of cleaning services for the council', 'en'],
    ['Προμήθεια εξοπλισμού', 'other'],
    ['', 'other'],
    ['12 000 m2', 'other'],
  ])('%s', (text, expected) => {
    expect(detectLanguage(splitWords(text))).toBe(expected);
  });
});
