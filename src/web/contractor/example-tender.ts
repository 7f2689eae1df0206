import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fromRoot } from '../../platform/project-root.js';

const EXAMPLE = fromRoot('data', 'sample', 'tenders', '02-halle-ateliers-relais.xlsx');

/** A tender to try with, for whoever has none at hand. */
export async function exampleTender(): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  return { name: basename(EXAMPLE), bytes: await readFile(EXAMPLE) };
}
