import { readFileSync } from 'node:fs';
import { fromRoot } from '../../platform/project-root.js';

/** Regions by their INSEE code. */
const REGIONS: Readonly<Record<string, string>> = {
  '01': 'FRY1',
  '02': 'FRY2',
  '03': 'FRY3',
  '04': 'FRY4',
  '06': 'FRY5',
  '11': 'FR1',
  '24': 'FRB',
  '27': 'FRC',
  '28': 'FRD',
  '32': 'FRE',
  '44': 'FRF',
  '52': 'FRG',
  '53': 'FRH',
  '75': 'FRI',
  '76': 'FRJ',
  '84': 'FRK',
  '93': 'FRL',
  '94': 'FRM',
};
/** In postal codes the two departments of Corsica have one number. */
const CORSICA: Readonly<Record<string, string>> = { '2A': 'FRM01', '2B': 'FRM02' };

let departments: ReadonlyMap<string, string> | undefined;

/**
 * NUTS region of a place that a French record gives by a code: the region of a region, else that of the department
 * that codes of municipalities, postal districts and cantons begin with.
 */
export function frenchRegion(code: string, kind: 'region' | 'other'): string | null {
  if (kind === 'region') return REGIONS[code.padStart(2, '0')] ?? null;
  departments ??= loadDepartments();
  const [two, three] = [code.slice(0, 2).toUpperCase(), code.slice(0, 3)];
  return CORSICA[two] ?? departments.get(three) ?? departments.get(two.padStart(2, '0')) ?? null;
}

function loadDepartments(): ReadonlyMap<string, string> {
  const lines = readFileSync(fromRoot('data', 'nuts', 'postal-prefixes.csv'), 'utf8')
    .trim()
    .split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [country, prefix = '', nuts = ''] = line.split(',');
      return country === 'FR' ? [[prefix, nuts] as const] : [];
    }),
  );
}
