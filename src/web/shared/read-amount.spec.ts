import fc from 'fast-check';
import { readAmount, readQuantity } from './read-amount.js';

describe('an amount', () => {
  it.each([
    ['42000', '42000'],
    ['42 000', '42000'],
    ['42\u202f000,50', '42000.50'],
    ['42.000,50', '42000.50'],
    ['42,000.50', '42000.50'],
    ['1.234.567', '1234567'],
    ["1'234'567.8", '1234567.8'],
    ['€ 12,5', '12.5'],
    ['12,50 EUR', '12.50'],
  ])('%p is %s', (text, amount) => {
    expect(readAmount(text)).toEqual({ amount });
  });

  it.each(['1.234', '1,234', '999,999'])('%p can be read two ways, and is asked back', (text) => {
    expect(readAmount(text)).toBe('ambiguous');
  });

  it.each(['', '-5', 'douze', '1,23,45', '1.2345', '1.234.56', '1.234.567.89', '1e5'])(
    '%p is none',
    (text) => {
      expect(readAmount(text)).toBe('unreadable');
    },
  );

  it.each(['fr-BE', 'nl-BE', 'de-BE', 'en'])('is read as %s prints it', (locale) => {
    const print = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
        const read = readAmount(print.format(cents / 100));
        expect(read).toEqual({ amount: (cents / 100).toFixed(2) });
      }),
    );
  });
});

describe('a quantity', () => {
  it.each([
    ['0,125', '0.125'],
    ['12,3450', '12.3450'],
    ['1234.567890', '1234.567890'],
    [' − 12,5', '-12.5'],
    ['-1.234,5', '-1234.5'],
    ['42 000', '42000'],
  ])('%p is %s', (text, amount) => {
    expect(readQuantity(text)).toEqual({ amount });
  });

  it.each([
    ['12,345', 'ambiguous'],
    ['-1.234', 'ambiguous'],
    ['1,2345678', 'unreadable'],
    ['--5', 'unreadable'],
    ['-', 'unreadable'],
    ['', 'unreadable'],
  ])('%p is %s', (text, why) => {
    expect(readQuantity(text)).toBe(why);
  });
});
