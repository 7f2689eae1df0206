import { MESSAGES_FOLDER, Messages } from '../../platform/i18n/index.js';
import { codesToNames } from './criterion.js';
import { shownSites } from './names.js';
import { ProductNames } from './product-names.js';

const words = {
  messages: Messages.load(MESSAGES_FOLDER),
  names: new ProductNames(),
  language: 'fr' as const,
};
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('what criteria compare, as people read it', () => {
  it.each([
    ['45442100', 'Travaux de peinture'],
    ['nis:62096', 'Seraing'],
    ['WAL_EI 2026-11-24..', 'entreprise d’insertion à partir du 24/11/2026'],
    ['..2028-12-31', 'jusqu’au 31/12/2028'],
    ['2024-01-01..2028-12-31', '01/01/2024 – 31/12/2028'],
    ['1000.00..150000.00 EUR', '1 000 € – 150 000 €'],
    ['works-or-service', 'travaux ou service'],
    ['BE-CONTRACT', 'aucune : liberté de contracter'],
    ['40 km', '40 km'],
    ['99999999', '99999999'],
  ])('%s is %s', (code, expected) => {
    expect(plain(codesToNames(code, words)).replaceAll("'", '’')).toBe(expected);
  });

  it('names a place by its municipality before anything wider', () => {
    expect(shownSites(['nuts:BE332', 'nis:62096', 'postal:BE-4100'])).toEqual(['nis:62096']);
    expect(shownSites([])).toEqual([]);
  });
});
