import type { Uptake, UptakeGroup } from './breakdown.js';
import { clauseProgress } from './clause-progress.js';
import { headlinesOf, HEADLINES, type Headline, type Winners } from './headlines.js';
import { UPTAKE_FIGURES, type UptakeCounts } from './uptake.js';

const path = (...counts: readonly number[]): UptakeCounts =>
  Object.fromEntries(
    UPTAKE_FIGURES.map((figure, at) => [figure, counts[at] ?? 0]),
  ) as unknown as UptakeCounts;
const place = (key: string | null, ...counts: readonly number[]): UptakeGroup => ({
  key,
  name: null,
  counts: path(...counts),
});
const uptake: Uptake = {
  total: path(100, 60, 40, 38, 30, 20, 12, 10, 7),
  checked: [
    { key: 'Seraing', judged: 40, sought: 30 },
    { key: 'Ans', judged: 12, sought: 8 },
    { key: null, judged: 3, sought: 2 },
  ],
  groups: {
    contractor: [],
    trade: [],
    municipality: [
      place('Seraing', 60, 40, 30, 29, 24, 16, 9, 8, 6),
      place('Ans', 30, 15, 8, 7, 5, 3, 2, 1, 1),
      place(null, 10, 5, 2, 2, 1, 1, 1, 1),
    ],
    kind: [],
    basis: [],
    origin: [],
  },
};
const winners: Winners = { wanted: 9, won: 4, confirmed: 3 };
const clauses = clauseProgress([
  {
    debt: { clause: 'training', hours: '200', amount: null },
    entries: [
      {
        id: 'e',
        stage: 'performed',
        route: 'training',
        quantity: '80',
        parentId: null,
        endedAt: null,
        verdict: 'confirmed',
      },
    ],
  },
]);
const regionOf = (municipality: string): string | null => (municipality === 'Seraing' ? 'BE332' : null);
const shown = (territory: string | null, of: Winners = winners) =>
  headlinesOf({ uptake, winners: of, clauses }, territory, regionOf).headlines.map(
    ({ value, coverage }: Headline) => [
      value && [value.numerator, value.denominator],
      coverage && [coverage.part, coverage.whole],
    ],
  );

describe('the six headlines', () => {
  it('are each a number of a number, with how much of it is known', () => {
    expect(HEADLINES).toEqual(['published', 'placeable', 'eligible', 'awarded', 'hours', 'winners']);
    expect(shown(null)).toEqual([
      [
        [100, null],
        [90, 100],
      ],
      [
        [60, 100],
        [55, 100],
      ],
      [
        [40, 60],
        [40, 60],
      ],
      [
        [10, 60],
        [7, 10],
      ],
      [
        [80, 200],
        [80, 80],
      ],
      [
        [4, 9],
        [3, 4],
      ],
    ]);
  });

  it('of a territory are its own, but for debts, and hide what its row hides', () => {
    const seraing = shown('Seraing');
    expect(seraing.slice(0, 4)).toEqual([
      [[60, null], null],
      [
        [40, 60],
        [40, 60],
      ],
      [
        [30, 40],
        [30, 40],
      ],
      // Fewer than five packages of Ans had interest: what came after is hidden there, and in the next smallest row with it.
      [[8, 40], null].map((one, at) => (at === 0 ? [8, 40] : [6, 8])),
    ]);
    expect(seraing.slice(4)).toEqual([
      [
        [80, 200],
        [80, 80],
      ],
      [
        [4, 9],
        [3, 4],
      ],
    ]);
    const ans = shown('Ans');
    expect(ans[3]).toEqual([null, null]);
    expect(ans[5]).toEqual([null, null]);
    // Four enterprises that wanted: who won is nobody else's business.
    expect(shown('Seraing', { wanted: 4, won: 1, confirmed: 1 })[5]).toEqual([null, null]);
    expect(shown(null, { wanted: 4, won: 1, confirmed: 1 })[5]).toEqual([
      [1, 4],
      [1, 1],
    ]);
  });
});
