import { figuresPage, readPeriod } from './figures.page.js';

const row = {
  published: 4,
  placeable: 2,
  eligible: 1,
  notified: 1,
  answered: 0,
  interested: 0,
  retained: 0,
  awarded: 0,
  confirmed: 0,
  contractorId: 'o1',
};

describe('the figures', () => {
  it('add up per contractor and per municipality, the unnamed last', () => {
    const page = figuresPage(
      [
        { ...row, contractor: 'Zénith', municipality: null },
        { ...row, contractor: 'Bâtir', municipality: 'Seraing' },
        { ...row, contractor: 'Zénith', municipality: 'Ans' },
      ],
      { from: '2026-01-01', until: '2026-11-25' },
      [],
    );
    expect(page.figures[0]).toMatchObject({ numerator: 12, denominator: null });
    expect(page.figures[1]).toMatchObject({ numerator: 6, denominator: 12, share: 0.5 });
    expect(page.byContractor.map((each) => [each.name, each.figures[0]!.numerator])).toEqual([
      ['Bâtir', 4],
      ['Zénith', 8],
    ]);
    expect(page.byMunicipality.map((each) => each.name)).toEqual(['Ans', 'Seraing', null]);
    expect(page.to).toBe('2026-11-24');
    expect(page.clauses).toBeNull();
  });

  it.each([
    [{}, '2026-01-01', '2026-11-25'],
    [{ from: '2025-03-01', to: '2025-03-31' }, '2025-03-01', '2025-04-01'],
    [{ from: '2025-03-31', to: '2025-03-01' }, '2025-03-01', '2025-04-01'],
    [{ from: 'yesterday', to: ['x'] }, '2026-01-01', '2026-11-25'],
  ])('read of %j the period from %s until %s', (asked, from, until) => {
    expect(readPeriod(asked, '2026-11-24')).toEqual({ from, until });
  });
});
