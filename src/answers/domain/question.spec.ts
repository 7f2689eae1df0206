import fc from 'fast-check';
import { checkQuestionText, QUESTION_TEXT_MAX } from './question.js';

const codes = (given: unknown): unknown => {
  const checked = checkQuestionText(given);
  return Array.isArray(checked) ? checked.map(({ code }) => code) : checked;
};

describe('a question', () => {
  it.each([
    ['', ['question.text.missing']],
    [' \n ', ['question.text.missing']],
    [undefined, ['question.text.missing']],
    [['a', 'b'], ['question.text.missing']],
    ['x'.repeat(QUESTION_TEXT_MAX + 1), ['question.text.too-long']],
    ['x'.repeat(QUESTION_TEXT_MAX), 'x'.repeat(QUESTION_TEXT_MAX)],
    [' Deux\r\nlignes ', 'Deux\nlignes'],
  ])('%j is read as %j', (given, expected) => expect(codes(given)).toEqual(expected));

  it('once read, reads as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (given) => {
        const read = checkQuestionText(given);
        fc.pre(typeof read === 'string');
        expect(checkQuestionText(read)).toBe(read);
      }),
    );
  });
});
