import { documentType } from './approval-document.js';

describe('the type of a document', () => {
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'application/pdf'],
    ['a photograph', Buffer.from('ffd8ffe000104a46', 'hex'), 'image/jpeg'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'image/png'],
    ['a page', Buffer.from('<!doctype html><script>'), null],
    ['a drawing that runs scripts', Buffer.from('<svg onload="x()">'), null],
    ['a program', Buffer.from('4d5a9000', 'hex'), null],
    ['half a beginning', Buffer.from('89504e', 'hex'), null],
    ['a PDF further on', Buffer.from('\n\n%PDF-1.7'), null],
    ['nothing', Buffer.alloc(0), null],
  ])('of %s is read from its first bytes', (_, bytes, expected) =>
    expect(documentType(bytes)).toBe(expected),
  );
});
