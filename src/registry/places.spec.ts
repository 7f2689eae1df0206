import { fromRoot } from '../platform/project-root.js';
import { distanceKm, sitesOf } from './domain/index.js';
import { readCsv } from './read-csv.js';
import { loadGeography, resolvePlace } from './places.js';

const geography = loadGeography();
const sites = (...keys: string[]): string[][] => sitesOf(keys, geography).sites.map((site) => [...site.keys]);

describe('the sites behind a list of keys', () => {
  it('takes keys that lie in one another for one place, the finest', () => {
    expect(sites('nis:62096', 'nuts:BE33', 'postal:BE-4100', 'geo:50.5986,5.5079')).toEqual([
      ['geo:50.5986,5.5079', 'postal:BE-4100', 'nis:62096', 'nuts:BE33'],
    ]);
  });

  it('takes keys that lie apart for several places', () => {
    expect(sites('nis:62096', 'nis:62063')).toEqual([['nis:62063'], ['nis:62096']]);
    expect(sites('nuts:BE332', 'nis:62096', 'nis:61031')).toEqual([
      ['nis:61031'],
      ['nis:62096', 'nuts:BE332'],
    ]);
  });

  it('lets a region that holds two places describe both', () => {
    expect(sites('nuts:BE33', 'nis:62096', 'nis:61031')).toEqual([
      ['nis:61031', 'nuts:BE33'],
      ['nis:62096', 'nuts:BE33'],
    ]);
  });

  it('joins a point to the postal code of its municipality, even when another is nearer', () => {
    expect(sites('postal:BE-4102', 'geo:50.5986,5.5079')).toEqual([['geo:50.5986,5.5079', 'postal:BE-4102']]);
  });

  it('keeps two points apart', () => {
    expect(sites('geo:50.5986,5.5079', 'geo:50.60,5.51')).toHaveLength(2);
  });

  it('names the keys that stand for nothing', () => {
    expect(sitesOf(['nis:99999', 'postal:BE-0001', 'nuts:XX1'], geography).unknown).toEqual([
      'nis:99999',
      'nuts:XX1',
      'postal:BE-0001',
    ]);
  });
});

describe('geography', () => {
  it('places a point in its municipality by the boundaries', () => {
    expect(geography.municipalityAt({ lat: 50.5986, lon: 5.5079 })).toBe('62096');
    expect(geography.municipalityAt({ lat: 48.85, lon: 2.35 })).toBeNull();
  });

  it('measures on a sphere', () => {
    expect(distanceKm({ lat: 50.63027, lon: 5.59472 }, { lat: 50.8504, lon: 4.3488 })).toBeCloseTo(91, 0);
  });

  it('knows the region of a postal code abroad', () => {
    expect(geography.extent('postal:FR-38000')?.nuts).toBe('FRK24');
    expect(geography.extent('postal:LU-4968')?.nuts).toBe('LU000');
    expect(geography.extent('postal:NL-6211')?.nuts).toBe('NL42');
  });
});

describe('resolving a stated place', () => {
  it.each([
    [{ municipality: 'Seraing', postalCode: '4102' }, ['postal:BE-4102', 'nis:62096', 'nuts:BE332']],
    [{ municipality: 'SERAING' }, ['nis:62096', 'nuts:BE332']],
    [{ municipality: 'Luik' }, ['nis:62063', 'nuts:BE332']],
    [{ municipality: 'Ougrée' }, ['nis:62096', 'nuts:BE332']],
    [{ postalCode: '4100' }, ['postal:BE-4100', 'nis:62096', 'nuts:BE332']],
    [{ text: '4102 Ougrée (Seraing)' }, ['postal:BE-4102', 'nis:62096', 'nuts:BE332']],
    [{ nuts: 'BE332' }, ['nuts:BE332']],
    [{ country: 'FR', postalCode: '08500' }, ['postal:FR-08500', 'nuts:FRF21']],
    [{ municipality: 'Nulle-Part' }, []],
  ])('%j', (stated, expected) => {
    expect(resolvePlace(stated)).toEqual({ sites: expected, candidates: [] });
  });

  it('lets a person choose between places of one name', () => {
    const { sites: found, candidates } = resolvePlace({ municipality: 'Saint-Nicolas' });
    expect([found.length, candidates.length > 1]).toEqual([0, true]);
    expect(resolvePlace({ municipality: 'Saint-Nicolas', postalCode: '4420' }).sites).toContain('nis:62093');
  });
});

describe('localities of one name', () => {
  const rows = (file: string) => readCsv(fromRoot('data', 'belgium', file));
  const municipalities = new Map(rows('municipalities.csv').map((row) => [row['nis'], row]));
  const point = (row: Record<string, string>) => ({ lat: Number(row['lat']), lon: Number(row['lon']) });

  it('each lie in the municipality that has their postal code', () => {
    const codes = new Set([...municipalities.values()].flatMap((row) => row['postal_codes']!.split('|')));
    const strangers = rows('postal-codes.csv').filter(({ postal_code: code, nis }) => {
      const own = municipalities.get(nis)?.['postal_codes']?.split('|') ?? [];
      return codes.has(code!) && !own.includes(code!);
    });
    expect(strangers).toEqual([]);
  });

  it('each lie near it, as another source has measured', () => {
    const far = rows('postal-codes.csv').filter((row) => {
      const municipality = municipalities.get(row['nis']);
      return !municipality || distanceKm(point(row), point(municipality)) > 40;
    });
    expect(far).toEqual([]);
  });

  it.each([
    ['9300', 'Aalst', 'nuts:BE231'],
    ['4890', 'Clermont', 'nuts:BE335'],
    ['7850', 'Marcq', 'nuts:BE32A'],
    ['7780', 'Comines', 'nuts:BE328'],
  ])('%s %s is in %s', (postalCode, municipality, nuts) => {
    expect(resolvePlace({ postalCode, municipality }).sites).toContain(nuts);
  });
});
