import { readFileSync } from 'node:fs';
import { fromRoot } from '../platform/project-root.js';
import { parseCsv } from './domain/csv.js';
import type { JudgedLine, PlaceableLabel } from './domain/index.js';

let loaded: readonly JudgedLine[] | null = null;

/** Lines with the answer that is right, written for this project: every rule is put to them before it counts. */
export function benchLines(): readonly JudgedLine[] {
  loaded ??= parseCsv(readFileSync(fromRoot('data', 'tagging', 'bench-lines.csv'), 'utf8')).map((row) => ({
    lang: row['lang'] ?? '',
    text: row['text'] ?? '',
    trade: row['trade'] ?? '',
    placeable: row['placeable'] as PlaceableLabel,
  }));
  return loaded;
}
