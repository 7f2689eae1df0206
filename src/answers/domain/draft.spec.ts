import fc from 'fast-check';
import { checkDraft } from './draft.js';

describe('a draft of an answer', () => {
  it('keeps the fields of the form as they were entered, right or wrong, and nothing else', () => {
    expect(
      checkDraft({
        kind: 'part',
        part: ' ',
        price: 'douze',
        reply1: 'Quatre',
        reply10: 'x',
        lines: 'l1',
        seenVersion: '2',
        action: 'save',
        message: ['a', 'b'],
      }),
    ).toEqual({ kind: 'part', part: ' ', price: 'douze', reply1: 'Quatre', lines: ['l1'], removed: [] });
  });

  it('is refused at each text that is too long for an answer', () => {
    const found = checkDraft({ message: 'x'.repeat(2001), part: 'x'.repeat(2000) });
    expect(Array.isArray(found) && found.map(({ code, place }) => [code, place])).toEqual([
      ['answer.text.too-long', { pointer: '/message' }],
    ]);
  });

  it('once read, reads as itself, whatever is sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('kind', 'lines', 'reply3', 'x'), fc.anything()), (given) => {
        const read = checkDraft(given);
        expect(Array.isArray(read) ? read : checkDraft(read)).toEqual(read);
      }),
    );
  });
});
