import { formatDay, formatInstant } from './formats.js';

describe('a day in words', () => {
  it('is the first and not the one in French alone', () => {
    expect(formatDay('fr', '2026-12-01')).toBe('1er décembre 2026');
    expect(formatInstant('fr', new Date('2026-11-30T23:24:00Z'))).toMatch(/^1er décembre 2026/);
    expect(formatDay('fr', '2026-12-11')).toBe('11 décembre 2026');
    expect(formatDay('nl', '2026-12-01')).toBe('1 december 2026');
    expect(formatDay('de', '2026-12-01')).toBe('1. Dezember 2026');
  });
});
