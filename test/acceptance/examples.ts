import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../../src/platform/project-root.js';
import { parseTender, type ParsedTender } from '../../src/tenders/index.js';

/** Documents with the values an independent reader found in them. They do not ship with the product. */
export const EXAMPLES = process.env['MAILLON_EXAMPLES'] ?? fromRoot('..', 'shared', 'examples');

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Expected = { [name: string]: Json };

/** Documents of one folder that have expected values; empty when the folder is absent. */
export function documentsIn(folder: string): readonly string[] {
  const at = join(EXAMPLES, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at)
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => name.replace(/\.expected\.json$/, ''));
}

export function expectedOf(folder: string, name: string): Expected {
  return JSON.parse(readFileSync(join(EXAMPLES, folder, `${name}.expected.json`), 'utf8')) as Expected;
}

export async function parsedExample(folder: string, name: string): Promise<ParsedTender> {
  const result = await parseTender(new Uint8Array(readFileSync(join(EXAMPLES, folder, name))), name);
  if ('refused' in result) throw new Error(`${name} is refused: ${JSON.stringify(result.refused)}`);
  return result;
}

/** Comma-separated text with quotes, to one object a record. Not the product's reader. */
export function csvRecords(text: string): readonly Record<string, string>[] {
  const records: string[][] = [[]];
  for (const [, quoted, plain = '', end = ''] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    const record = records.at(-1)!;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end.includes('\n')) records.push([]);
  }
  const [names = [], ...rows] = records.filter((record) => record.some((field) => field !== ''));
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
}

/** Differences that docs/notes/parsing-differences.md argues, as `file field`. */
export const ARGUED: ReadonlySet<string> = new Set(
  existsSync(fromRoot('docs', 'notes', 'parsing-differences.md'))
    ? [
        ...readFileSync(fromRoot('docs', 'notes', 'parsing-differences.md'), 'utf8').matchAll(
          /^\| `([^`]+)`\s*\| `([^`]+)`\s*\|/gm,
        ),
      ].map((match) => `${match[1]} ${match[2]}`)
    : [],
);

/**
 * One test for each document of a folder. Where the folder is absent there is one test that says so, since a
 * checkout alone is complete.
 */
export function forEachDocument(folder: string, title: string, test: (name: string) => Promise<void>): void {
  const names = documentsIn(folder);
  if (names.length === 0) it.todo(`SKIPPED, no examples/${folder} beside this checkout: ${title}`);
  for (const name of names) it(`${name} ${title}`, () => test(name));
}
