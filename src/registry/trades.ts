import { fromRoot } from '../platform/project-root.js';
import type { Cpv } from '../kernel/index.js';
import { readCsv } from './read-csv.js';

let codes: ReadonlySet<Cpv> | undefined;

/** Every code of the Common Procurement Vocabulary 2008, without check digit. */
export function loadTradeCodes(): ReadonlySet<Cpv> {
  codes ??= new Set(readCsv(fromRoot('data', 'cpv', 'cpv-2008.csv')).map((row) => row['code']!));
  return codes;
}
