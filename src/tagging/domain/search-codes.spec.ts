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

  it.each([
    ['plombier', '4533'],
    ['loodgieter', '4533'],
    ['Klempner', '4533'],
    ['plumber', '4533'],
    ['Couvreurs', '4526'],
    ['électriciennes', '4531'],
    ['jardinière', '773'],
    ['Gärtnerin', '773'],
    ['laveur de vitres', '90911'],
    ['ramenwasser', '90911'],
    ['window cleaner', '90911'],
    ['carreleur', '4543'],
    ['painter', '4544'],
  ])('takes %s for who does %s, first of all', (question, prefix) => {
    expect(searchCodes(model, question)[0]).toMatch(new RegExp(`^${prefix}`));
  });

  it.each([
    ['pienture', '4544'],
    ['carellage', '4543'],
    ['netoyage', '909'],
    ['shilder', '4544'],
    ['Dachdeker', '4526'],
    ['plumbr', '4533'],
  ])('reads %s as it was meant, below %s', (question, prefix) => {
    expect(searchCodes(model, question).some((code) => code.startsWith(prefix))).toBe(true);
  });

  it('leaves words alone that it knows, and those that nobody could guess', () => {
    expect(searchCodes(model, 'Wasser')[0]).not.toMatch(/^983/);
    for (const question of ['xyzzy', 'zzz', 'qwertzuiopasdf'])
      expect(searchCodes(model, question)).toEqual([]);
  });

  it('knows people by codes that exist, and nobody under two', () => {
    const names = model.occupations.map(({ code, names: called }) => {
      expect([code, model.catalogue.has(code)]).toEqual([code, true]);
      return new Set(called.map((words) => words.toSorted().join(' ')));
    });
    const twice = names.flatMap((own, at) =>
      [...own].filter((name) => names.some((other, i) => i > at && other.has(name))),
    );
    expect(twice).toEqual([]);
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
