import { readFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { fromRoot } from '../../platform/project-root.js';
import { isRefused } from '../domain/index.js';
import { LIMITS, parseTender } from './index.js';

const MIB = 1024 * 1024;

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fromRoot('test', 'fixtures', 'tenders', name)));
}

async function refusalOf(bytes: Uint8Array, name = 'x'): Promise<string | null> {
  const result = await parseTender(bytes, name);
  return isRefused(result) ? result.refused.code : null;
}

function rels(type: string, target: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
}

/** A workbook of one sheet with that XML, as little as Excel would open. */
function workbook(sheet: string, more: Record<string, Uint8Array> = {}): Uint8Array {
  const types =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>';
  return zipSync({
    '[Content_Types].xml': strToU8(types),
    '_rels/.rels': strToU8(rels('officeDocument', 'xl/workbook.xml')),
    'xl/_rels/workbook.xml.rels': strToU8(rels('worksheet', 'worksheets/sheet1.xml')),
    'xl/workbook.xml': strToU8(
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="M" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheet}</sheetData></worksheet>`,
    ),
    ...more,
  });
}

function row(number: number, ...texts: readonly string[]): string {
  const cells = texts.map(
    (text, index) =>
      `<c r="${String.fromCharCode(65 + index)}${number}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${number}">${cells.join('')}</row>`;
}

const BILL = row(1, 'N°', 'Désignation', 'Unité', 'Quantité') + row(2, '1', 'Peinture de murs', 'm2', '12,5');

/** An archive of one entry, packed by the system's zlib: large ones in a second. */
function archiveOf(name: string, content: Buffer): Uint8Array {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(crc32(content), 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]));
}

/** Sets a flag in every header of an archive. */
function encrypted(archive: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(archive);
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 4 < copy.length; at += 1) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint16(at + 6, 1, true);
    if (signature === 0x02014b50) view.setUint16(at + 8, 1, true);
  }
  return copy;
}

function ole(stream: string): Uint8Array {
  const head = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  return new Uint8Array(
    Buffer.concat([Buffer.from(head), Buffer.alloc(504), Buffer.from(stream, 'utf16le')]),
  );
}

describe('documents that mean harm, or are broken', () => {
  it('reads the workbook that the hostile ones are made of', async () => {
    const result = await parseTender(workbook(BILL), 'a.xlsx');
    expect(result).toMatchObject({ format: 'xlsx', lots: [{ lines: [{ ref: '1', quantity: '12.5' }] }] });
  });

  const xlsx = workbook(BILL);
  it.each([
    ['nothing', new Uint8Array(), 'file.empty'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3), 'file.format.unknown'],
    ['an archive cut short', xlsx.subarray(0, xlsx.length - 30), 'file.truncated'],
    ['an archive without directory', xlsx.subarray(0, 200), 'file.truncated'],
    ['an archive with a password', encrypted(xlsx), 'file.encrypted'],
    ['a workbook with a password', ole('EncryptedPackage'), 'file.encrypted'],
    ['a workbook of before 2007', ole('Workbook'), 'file.format.unsupported'],
    ['an archive of something else', zipSync({ 'a.txt': strToU8('x') }), 'file.format.unsupported'],
    ['an empty archive', zipSync({}), 'file.format.unsupported'],
    ['a workbook without a bill', workbook(row(1, 'Bonjour')), 'bill.table.none'],
    ['a workbook whose sheet is no XML', workbook('<row r="1"><c'), 'file.xml.malformed'],
    ['prose', strToU8('Madame, Monsieur,\nveuillez trouver ci-joint.'), 'bill.table.none'],
    ['XML cut short', fixture('547670-2023.xml').subarray(0, 9_000), 'file.xml.malformed'],
    ['other XML', strToU8('<html><body/></html>'), 'file.xml.unknown'],
    ['JSON cut short', strToU8('{"tender": {"title": "x"'), 'file.json.malformed'],
    ['other JSON', strToU8('{"a": 1}'), 'file.json.unknown'],
    ['a PDF cut short', fixture('08-deconstruction-selective.pdf').subarray(0, 900), 'file.corrupt'],
    ['bytes that are no UTF-8 in JSON', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 'file.encoding.broken'],
  ])('refuses %s', async (_what, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(code);
  });

  const entities = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">';
  it.each([
    ['a bomb of entities', `<!DOCTYPE x [${entities}]><x>&c;</x>`, 'file.xml.doctype'],
    [
      'an outside entity',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
      'file.xml.doctype',
    ],
    ['any DOCTYPE at all', '<!DOCTYPE ContractNotice><ContractNotice/>', 'file.xml.doctype'],
    ['an entity out of nowhere', '<x>&nbsp;</x>', 'file.xml.malformed'],
  ])('refuses %s', async (_what, xml, code) => {
    expect(await refusalOf(strToU8(xml))).toBe(code);
  });

  it('counts what an archive really inflates to, and stops there', async () => {
    const bomb = archiveOf('xl/workbook.xml', Buffer.alloc(LIMITS.inflated.value + 1));
    expect(bomb.length).toBeLessThan(MIB);
    expect(await refusalOf(bomb)).toBe('file.limit.inflated');
  });

  it('refuses entries that share their bytes', async () => {
    const archive = Uint8Array.from(
      zipSync({ 'xl/workbook.xml': new Uint8Array(4_000), b: new Uint8Array(4_000) }, { level: 0 }),
    );
    const view = new DataView(archive.buffer);
    const directory = view.getUint32(archive.length - 6, true);
    const second =
      directory + 46 + view.getUint16(directory + 28, true) + view.getUint16(directory + 30, true);
    view.setUint32(second + 42, 0, true);
    expect(await refusalOf(archive)).toBe('file.corrupt');
  });

  it('notices one changed letter in a stored entry', async () => {
    const stored = Uint8Array.from(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }, { level: 0 }));
    const at = Buffer.from(stored).indexOf('<workbook/>');
    stored[at + 1] = 0x57;
    expect(await refusalOf(stored)).toBe('file.corrupt');
  });

  it('tells a name that promises something else', async () => {
    const result = await parseTender(fixture('547670-2023.xml'), 'metre.xlsx');
    expect(result).toMatchObject({
      format: 'eforms',
      problems: [{ code: 'file.name.mismatch', severity: 'warning', found: '.xlsx', expected: 'eforms' }],
    });
  });

  it('answers any bytes, with a code and a place when it refuses', async () => {
    const starts = [
      '',
      'PK\u0003\u0004',
      '%PDF-1.4\n',
      '<a>',
      '{"lots":[',
      'N°;Désignation;Unité;Quantité\n1;a;m2;',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.uint8Array({ maxLength: 300 }),
        async (start, bytes) => {
          const result = await parseTender(new Uint8Array(Buffer.concat([Buffer.from(start), bytes])), 'x');
          if (!isRefused(result)) return;
          expect(result.refused.code).toMatch(/^(file|json|bill)\./);
          expect(result.refused.code).not.toBe('file.reader.fault');
          expect(result.refused.place).not.toBeNull();
        },
      ),
      { numRuns: 400, seed: 7 },
    );
  });
});

const nested = (depth: number): Uint8Array => strToU8(`${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`);
const many = (count: number): Uint8Array => strToU8(`<a>${'<b/>'.repeat(count - 1)}</a>`);
const deep = (depth: number): Uint8Array => strToU8(`${'['.repeat(depth - 1)}{}${']'.repeat(depth - 1)}`);
const long = (bytes: number): Uint8Array => strToU8(`{"a":"${'x'.repeat(bytes - 8)}"}`);
const entries = (count: number): Uint8Array =>
  zipSync(Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, new Uint8Array()])));
const csv = (head: string, rows: number): Uint8Array => strToU8(head + '1;Peinture;m2;3\n'.repeat(rows));
const bill = 'N°;Désignation;Unité;Quantité\n';
const cell = (length: number): Uint8Array => strToU8(`${bill}1;${'é'.repeat(length)};m2;3\n`);
const wide = (columns: number): Uint8Array => strToU8(`${bill}1;Peinture;m2;3${';x'.repeat(columns - 4)}\n`);
const sheets = (count: number): Uint8Array => {
  const list = Array.from(
    { length: count },
    (_, index) => `<sheet name="S${index}" sheetId="${index + 1}" r:id="rId1"/>`,
  );
  const xml = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${list.join('')}</sheets></workbook>`;
  return workbook(BILL, { 'xl/workbook.xml': strToU8(xml) });
};

describe('each limit, at it and one over', () => {
  it.each([
    ['xml-depth', nested, 'file.xml.unknown'],
    ['xml-nodes', many, 'file.xml.unknown'],
    ['json-depth', deep, 'file.json.unknown'],
    ['json', long, 'file.json.unknown'],
    ['entries', entries, 'file.format.unsupported'],
    ['rows', (count: number) => csv(bill, count - 1), null],
    ['cell', cell, null],
    ['columns', wide, null],
    ['sheets', sheets, null],
    ['upload', (size: number) => new Uint8Array(size).fill(0x20), 'file.limit.cell'],
  ] as const)(
    '%s',
    async (id, make, otherwise) => {
      const limit = LIMITS[id].value;
      expect(await refusalOf(make(limit))).toBe(otherwise);
      expect(await refusalOf(make(limit + 1))).toBe(`file.limit.${id}`);
    },
    90_000,
  );
});
