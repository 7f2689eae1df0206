import { strFromU8, unzipSync } from 'fflate';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { writeCsv, writeXlsx, type Cell } from './index.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const HOSTILE = [
  '=1+1',
  '+32 4 1',
  '-cmd',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =HYPERLINK("http://x")',
  '＝1',
  '\u0000=1',
];

describe('delimited text', () => {
  it('is UTF-8 with its mark, semicolons, quotes doubled, and the decimals of the language', () => {
    expect(writeCsv([['Nom', 'a;b', 'dit "oui"', 'deux\nlignes', 0.5, null, -3]], ',')).toBe(
      '\uFEFFNom;"a;b";"dit ""oui""";"deux\nlignes";0,5;;-3\r\n',
    );
    expect(writeCsv([[0.5]], '.')).toBe('\uFEFF0.5\r\n');
  });

  it.each(HOSTILE)('keeps %j a text', (text) => {
    const [, field] = /^\uFEFF"?(.)/s.exec(writeCsv([[text, 'x']], ','))!;
    expect(field).toBe("'");
  });

  it('leaves alone what is no formula', () => {
    expect(writeCsv([['Bâtir & Cie – 3+1', "L'atelier", 'a=b']], ',')).toBe(
      "\uFEFFBâtir & Cie – 3+1;L'atelier;a=b\r\n",
    );
  });
});

describe('a workbook', () => {
  const partOf = (bytes: Uint8Array, name: string): string => strFromU8(unzipSync(bytes)[name]!);
  const cellsOf = async (bytes: Uint8Array): Promise<unknown[][]> =>
    (await readXlsx(bytes)).sheets[0]!.rows as unknown[][];

  it('comes back as it was, read by another program', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\p{Cc}\ufffe\uffff]/u.test(text)),
      fc.constantFrom('_x0041_', '<b>&amp;"', '=1+1', ' à '),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }),
        async (rows) => {
          const read = await cellsOf(writeXlsx([{ name: 'Chiffres', rows }], NOW));
          expect(read).toEqual(rows);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('holds no formula, and marks what looks like one as text', () => {
    const rows: Cell[][] = [['Nom'], ...HOSTILE.map((text) => [text])];
    const sheet = partOf(writeXlsx([{ name: 'Noms', rows }], NOW), 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toMatch(/<f[ >]/);
    expect([...sheet.matchAll(/<c s="2" t="inlineStr">/g)]).toHaveLength(HOSTILE.length);
    expect(partOf(writeXlsx([], NOW), 'xl/styles.xml')).toContain('quotePrefix="1"');
  });

  it('is the same bytes for the same values, with names that programs allow', () => {
    const sheets = [{ name: `a/b:${'x'.repeat(40)}`, rows: [['\u0001\ud800ok']] }];
    const bytes = writeXlsx(sheets, NOW);
    expect(Buffer.compare(bytes, writeXlsx(sheets, NOW))).toBe(0);
    expect(partOf(bytes, 'xl/workbook.xml')).toContain(`name="a b ${'x'.repeat(27)}"`);
    expect(partOf(bytes, 'xl/worksheets/sheet1.xml')).toContain('>\ufffdok<');
  });
});
