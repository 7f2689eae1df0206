import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneDatabase, type TestDatabase } from '../../database.js';
import { maillon, type Ran } from './maillon.js';

const fixture = (name: string): string => join('test/fixtures/tenders', name);

describe('the command line', () => {
  it('reads a document', async () => {
    const { code, lines } = await maillon(['parse', fixture('547670-2023.xml')]);
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      format: 'eforms',
      language: 'fr',
      tender: { buyer: { country: 'BE' } },
      problems: [],
    });
  });

  it('refuses with a problem in the language asked for, and exit 2', async () => {
    const { code, lines } = await maillon(['parse', '-', '--lang', 'nl'], { input: 'zomaar' });
    expect(code).toBe(2);
    const { refused } = lines[0] as { refused: { code: string; message: string; language: string } };
    expect(refused.language).toBe('nl');
    expect(refused.message).not.toContain(refused.code);
  });

  it('says what it expects when it is not understood', async () => {
    for (const args of [['dance'], ['parse'], ['parse', 'x', '--wings']]) {
      const { code, lines } = await maillon(args);
      expect([code, (lines[0] as { refused: { code: string } }).refused.code]).toEqual([2, 'usage']);
    }
  });

  it('puts every line of a document in one package, or says why not', async () => {
    const file = fixture('01-maisons-ouvrieres-25-lignes.xlsx');
    const parsed = (await maillon(['parse', file])).lines[0] as { lots: { lines: { key: string }[] }[] };
    const { lines } = await maillon(['packages', file]);
    const { packages, unassigned } = lines[0] as {
      packages: { lines: string[]; placeable: { label: string } }[];
      unassigned: { line: string }[];
    };
    const placed = [...packages.flatMap((p) => p.lines), ...unassigned.map((u) => u.line)];
    expect(placed.toSorted()).toEqual(
      parsed.lots.flatMap((lot) => lot.lines.map((line) => line.key)).toSorted(),
    );
    expect(packages.every((p) => ['yes', 'part', 'no'].includes(p.placeable.label))).toBe(true);
  });

  it('answers line by line, in order, and goes on after a line that is none', async () => {
    const input = [
      '{"id":"a","lang":"fr","text":"Peinture des murs et plafonds"}',
      'not json',
      '{"id":"b","text":"Onderhoud van groene ruimten"}',
    ].join('\n');
    const { code, lines } = await maillon(['tag', '-'], { input });
    expect(code).toBe(2);
    expect(lines.map((line) => line['id'] ?? (line['refused'] as { code: string }).code)).toEqual([
      'a',
      'json.line.unreadable',
      'b',
    ]);
    expect((lines[0]!['cpv'] as { code: string }[])[0]!.code).toMatch(/^4544/);
    expect((lines[2]!['cpv'] as { code: string }[])[0]!.code).toMatch(/^773/);
  });

  it('leaves no database behind when it is told to end', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'maillon-ended-'));
    try {
      const args = ['bench', 'match', '--enterprises', '300', '--packages', '50'];
      const { code, lines, notes } = await maillon(args, { temporary, endAt: 'packages against SQL' });
      expect([code, lines]).toEqual([128 + constants.signals.SIGTERM, []]);
      expect(notes).not.toContain('Error');
      expect(await readdir(temporary)).toEqual([]);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }, 120_000);

  it('asks the law', async () => {
    const input = [
      '{"id":"T05","date":"2007-06-01","buyer":"private","region":"WAL","nature":"works","value":"2500000","cpv":"45111200"}',
      '{"id":"T16","date":"2017-06-30","buyer":"public","level":"local","region":"WAL","nature":"works","value":"6000000","cpv":"45450000"}',
    ].join('\n');
    const { lines } = await maillon(['clause', '-'], { input });
    expect(lines).toMatchObject([
      { id: 'T05', regime: 'RCONTRACT', options: [{ instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' }] },
      { id: 'T16', regime: 'R2016', aboveThreshold: true, threshold: '5225000.00' },
    ]);
    const idess = '{"id":"E10","basis":"VOL","date":"2024-02-01","enterprise":{"kind":"WAL_IDESS"}}';
    expect((await maillon(['eligibility', '-'], { input: idess })).lines).toMatchObject([
      { id: 'E10', verdict: 'not-eligible' },
    ]);
  });
});

describe('the verbs of the operator', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  it('load the sample once, bring a file for a contractor, and find the record whole', async () => {
    const operator = (...args: string[]): Promise<Ran> => maillon(args, { databaseUrl: db.url });
    expect((await operator('seed')).lines).toMatchObject([{ seeded: true }]);
    expect((await operator('seed')).lines).toMatchObject([{ seeded: false }]);
    const brought = await operator(
      'import',
      fixture('maison-de-quartier.json'),
      '--as',
      'batisseurs@example.org',
      '--draft',
    );
    expect([brought.code, brought.lines]).toMatchObject([
      0,
      [{ isNew: true, state: 'staged', tenderId: expect.any(String) }],
    ]);
    expect(
      (await operator('import', fixture('maison-de-quartier.json'), '--as', 'gess@example.org')).code,
    ).toBe(2);
    // Nothing of the sample is published: there is nothing to count anew.
    expect(await operator('figures', '--anew')).toMatchObject({ code: 0, lines: [{ packages: 0 }] });
    expect((await operator('figures')).code).toBe(2);
    expect((await operator('audit', 'verify')).lines).toMatchObject([{ firstBreak: null }]);
    expect((await operator('outbox', 'list', 'failed')).lines).toEqual([]);
  }, 120_000);
});
