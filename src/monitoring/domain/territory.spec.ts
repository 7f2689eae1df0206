import fc from 'fast-check';
import { shownGroups, type UptakeGroup } from './breakdown.js';
import { groupsIn, regionsOf, territoryFigures } from './territory.js';
import { UPTAKE_FIGURES, type UptakeCounts } from './uptake.js';

/** A municipality is named by its arrondissement and a number: `BE332.1`. */
const regionOf = (municipality: string): string | null =>
  municipality.startsWith('BE') ? municipality.split('.')[0]! : null;

const group = (key: string | null, path: readonly number[]): UptakeGroup => ({
  key,
  name: null,
  counts: Object.fromEntries(
    UPTAKE_FIGURES.map((figure, at) => [figure, path[at] ?? 0]),
  ) as unknown as UptakeCounts,
});
const numbers = (groups: readonly UptakeGroup[], territory: string): (number | undefined)[] =>
  territoryFigures(groups, territory, regionOf).map((figure) => figure?.numerator);

describe('a territory', () => {
  const groups = [
    group('BE332.1', [60, 40, 30]),
    group('BE332.2', [30, 20, 10]),
    group('BE331.1', [20, 10, 5]),
    group('BE211.1', [9, 9, 9]),
  ];

  it('adds up its municipalities, at each level', () => {
    expect(regionsOf('BE332.1', regionOf)).toEqual(['BE332', 'BE33', 'BE3']);
    expect(groupsIn(groups, 'BE33', regionOf).map(({ key }) => key)).toEqual([
      'BE332.1',
      'BE332.2',
      'BE331.1',
    ]);
    expect(numbers(groups, 'BE332').slice(0, 3)).toEqual([90, 60, 40]);
    expect(numbers(groups, 'BE33').slice(0, 3)).toEqual([110, 70, 45]);
    expect(numbers(groups, 'BE332.2').slice(0, 3)).toEqual([30, 20, 10]);
    expect(numbers(groups, 'BE1').slice(0, 3)).toEqual([0, 0, 0]);
  });

  it('hides what is small, and what would give the only hidden municipality inside or around it away', () => {
    // 331.1 has four published packages: its shares are hidden, and with them those of the next smallest, 211.1.
    const few = [groups[0]!, groups[1]!, group('BE331.1', [4, 2, 1]), groups[3]!];
    expect(shownGroups(few).map(({ figures }) => figures[1] !== null)).toEqual([true, true, false, false]);
    expect(numbers(few, 'BE331').slice(0, 2)).toEqual([4, undefined]);
    // With the shown rows of 332, the sum of its province would tell those of 331.1.
    expect(numbers(few, 'BE33').slice(0, 2)).toEqual([94, undefined]);
    expect(numbers(few, 'BE332').slice(0, 2)).toEqual([90, 60]);
  });

  it('shows nothing of regions from which, with rows and the whole, a hidden row can be worked out', () => {
    const path = fc
      .array(fc.integer({ min: 0, max: 12 }), { minLength: 9, maxLength: 9 })
      .map((list) => list.toSorted((a, b) => b - a));
    const region = fc.constantFrom('BE331', 'BE332', 'BE341', 'BE211', 'BE212', 'BE241');
    fc.assert(
      fc.property(fc.array(fc.record({ region, path }), { minLength: 2, maxLength: 14 }), (drawn) => {
        const all = drawn.map(({ region: of, path: counts }, at) => group(`${of}.${at}`, counts));
        const rows = shownGroups(all);
        const regions = [...new Set(all.flatMap(({ key }) => regionsOf(key, regionOf)))];
        const told = regions.map((one) => ({ one, figures: territoryFigures(all, one, regionOf) }));
        for (const column of UPTAKE_FIGURES.keys()) {
          const hidden = rows.flatMap(({ key, figures }) => (figures[column] === null ? [key!] : []));
          // Where the table itself tells, regions can't mend it.
          if (hidden.length < 2) continue;
          const shown = told.filter(({ figures }) => figures[column] !== null);
          const known = [hidden, ...shown.map(({ one }) => hidden.filter((key) => key.startsWith(one)))];
          for (const row of hidden) expect(isWorkedOut(row, hidden, known)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Whether sums over sets of unknowns determine one of them: whether it alone lies in the span of the sums. */
function isWorkedOut(
  row: string,
  unknowns: readonly string[],
  sums: readonly (readonly string[])[],
): boolean {
  const vector = (set: readonly string[]): number[] => unknowns.map((one) => (set.includes(one) ? 1 : 0));
  return rankOf([...sums.map(vector), vector([row])]) === rankOf(sums.map(vector));
}

function rankOf(matrix: readonly (readonly number[])[]): number {
  const left = matrix.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (left[0]?.length ?? 0); column += 1) {
    const pivot = left.findIndex((row, at) => at >= rank && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [left[rank], left[pivot]] = [left[pivot]!, left[rank]!];
    for (let at = rank + 1; at < left.length; at += 1) {
      const times = left[at]![column]! / left[rank]![column]!;
      left[at] = left[at]!.map((value, i) => value - times * left[rank]![i]!);
    }
    rank += 1;
  }
  return rank;
}
