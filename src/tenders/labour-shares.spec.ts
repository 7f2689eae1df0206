import { loadLabourTables } from './labour-shares.js';

describe('the tables of labour', () => {
  const { shares, outputs } = loadLabourTables();
  it('are right, and know building work', () => {
    expect(shares.find((share) => share.trade === '45')).toBeDefined();
    expect(new Set(shares.map((share) => share.trade)).size).toBe(shares.length);
  });

  it('name each unit of a trade once, and units that lines are read in', () => {
    expect(new Set(outputs.map(({ trade, unit }) => `${trade} ${unit}`)).size).toBe(outputs.length);
    const units = ['m2', 'm3', 'm', 'pc', 'kg', 't', 'ls', 'are', 'month', 'week', 'day'];
    expect(outputs.filter(({ unit }) => !units.includes(unit))).toEqual([]);
    expect(outputs.filter(({ hoursMin, hoursMax }) => !(hoursMin > 0 && hoursMin < hoursMax))).toEqual([]);
  });
});
