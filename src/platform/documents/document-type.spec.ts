import { asDocument, DOCUMENT_TYPES, documentType, PROOF_TYPES } from './document-type.js';

/** An archive as office programs write one: the name of each part stands in it as it is. */
const archive = (...parts: string[]): Buffer =>
  Buffer.concat([Buffer.from('504b030414000600', 'hex'), Buffer.from(parts.join('\u0000'))]);

describe('the type of a document', () => {
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'application/pdf'],
    ['a photograph', Buffer.from('ffd8ffe000104a46', 'hex'), 'image/jpeg'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'image/png'],
    [
      'a text of an office',
      archive('[Content_Types].xml', 'word/document.xml'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [
      'a table of an office',
      archive('[Content_Types].xml', 'xl/workbook.xml'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [
      'an open text',
      archive('mimetypeapplication/vnd.oasis.opendocument.text'),
      'application/vnd.oasis.opendocument.text',
    ],
    [
      'an open table',
      archive('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'application/vnd.oasis.opendocument.spreadsheet',
    ],
    ['plain words', Buffer.from('Poste;Prix\r\n1;12,50 €\n'), 'text/plain'],
    ['a table that brings programs', archive('xl/workbook.xml', 'xl/vbaProject.bin'), null],
    ['an archive of anything', archive('readme.txt'), null],
    ['a page', Buffer.from('<!doctype html><script>'), null],
    ['a page after blanks', Buffer.from('\ufeff \n<html>'), null],
    ['a drawing that runs scripts', Buffer.from('<svg onload="x()">'), null],
    ['a program', Buffer.from('4d5a9000', 'hex'), null],
    ['half a beginning', Buffer.from('89504e', 'hex'), null],
    ['letters of an old code', Buffer.from('Poste;Prix en \u00e9', 'latin1'), null],
    ['nothing', Buffer.alloc(0), null],
  ])('of %s is read from its content', (_, bytes, expected) => expect(documentType(bytes)).toBe(expected));
});

describe('a document that is brought', () => {
  const bytes = Buffer.from('echo 1');
  const nameOf = (name: string, content = bytes): string =>
    asDocument({ name, bytes: content }, DOCUMENT_TYPES).name;

  it.each([
    ['notes.txt', 'notes.txt'],
    ['Prix.CSV', 'Prix.CSV'],
    ['install.bat', 'install.bat.txt'],
    ['C:\\Users\\moi\\notes.txt', 'notes.txt'],
    ['../../etc/passwd', 'passwd.txt'],
    ['', '.txt'],
    [`${'x'.repeat(300)}.txt`, `${'x'.repeat(196)}.txt`],
  ])('called %j is kept as %j', (name, kept) => expect(nameOf(name)).toBe(kept));

  it('is refused when it is too large, or of a type that is not taken', () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
    expect(() => nameOf('x.txt', large)).toThrow('document-too-large');
    expect(() => asDocument({ name: 'x.txt', bytes }, PROOF_TYPES)).toThrow('document-unfit');
  });
});
