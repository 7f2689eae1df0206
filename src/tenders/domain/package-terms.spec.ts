import fc from 'fast-check';
import { checkTerms, NO_TERMS, type PackageTerms } from './package-terms.js';

const known = {
  categories: ['C', 'D', 'G'],
  classes: [1, 2, 3, 4, 5, 6, 7, 8],
  techniques: ['SIMPLE', 'GLOVE_BAG', 'HERMETIC_ZONE'],
};
const all: PackageTerms = {
  approval: 'D13',
  approvalClass: 3,
  asbestosTechnique: 'GLOVE_BAG',
  paymentDays: 30,
  chainLevel: 2,
};
const codes = (given: Record<string, unknown>, before = NO_TERMS) => {
  const read = checkTerms(given, before, known);
  return Array.isArray(read)
    ? read.map(({ code, place }) => `${(place as { pointer: string }).pointer} ${code}`)
    : read;
};

describe('what the documents ask of whoever takes a package', () => {
  it('is read as people write it, from a form or a call', () => {
    const form = { approval: ' d 13 ', approvalClass: '3', paymentDays: '30', chainLevel: '2' };
    expect(codes({ ...form, asbestosTechnique: 'GLOVE_BAG' })).toEqual(all);
    expect(codes({ ...all })).toEqual(all);
    expect(codes({ approval: 'G' })).toEqual({ ...NO_TERMS, approval: 'G' });
  });

  it('keeps what is not spoken of, and forgets what is emptied', () => {
    expect(codes({}, all)).toEqual(all);
    expect(codes({ paymentDays: '' }, all)).toEqual({ ...all, paymentDays: null });
    expect(codes({ asbestosTechnique: null }, all)).toEqual({ ...all, asbestosTechnique: null });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ approval: 'X1' }, '/approval terms.approval.unknown'],
    [{ approval: 'D131' }, '/approval terms.approval.unknown'],
    [{ approval: ['D'] }, '/approval terms.approval.unknown'],
    [{ approval: 'D', approvalClass: '0' }, '/approvalClass terms.class.unknown'],
    [{ approval: 'D', approvalClass: 9 }, '/approvalClass terms.class.unknown'],
    [{ approvalClass: 1 }, '/approvalClass terms.class.of-nothing'],
    [{ asbestosTechnique: 'simple' }, '/asbestosTechnique terms.technique.unknown'],
    [{ paymentDays: '0' }, '/paymentDays terms.days.unreadable'],
    [{ paymentDays: '366' }, '/paymentDays terms.days.unreadable'],
    [{ paymentDays: '30 jours' }, '/paymentDays terms.days.unreadable'],
    [{ paymentDays: 1.5 }, '/paymentDays terms.days.unreadable'],
    [{ chainLevel: '0' }, '/chainLevel terms.level.unreadable'],
    [{ chainLevel: '10' }, '/chainLevel terms.level.unreadable'],
  ])('refuses %j', (given, problem) => {
    expect(codes(given)).toEqual([problem]);
  });

  it('refuses a class when its approval is taken away', () => {
    expect(codes({ approval: '' }, all)).toEqual(['/approvalClass terms.class.of-nothing']);
  });

  it('takes back what it gave, whatever was sent before', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(all)), fc.anything()), (given) => {
        const read = checkTerms(given, NO_TERMS, known);
        const again = Array.isArray(read) ? read : checkTerms({ ...read }, NO_TERMS, known);
        expect(again).toEqual(read);
        expect(read).not.toEqual([]);
      }),
    );
  });
});
