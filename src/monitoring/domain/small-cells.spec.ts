import fc from 'fast-check';
import { hideSmallCells, UPTAKE_FIGURES, uptakeFigures, type UptakeCounts } from './index.js';

/** Counts of a path: none is larger than the one before it; both kinds of answer are among the packages told. */
const counts = fc.array(fc.nat(40), { minLength: 9, maxLength: 9 }).map((numbers): UptakeCounts => {
  const [confirmed, awarded, retained, interested, answered, notified, eligible, placeable, published] =
    numbers.toSorted((x, y) => x - y);
  return {
    published: published!,
    placeable: placeable!,
    eligible: eligible!,
    notified: notified!,
    answered: answered!,
    interested: interested!,
    retained: retained!,
    awarded: awarded!,
    confirmed: confirmed!,
  };
});

describe('small cells', () => {
  it('are hidden with what would give them away, and nothing else', () => {
    const of = (published: number, placeable: number, eligible: number): UptakeCounts => ({
      published,
      placeable,
      eligible,
      notified: eligible,
      answered: 0,
      interested: 0,
      retained: 0,
      awarded: 0,
      confirmed: 0,
    });
    const rows = [of(4, 4, 3), of(20, 10, 6), of(9, 8, 7)].map((row) => uptakeFigures(row));
    const shown = hideSmallCells(rows).map((row) => row.map((figure) => figure?.numerator ?? '–'));
    expect(shown).toEqual([
      [4, '–', '–', '–', '–', '–', '–', '–', '–'],
      [20, 10, 6, 6, 0, 0, 0, 0, 0],
      [9, '–', '–', '–', '–', '–', '–', '–', '–'],
    ]);
  });

  it('leave no share of fewer than five, nor anything to be found by taking away', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 8 }), (each) => {
        const rows = each.map((row) => uptakeFigures(row));
        const shown = hideSmallCells(rows);
        UPTAKE_FIGURES.forEach((_, column) => {
          const hidden = shown.filter((row) => row[column] === null).length;
          const small = shown.filter((row) => {
            const denominator = row[column]?.denominator ?? 0;
            return denominator > 0 && denominator < 5;
          });
          // One unknown in a sum is known, also beside rows that have nothing.
          expect([small.length, hidden === 1 && shown.length > 1]).toEqual([0, false]);
        });
        // What is hidden is not the denominator of something shown.
        const after = shown.flatMap((row) => (row.includes(null) ? row.slice(row.indexOf(null)) : []));
        expect(after.every((figure) => figure === null)).toBe(true);
      }),
    );
  });
});
