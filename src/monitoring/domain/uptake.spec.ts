import { uptakeFigures } from './uptake.js';

describe('uptake figures', () => {
  it('say what they are a share of', () => {
    const figures = uptakeFigures({
      published: 10,
      placeable: 8,
      eligible: 6,
      notified: 5,
      answered: 3,
      interested: 2,
      retained: 2,
      awarded: 1,
      confirmed: 1,
    });
    expect(figures.map((f) => [f.key, f.numerator, f.denominator, f.share])).toEqual([
      ['published', 10, null, null],
      ['placeable', 8, 10, 0.8],
      ['eligible', 6, 8, 0.75],
      ['notified', 5, 6, 5 / 6],
      ['answered', 3, 5, 0.6],
      ['interested', 2, 5, 0.4],
      ['retained', 2, 2, 1],
      ['awarded', 1, 2, 0.5],
      ['confirmed', 1, 1, 1],
    ]);
  });

  it('give no share of nothing', () => {
    const none = uptakeFigures({
      published: 0,
      placeable: 0,
      eligible: 0,
      notified: 0,
      answered: 0,
      interested: 0,
      retained: 0,
      awarded: 0,
      confirmed: 0,
    });
    expect(none.every((figure) => figure.share === null)).toBe(true);
  });
});
