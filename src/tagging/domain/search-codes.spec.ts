import fc from 'fast-check';
import { loadTagModel } from '../files/load-model.js';
import { searchCodes } from './search-codes.js';

const model = loadTagModel();

describe('searching a code in plain words', () => {
  it.each([
    ['peinture', '4544'],
    ['schilderwerken', '4544'],
    ['Malerarbeiten', '4544'],
    ['painting work', '4544'],
    ['carrelage', '4543'],
    ['tegelwerken', '4543'],
    ['tonte de pelouses', '773'],
    ['Dachdeckerarbeiten', '4526'],
    ['nettoyage de vitres', '909'],
    ['PLÂTRERIE', '4541'],
  ])('finds %s below %s among the first three', (question, prefix) => {
    expect(searchCodes(model, question, 3).some((code) => code.startsWith(prefix))).toBe(true);
  });

  it('goes by digits when digits are given, with or without the check digit', () => {
    expect(searchCodes(model, '45442100-8')).toContain('45442100');
    expect(searchCodes(model, '4544')[0]).toBe('45440000');
  });

  it('answers anything with known codes, once each, or with none', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('', 'de', 'ζωγραφική', '💥')),
        (text) => {
          const codes = searchCodes(model, text);
          expect(new Set(codes).size).toBe(codes.length);
          expect(codes.every((code) => model.catalogue.has(code))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
