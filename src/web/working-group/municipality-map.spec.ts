import { loadGeography, type Outline } from '../../registry/index.js';
import { municipalityMap } from './municipality-map.js';

const square = (nis: string, lon: number): Outline => ({
  nis,
  rings: [
    [
      [lon, 50],
      [lon + 1, 50],
      [lon + 1, 51],
      [lon, 51],
      [lon, 50],
    ],
  ],
  centre: [lon + 0.5, 50.5],
});

describe('the map of municipalities', () => {
  it('shades and names what has packages, and keeps common borders', () => {
    const map = municipalityMap([square('1', 5), square('2', 6)], new Map([['2', 12]]))!;
    // Two degrees wide at 50.5 degrees north, one high.
    expect([map.width, map.height]).toEqual([600, Math.round(300 / Math.cos((50.5 * Math.PI) / 180))]);
    const [left, right] = map.municipalities;
    expect([left!.shade, left!.label]).toEqual([0, null]);
    expect([right!.shade, right!.label]).toEqual([2, { x: 450, y: Math.round(map.height / 2), text: '12' }]);
    expect(left!.outline).toMatch(/^M0 \d+l300 0 0-\d+-300 0 0 \d+z$/);
    expect(right!.outline).toMatch(/^M300 /);
    expect(map.steps).toEqual([
      { shade: 1, from: 1 },
      { shade: 2, from: 10 },
    ]);
    expect(map.most).toEqual({ nis: '2', count: 12 });
  });

  it('is not drawn where nothing is', () => {
    expect(municipalityMap([square('1', 5)], new Map([['9', 3]]))).toBeNull();
    expect(municipalityMap([], new Map())).toBeNull();
  });

  it('of a whole province stays small', () => {
    const neighbourhood = loadGeography().outlinesAround(['62096']);
    const map = municipalityMap(neighbourhood, new Map([['62096', 40]]))!;
    expect(map.municipalities).toHaveLength(84);
    expect(map.municipalities.every(({ outline }) => outline.length > 10)).toBe(true);
    expect(map.municipalities.reduce((sum, { outline }) => sum + outline.length, 0)).toBeLessThan(45_000);
  });
});
