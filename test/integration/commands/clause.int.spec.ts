import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { clauseRows } from '../../factories/legal-basis-rows.js';
import { maillon, type Ran } from './maillon.js';

const fact = (id: string): string => JSON.stringify({ id, date: '2026-03-10', buyer: 'private' });
const clause = (input: string | Buffer): Promise<Ran> => maillon(['clause', '-'], { input });

/** Id of an answer, or the line a refusal names. */
const told = ({ id, refused }: Record<string, unknown>): unknown =>
  refused === undefined ? id : (refused as { place: { line: number } }).place.line;

describe('a file of facts', () => {
  it.each([
    ['is empty', '', []],
    ['holds nothing but blank lines', '\n \r\n\n', []],
    ['ends without a line end', `${fact('a')}\n${fact('b')}`, ['a', 'b']],
    ['starts with a byte order mark', `\ufeff${fact('a')}\n`, ['a']],
    ['ends its lines as Windows does', `${fact('a')}\r\n${fact('b')}\r\n`, ['a', 'b']],
  ])('%s', async (_what, input, expected) => {
    const { code, lines, notes } = await clause(input);
    expect([code, lines.map(told), notes]).toEqual([0, expected, '']);
  });

  it('has the number of every bad line told, blank lines counted', async () => {
    const { code, lines } = await clause(`\ufeff{\r\n\r\n${fact('a')}\r\n\r\nnone of it`);
    expect([code, lines.map(told)]).toEqual([2, [1, 'a', 5]]);
    expect(lines[0]).toMatchObject({ refused: { code: 'json.line.unreadable', found: '{' } });
  });

  it('may hold a line of two million characters', async () => {
    const long = 'é'.repeat(2_000_000);
    const { code, lines } = await clause([fact('a'), fact(long), fact('b')].join('\n'));
    expect(code).toBe(0);
    expect(lines.map(({ id }) => id)).toEqual(['a', long, 'b']);
  });
});

describe('a long file of facts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maillon-clause-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const rows = clauseRows();
  const COUNT = 40_000;
  const BAD = [1, 12_345, COUNT];
  const text = Array.from({ length: COUNT }, (_, index) =>
    BAD.includes(index + 1)
      ? '[]'
      : JSON.stringify({ ...rows[index % rows.length]!.facts, id: `n-${index + 1}` }),
  ).join('\n');

  function file(name: string, content: string | Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('is answered in its order, each line as in a short one, whichever thread it came to', async () => {
    const short = await clause(rows.map((row) => JSON.stringify(row.facts)).join('\n'));
    const { code, lines, notes } = await maillon(['clause', file('long.jsonl', text)]);
    expect([code, lines.length, notes]).toEqual([2, COUNT, '']);
    const wrong = lines.filter((line, index) => {
      const number = index + 1;
      if (BAD.includes(number)) return told(line) !== number;
      const expected = { id: `n-${number}`, ...short.lines[index % rows.length] };
      return JSON.stringify(line) !== JSON.stringify(expected);
    });
    expect(wrong).toEqual([]);
  });

  it('that breaks off is answered up to there, and then refused', async () => {
    const broken = gzipSync(text).subarray(0, -2000);
    const { code, lines } = await maillon(['clause', file('broken.jsonl.gz', broken)]);
    expect(code).toBe(2);
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines.at(-1)).toMatchObject({ refused: { code: 'file-unreadable' } });
    expect(lines.slice(1, 100).map(told)).toEqual(Array.from({ length: 99 }, (_, index) => `n-${index + 2}`));
  });

  it('may be left by who reads the answers, without a word', async () => {
    const child = spawn(process.execPath, ['dist/src/cli.js', 'clause', file('left.jsonl', text)]);
    let notes = '';
    child.stderr.on('data', (chunk: Buffer) => (notes += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, notes]).toEqual([0, '']);
  });
});
