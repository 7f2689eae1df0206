import fc from 'fast-check';
import { splitWords } from './words.js';
import { foldText } from './fold-text.js';

function folded(text: string): string {
  return String.fromCharCode(...foldText(text).codes);
}

describe('folding', () => {
  it('takes accents, capitals and ligatures away', () => {
    expect(folded('Œuvre À façade, Straße, e\u0301té')).toBe('oeuvre a facade, strasse, ete');
  });

  it('keeps the way back to the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { offsets } = foldText(text);
        for (let i = 1; i < offsets.length; i += 1) {
          expect(offsets[i]).toBeGreaterThanOrEqual(offsets[i - 1] as number);
          expect(offsets[i]).toBeLessThan(text.length);
        }
      }),
    );
  });
});

describe('words', () => {
  it('drops what holds a digit and marks little words', () => {
    const words = splitWords('Lot 2B : pose de 12 m2 de faïence');
    const kept = Array.from({ length: words.count }, (_, i) =>
      'Lot 2B : pose de 12 m2 de faïence'.slice(words.start[i], words.end[i]),
    );
    expect(kept).toEqual(['Lot', 'pose', 'de', 'de', 'faïence']);
    expect(words.stop).toEqual([1, 0, 1, 1, 0]);
  });
});
