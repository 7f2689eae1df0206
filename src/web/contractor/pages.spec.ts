import fc from 'fast-check';
import { markEvidence } from '../shared/render/evidence.js';
import { paged } from '../shared/paging.js';
import { spansOf } from './package.page.js';

describe('evidence in a text', () => {
  it('is found whatever its case', () => {
    expect(spansOf('Peinture des murs, peinture des plafonds', ['PEINTURE'])).toEqual([
      { start: 0, end: 8 },
      { start: 19, end: 27 },
    ]);
  });

  it('loses and repeats nothing of the text, and marks what it was told', () => {
    const span = fc.record({
      start: fc.integer({ min: -5, max: 40 }),
      end: fc.integer({ min: -5, max: 40 }),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(span, { maxLength: 6 }), (text, spans) => {
        const pieces = markEvidence(text, spans);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        const marked = pieces.flatMap((piece) =>
          Array.from({ length: piece.text.length }, () => piece.marked),
        );
        const wanted = Array.from({ length: text.length }, (_, at) =>
          spans.some(({ start, end }) => start <= at && at < end),
        );
        expect(marked).toEqual(wanted);
      }),
    );
  });
});

describe('a list in pages', () => {
  it('shows every item once, and the first page for a number that makes no sense', () => {
    const items = Array.from({ length: 12 }, (_, index) => index);
    const page = (asked: unknown) => paged(items, 5, asked, (number) => `?page=${number}`);
    expect([1, 2, 3].flatMap((number) => page(number).items)).toEqual(items);
    for (const asked of [0, 4, 'x', undefined, 1.5]) expect(page(asked).pages.current).toBe(1);
    expect(paged([], 5, 1, String).pages.total).toBe(1);
  });
});
