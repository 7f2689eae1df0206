import type { BreakdownBy, Uptake, UptakeCounts, UptakeGroup } from '../../monitoring/index.js';
import { figuresPage } from './figures.page.js';
import { listedFigure } from './packages.page.js';
import { readPeriod } from './period.js';

const counts: UptakeCounts = {
  published: 40,
  placeable: 20,
  eligible: 12,
  notified: 12,
  answered: 4,
  interested: 3,
  retained: 0,
  awarded: 0,
  confirmed: 0,
};
const group = (key: string | null, change: Partial<UptakeCounts> = {}): UptakeGroup => ({
  key,
  name: null,
  counts: { ...counts, ...change },
});
const uptake = (by: BreakdownBy, groups: readonly UptakeGroup[]): Uptake => ({
  total: counts,
  checked: [],
  groups: { contractor: [], trade: [], municipality: [], kind: [], basis: [], origin: [], [by]: groups },
});
const winners = { wanted: 3, won: 0, confirmed: 0 };
const named = (by: BreakdownBy, { key }: Pick<UptakeGroup, 'key'>): string => key ?? `no ${by}`;
const period = { from: '2026-01-01', until: '2026-11-25', known: null };
const pageOf = (told: Uptake) =>
  figuresPage({ uptake: told, winners, ledgers: [] }, period, null, '2026-11-24', named);
const rowsOf = (by: BreakdownBy, groups: readonly UptakeGroup[]) =>
  pageOf(uptake(by, groups)).breakdowns.find((each) => each.by === by)!.rows;

describe('the figures', () => {
  it('are broken down largest first, what names none last', () => {
    const rows = rowsOf('municipality', [
      group(null, { published: 90 }),
      group('Ans', { published: 41 }),
      group('Seraing', { published: 60 }),
      group('Herstal', { published: 41 }),
    ]);
    expect(rows.map(({ label }) => label)).toEqual(['Seraing', 'Ans', 'Herstal', 'no municipality']);
    const page = pageOf(uptake('trade', []));
    expect(page).toMatchObject({ to: '2026-11-24', knownOn: '2026-11-24', clauses: null, isEmpty: false });
    expect(page.figures[1]).toMatchObject({ numerator: 20, denominator: 40, share: 0.5 });
  });

  it('lead to their packages, where no list would tell of single cases', () => {
    const told = [group('454'), group('451', { placeable: 4, eligible: 4, notified: 4 }), group('771')];
    const links = rowsOf('trade', told).map((row) => [row.label, ...row.links.map((link) => link !== null)]);
    // Published and placeable; what came after is listed nowhere. After its four placeable ones 451 is hidden, and 454 with it.
    expect(links).toEqual([
      ['771', true, true, false, false, false, false],
      ['451', true, false, false, false, false, false],
      ['454', true, true, false, false, false, false],
    ]);
    const asked = { by: 'trade', key: '771', figure: 'placeable' } as const;
    expect(listedFigure(uptake('trade', told).groups.trade, asked).figure.numerator).toBe(20);
    for (const refused of [
      { ...asked, key: '451' },
      { ...asked, figure: 'eligible' as const },
      { ...asked, figure: 'answered' as const },
      { ...asked, key: '999' },
    ]) {
      expect(() => listedFigure(uptake('trade', told).groups.trade, refused)).toThrow('not-found');
    }
  });

  it('lead from no kind of enterprise to its packages', () => {
    const [row] = rowsOf('kind', [group('WAL_EI'), group('WAL_ETA')]);
    expect(row!.links.map((link) => link !== null)).toEqual([false, false, false, false, false, false]);
  });

  it.each([
    [{}, '2026-01-01', '2026-11-25', null],
    [{ from: '2025-03-01', to: '2025-03-31' }, '2025-03-01', '2025-04-01', null],
    [{ from: '2025-03-31', to: '2025-03-01', known: '2025-06-30' }, '2025-03-01', '2025-04-01', '2025-06-30'],
    [{ from: 'yesterday', to: ['x'], known: '2026-11-24' }, '2026-01-01', '2026-11-25', null],
  ])('read of %j the period from %s until %s, as known on %s', (asked, from, until, known) => {
    expect(readPeriod(asked, '2026-11-24')).toEqual({ from, until, known });
  });
});
