import type { Problem } from '../../kernel/index.js';
import type { ColumnLayout, ParsedTender, TenderFormat } from '../domain/index.js';
import { openArchive, type Archive } from './archive.js';
import { readCsv } from './csv.js';
import { decodeUndeclared, decodeXml } from './decode-text.js';
import { isDecp, readDecp } from './decp.js';
import { readDocx } from './docx.js';
import { isEformsNotice, readEforms } from './eforms/index.js';
import { FormatRefusal } from './format-refusal.js';
import { isGaeb, readGaeb } from './gaeb.js';
import { isOwnJson, readOwnJson } from './json.js';
import { readJsonValue } from './json-value.js';
import { isOcds, readOcds } from './ocds.js';
import { isTedExport, readTedExport } from './ted-export.js';
import { readPdf } from './pdf/index.js';
import { readXlsx } from './xlsx.js';
import { readXmlTree } from './xml-tree.js';

export interface DetectedFormat {
  readonly read: () => ParsedTender | Promise<ParsedTender>;
  /** The name promises another kind of file than the content is. */
  readonly mismatch: Problem | null;
}

/** What is read today, for people who bring something else. */
const READ_FORMATS = 'XLSX, CSV, PDF, DOCX, eForms XML, TED XML, GAEB XML, OCDS JSON, DECP JSON, JSON';

type Kind = 'zip' | 'ole' | 'pdf' | 'xml' | 'json' | 'text' | 'binary';

const EXTENSIONS: Readonly<Record<string, readonly (Kind | TenderFormat)[]>> = {
  xlsx: ['xlsx'],
  xlsm: ['xlsx'],
  docx: ['docx'],
  csv: ['csv'],
  txt: ['csv'],
  tsv: ['csv'],
  json: ['json', 'ocds', 'decp'],
  xml: ['eforms', 'ted-export', 'gaeb'],
  pdf: ['pdf'],
};

/** Tells the format by the content. @throws FormatRefusal when it is none that is read */
export function detectFormat(
  bytes: Uint8Array,
  name: string,
  layouts: readonly ColumnLayout[],
): DetectedFormat {
  const { format, read } = readerOf(bytes, layouts);
  return { read, mismatch: nameMismatch(format, name) };
}

interface Reader {
  readonly format: TenderFormat;
  readonly read: () => ParsedTender | Promise<ParsedTender>;
}

function readerOf(bytes: Uint8Array, layouts: readonly ColumnLayout[]): Reader {
  switch (kindOf(bytes)) {
    case 'zip':
      return archiveReader(openArchive(bytes), layouts);
    case 'ole':
      throw oleRefusal(bytes);
    case 'pdf':
      return { format: 'pdf', read: () => readPdf(bytes) };
    case 'xml':
      return xmlReader(bytes);
    case 'json':
      return jsonReader(bytes);
    case 'text':
      return { format: 'csv', read: () => readCsv(decodeUndeclared(bytes), layouts) };
    case 'binary':
      throw new FormatRefusal('file.format.unknown', {
        found: hexOf(bytes),
        expected: READ_FORMATS,
        params: { formats: READ_FORMATS },
      });
  }
}

function unsupported(found: string): FormatRefusal {
  return new FormatRefusal('file.format.unsupported', {
    found,
    expected: READ_FORMATS,
    params: { format: found, formats: READ_FORMATS },
  });
}

function startsWith(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function kindOf(bytes: Uint8Array): Kind {
  if (startsWith(bytes, 0x50, 0x4b)) return 'zip';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'ole';
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf';
  const head = decodeUndeclared(bytes.subarray(0, 4_000)).text;
  const [first] = head.trimStart();
  if (first === '<') return 'xml';
  if (first === '{' || (first === '[' && /^\s*\[\s*(?:[[{\]]|null\b)/.test(head))) return 'json';
  return isText(head) ? 'text' : 'binary';
}

/** Control characters other than line ends and tabs are not in texts. */
function isText(head: string): boolean {
  let control = 0;
  for (const character of head) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) control += 1;
  }
  return control === 0;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 8)).toString('hex');
}

function archiveReader(archive: Archive, layouts: readonly ColumnLayout[]): Reader {
  if (archive.names.includes('xl/workbook.xml')) {
    return { format: 'xlsx', read: () => readXlsx(archive, layouts) };
  }
  if (archive.names.includes('word/document.xml')) {
    return { format: 'docx', read: () => readDocx(archive, layouts) };
  }
  if (archive.names.includes('xl/workbook.bin')) throw unsupported('XLSB');
  throw unsupported(archive.names.includes('content.xml') ? 'OpenDocument' : 'ZIP');
}

/** Protected Office files and those of before 2007 have the same first bytes; their streams are named in UTF-16. */
function oleRefusal(bytes: Uint8Array): FormatRefusal {
  const has = (stream: string): boolean => Buffer.from(bytes).includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage')) return new FormatRefusal('file.encrypted');
  return unsupported(has('WordDocument') ? 'DOC' : has('Workbook') || has('Book') ? 'XLS' : 'OLE');
}

function xmlReader(bytes: Uint8Array): Reader {
  const root = readXmlTree(decodeXml(bytes));
  if (isEformsNotice(root)) return { format: 'eforms', read: () => readEforms(root) };
  if (isTedExport(root)) return { format: 'ted-export', read: () => readTedExport(root) };
  if (isGaeb(root)) return { format: 'gaeb', read: () => readGaeb(root) };
  throw new FormatRefusal('file.xml.unknown', {
    place: { xpath: `/${root.prefixed}` },
    found: root.prefixed,
    expected: 'ContractNotice, PriorInformationNotice, ContractAwardNotice, TED_EXPORT, GAEB',
  });
}

function jsonReader(bytes: Uint8Array): Reader {
  const value = readJsonValue(bytes);
  if (isOcds(value)) return { format: 'ocds', read: () => readOcds(value) };
  if (isDecp(value)) return { format: 'decp', read: () => readDecp(value) };
  if (isOwnJson(value)) return { format: 'json', read: () => readOwnJson(value) };
  throw new FormatRefusal('file.json.unknown', {
    place: { pointer: '' },
    expected: 'tender, lots | releases | marches',
  });
}

function nameMismatch(format: TenderFormat, name: string): Problem | null {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase();
  const promised =
    extension === undefined ? undefined : /^x8\d$/.test(extension) ? ['gaeb'] : EXTENSIONS[extension];
  if (promised === undefined || promised.includes(format)) return null;
  return {
    code: 'file.name.mismatch',
    severity: 'warning',
    place: { line: 1 },
    found: `.${extension}`,
    expected: format,
    params: { extension: `.${extension}`, format },
  };
}
