import fc from 'fast-check';
import { checkExtensionReason, checkWithdrawal, PUBLISHED_TEXT_MAX } from './published.js';

const codes = (checked: unknown): unknown =>
  Array.isArray(checked) ? checked.map(({ code }) => code) : checked;

describe('why a package is taken back', () => {
  it.each([
    [{}, ['withdrawal.reason.missing']],
    [{ reason: 'because' }, ['withdrawal.reason.missing']],
    [{ reason: 'not-in-document' }, ['withdrawal.reason.missing']],
    [{ reason: 'other', message: ' ' }, ['withdrawal.message.missing']],
    [{ reason: 'cancelled', message: 'x'.repeat(PUBLISHED_TEXT_MAX + 1) }, ['answer.text.too-long']],
    [{ reason: 'postponed' }, { reason: 'postponed', message: null }],
    [
      { reason: 'other', message: ' Le permis\r\nmanque ' },
      { reason: 'other', message: 'Le permis\nmanque' },
    ],
  ])('%j is read as %j', (given, expected) => expect(codes(checkWithdrawal(given))).toEqual(expected));

  it('never throws, whatever is sent', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (given) => void checkWithdrawal(given)));
  });
});

describe('why a deadline moves', () => {
  it.each([
    [undefined, ['extension.reason.missing']],
    [['a', 'b'], ['extension.reason.missing']],
    ['x'.repeat(PUBLISHED_TEXT_MAX + 1), ['answer.text.too-long']],
    [' Visite le 3 ', 'Visite le 3'],
  ])('%j is read as %j', (given, expected) => expect(codes(checkExtensionReason(given))).toEqual(expected));
});
