import { writeXlsx } from 'hucre/xlsx';
import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { openArchive } from './archive.js';
import { readWorkbook, type Workbook } from './spreadsheet.js';

async function written(...sheets: Parameters<typeof writeXlsx>[0]['sheets']): Promise<Workbook> {
  return readWorkbook(openArchive(await writeXlsx({ sheets, properties: { title: 'Métré' } })));
}

/** Hand-written sheet XML, with the prefix and the texts that other programs use. */
function byHand(sheet: string, strings = ''): Workbook {
  const namespace = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<x:workbook ${namespace} xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="A" sheetId="1" r:id="rId1" state="veryHidden"/></x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/any.xml"/></Relationships>',
    'xl/worksheets/any.xml': `<x:worksheet ${namespace}><x:cols><x:col min="2" max="3" hidden="1"/></x:cols><x:sheetData>${sheet}</x:sheetData></x:worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="0.00&quot; day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>',
  };
  return readWorkbook(
    openArchive(
      zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))),
    ),
  );
}

describe('a workbook', () => {
  it('gives the values another program wrote, in their places', async () => {
    const { title, grids } = await written(
      { name: 'Lot 1', rows: [['Code', null, 12.5], [], ['é', true, new Date('2027-01-29T10:00:00Z')]] },
      { name: 'Notes', rows: [['texte']], hidden: true },
    );
    expect(title).toBe('Métré');
    expect(grids.map(({ sheet, hidden }) => [sheet, hidden])).toEqual([
      ['Lot 1', false],
      ['Notes', true],
    ]);
    expect(grids[0]!.rows).toEqual([
      { row: 1, hidden: false, cells: ['Code', null, 12.5] },
      { row: 3, hidden: false, cells: ['é', 'true', '2027-01-29T10:00'] },
    ]);
  });

  it('tells the rows of which all texts are struck out', async () => {
    const font = { strikethrough: true };
    const { grids } = await written({
      name: 'A',
      rows: [['1', 'Murs', 12], ['2', 'Sols'], ['3']],
      cells: new Map([
        ['0,0', { style: { font } }],
        ['0,1', { style: { font } }],
        ['1,1', { style: { font } }],
      ]),
    });
    expect(grids[0]!.rows.map(({ isStruck }) => isStruck)).toEqual([true, undefined, undefined]);
  });

  it('tells the rows of which all texts are bold', async () => {
    const font = { bold: true };
    const { grids } = await written({
      name: 'A',
      rows: [['Peinture', null, 12], ['1', 'Murs'], ['Remarque', null], [7]],
      cells: new Map([
        ['0,0', { style: { font } }],
        ['1,0', { style: { font } }],
        ['3,0', { style: { font } }],
      ]),
    });
    expect(grids[0]!.rows.map(({ isBold }) => isBold)).toEqual([true, undefined, undefined, undefined]);
  });

  it.each([
    ['#,##0.00\\ "m²";[Red]-#,##0.00\\ "m²"', 'm²'],
    ['0.0" m";"; m"', 'm'],
    ['[$-80C]0_)\\p\\c', 'pc'],
    ['0.00%', '%'],
    ['#,##0.00\\ "€"', undefined],
    ['0.00\\ [$EUR]\\ "EUR"', undefined],
    ['"n° "0', undefined],
    ['@"x"', undefined],
    ['0.00', undefined],
  ])('tells what the format %s prints behind a number', async (numFmt, printed) => {
    const { grids } = await written({
      name: 'A',
      rows: [['x', 12]],
      cells: new Map([
        ['0,0', { style: { numFmt } }],
        ['0,1', { style: { numFmt } }],
      ]),
    });
    expect([...(grids[0]!.rows[0]!.printed ?? [])]).toEqual(printed === undefined ? [] : [[1, printed]]);
  });

  it('gives any texts and numbers back as they were', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((one) => !/\p{Cc}|\p{Cn}|_x[0-9A-F]{4}_/u.test(one));
    const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        async (rows) => {
          const [grid] = (await written({ name: 'A', rows })).grids;
          const asRead = rows
            .map((cells) =>
              cells.map((value) =>
                typeof value === 'string' ? value.normalize('NFC').trim() || null : value === 0 ? 0 : value,
              ),
            )
            .map((cells) => cells.slice(0, cells.findLastIndex((value) => value !== null) + 1))
            .filter((cells) => cells.length > 0);
          expect(grid!.rows.map((row) => row.cells)).toEqual(asRead);
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });

  it('reads what other programs write: prefixes, formatted texts, 1904, hidden parts, formulas, errors', () => {
    const sheet = `
      <x:row r="2" hidden="1"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="C2"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>
      <x:row><x:c t="str"><x:v> a </x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c s="1"><x:v>0.5</x:v></x:c><x:c s="1"><x:v>44955.5</x:v></x:c><x:c s="2"><x:v>3</x:v></x:c></x:row>
      <x:row r="9"><x:c r="B9" t="inlineStr"><x:is><x:r><x:t>en </x:t></x:r><x:r><x:t>gras</x:t></x:r></x:is></x:c></x:row>`;
    const strings =
      '<si><r><t>Mur</t></r><r><t xml:space="preserve"> nord</t></r><rPh><t>aside</t></rPh></si>';
    const [grid] = byHand(sheet, strings).grids;
    expect(grid).toMatchObject({ sheet: 'A', hidden: true, hiddenColumns: new Set([1, 2]) });
    expect(grid!.rows).toEqual([
      { row: 2, hidden: true, cells: ['Mur nord', null, 2] },
      {
        row: 3,
        hidden: false,
        cells: ['a', null, 'true', 0.5, '2027-01-30T12:00', 3],
        printed: new Map([[5, 'day']]),
      },
      { row: 9, hidden: false, cells: [null, 'en gras'] },
    ]);
  });

  it('stops at more rows or columns than allowed, by what is counted and not by what is declared', () => {
    expect(() => byHand('<x:row/>'.repeat(1_048_577))).toThrow('file.limit.rows');
    expect(() => byHand('<x:row><x:c r="ZZZ1"><x:v>1</x:v></x:c></x:row>')).toThrow('file.limit.columns');
  });
});
