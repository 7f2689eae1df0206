import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { parse } from 'yaml';
import { fromRoot } from '../../../src/platform/project-root.js';
import { cloneDatabase, type TestDatabase } from '../../database.js';

const WORDS = ['none', 'personal', 'secret', 'commercial'] as const;
const SAID = ['owner', 'purpose', 'kept'] as const;

type Entry = Readonly<
  Partial<Record<(typeof WORDS)[number], string[]> & Record<(typeof SAID)[number], string>>
>;
interface DataMap {
  readonly engines: readonly string[];
  readonly tables: Readonly<Record<string, Entry>>;
}

const map = parse(readFileSync(fromRoot('docs/data-map.yaml'), 'utf8')) as DataMap;
const COLUMNS = `
  SELECT n.nspname AS schema, c.relname AS table, a.attname AS column
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
     AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;

/** @returns one line for each thing that is not on the map, twice on it, or on it alone */
function differences(columns: ReadonlyMap<string, readonly string[]>, tables: DataMap['tables']): string[] {
  const lines: string[] = [];
  for (const table of Object.keys(tables)) if (!columns.has(table)) lines.push(`${table} is gone`);
  for (const [table, present] of columns) {
    const entry = tables[table];
    if (!entry) {
      lines.push(`${table} is not on the map`);
      continue;
    }
    for (const word of SAID) if (!entry[word]?.trim()) lines.push(`${table} does not say its ${word}`);
    const tagged = WORDS.flatMap((word) => entry[word] ?? []);
    for (const column of present) {
      const times = tagged.filter((name) => name === column).length;
      if (times !== 1) lines.push(`${table}.${column} has ${times} tags`);
    }
    for (const column of tagged) if (!present.includes(column)) lines.push(`${table}.${column} is gone`);
    if (present.includes('organisation_id') !== (entry.owner === 'organisation'))
      lines.push(`${table} says another owner than its columns`);
  }
  return lines.sort();
}

describe('the map of the data', () => {
  let db: TestDatabase;
  const columns = new Map<string, string[]>();
  beforeAll(async () => {
    db = await cloneDatabase();
    const client = new Client({ connectionString: db.url });
    await client.connect();
    const { rows } = await client.query<{ schema: string; table: string; column: string }>(COLUMNS);
    await client.end();
    for (const { schema, table, column } of rows) {
      if (map.engines.includes(schema)) continue;
      const name = `${schema}.${table}`;
      columns.set(name, [...(columns.get(name) ?? []), column]);
    }
  });
  afterAll(() => db.drop());

  it('holds every column of the database once, with purpose and retention', () => {
    expect(differences(columns, map.tables)).toEqual([]);
  });

  it.each<[string, (tables: Map<string, string[]>) => void, string]>([
    [
      'a new column',
      (tables) => tables.get('accounts.person')?.push('phone'),
      'accounts.person.phone has 0 tags',
    ],
    ['a new table', (tables) => tables.set('accounts.passkey', ['id']), 'accounts.passkey is not on the map'],
    ['a table that went', (tables) => tables.delete('accounts.session'), 'accounts.session is gone'],
    [
      'a column that went',
      (tables) => tables.set('accounts.sign_in_try', ['id', 'tried_at']),
      'accounts.sign_in_try.source_hash is gone',
    ],
    [
      'a row that lost its owner',
      (tables) => tables.set('tenders.tender', []),
      'tenders.tender says another owner than its columns',
    ],
  ])('notices %s', (_what, change, line) => {
    const changed = new Map([...columns].map(([table, names]) => [table, [...names]]));
    change(changed);
    expect(differences(changed, map.tables)).toContain(line);
  });

  it('notices a tag given twice and a purpose left out', () => {
    const entry = { ...map.tables['accounts.person'], secret: ['email'], purpose: ' ' };
    expect(differences(columns, { ...map.tables, 'accounts.person': entry })).toEqual([
      'accounts.person does not say its purpose',
      'accounts.person.email has 2 tags',
    ]);
  });
});
