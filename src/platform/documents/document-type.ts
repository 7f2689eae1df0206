import { Refusal } from '../../kernel/index.js';

/** The largest document that somebody may show or attach. */
export const DOCUMENT_MAX_BYTES = 10 * 1024 * 1024;

const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';

/** What a document may be, and how the name of such a file ends. */
const ENDINGS = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  [`${OOXML}.wordprocessingml.document`]: ['docx'],
  [`${OOXML}.spreadsheetml.sheet`]: ['xlsx'],
  [`${ODF}.text`]: ['odt'],
  [`${ODF}.spreadsheet`]: ['ods'],
  'text/plain': ['txt', 'csv'],
} as const;

export type DocumentType = keyof typeof ENDINGS;

/** What shows that something is so: a page, or a picture of one. */
export const PROOF_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export const DOCUMENT_TYPES = Object.keys(ENDINGS) as readonly DocumentType[];

const BEGINNINGS = [
  ['application/pdf', '%PDF-'],
  ['image/jpeg', '\u00ff\u00d8\u00ff'],
  ['image/png', '\u0089PNG\r\n\u001a\n'],
] as const;

/** What the parts of an archive are called, by what it then is. */
const PARTS = [
  [`${OOXML}.wordprocessingml.document`, 'word/document.xml'],
  [`${OOXML}.spreadsheetml.sheet`, 'xl/workbook.xml'],
  [`${ODF}.text`, `mimetype${ODF}.text`],
  [`${ODF}.spreadsheet`, `mimetype${ODF}.spreadsheet`],
] as const;
const ARCHIVE = 'PK\u0003\u0004';
/** A document that brings programs along. */
const PROGRAMS = ['vbaProject.bin', 'Basic/script-lc.xml'] as const;

/** What a document is by its bytes, whatever its name says; null when it is nothing that we keep. */
export function documentType(bytes: Uint8Array): DocumentType | null {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const beginning = content.toString('latin1', 0, 8);
  const known = BEGINNINGS.find(([, mark]) => beginning.startsWith(mark))?.[0];
  if (known) return known;
  if (beginning.startsWith(ARCHIVE)) {
    if (PROGRAMS.some((name) => content.includes(name))) return null;
    return PARTS.find(([, name]) => content.includes(name))?.[0] ?? null;
  }
  return isText(content) ? 'text/plain' : null;
}

/** Nothing in it but letters and line ends, and no page of a browser. */
function isText(content: Buffer): boolean {
  if (content.length === 0 || content.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte)))
    return false;
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(content).trimStart().startsWith('<');
  } catch {
    return false;
  }
}

/** A document as somebody brings it. */
export interface DocumentBrought {
  readonly name: string;
  readonly mediaType: DocumentType;
  readonly content: Buffer;
}

/** A document as it is kept, with whose it is. */
export interface StoredDocument extends Omit<DocumentBrought, 'mediaType'> {
  readonly organisationId: string;
  readonly mediaType: string;
}

const LONGEST_NAME = 200;

/**
 * A file as a document of one of the types that are taken.
 * @returns its name ends as its content asks: what is text is opened as text, whatever it was called
 * @throws Refusal document-unfit, document-too-large
 */
export function asDocument(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  taken: readonly DocumentType[],
): DocumentBrought {
  const mediaType = documentType(bytes);
  if (mediaType === null || !taken.includes(mediaType)) throw new Refusal('document-unfit', { name });
  if (bytes.length > DOCUMENT_MAX_BYTES) throw new Refusal('document-too-large', { name });
  return { name: named(name, ENDINGS[mediaType]), mediaType, content: Buffer.from(bytes) };
}

function named(name: string, endings: readonly string[]): string {
  const plain = name.split(/[/\\]/).at(-1)!.trim().normalize('NFC');
  const fits = endings.some((ending) => plain.toLowerCase().endsWith(`.${ending}`));
  if (!fits) return `${plain.slice(0, LONGEST_NAME - 5)}.${endings[0]}`;
  const ending = plain.slice(plain.lastIndexOf('.'));
  return `${plain.slice(0, -ending.length).slice(0, LONGEST_NAME - ending.length)}${ending}`;
}
