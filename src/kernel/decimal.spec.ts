import fc from 'fast-check';
import {
  addDecimals,
  compareDecimals,
  isDecimal,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from './decimal.js';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }))
  .map(([units, scale]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    return `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale ? `.${digits.slice(-scale)}` : ''}`;
  });

describe('decimals', () => {
  it('add exactly where floats do not', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(subtractDecimals('0.3', '0.45')).toBe('-0.15');
    expect(multiplyDecimals('1.10', '3')).toBe('3.30');
  });

  it('add in any order to the same sum, and compare with it', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(compareDecimals(addDecimals(a, b), addDecimals(b, a))).toBe(0);
        expect(Math.sign(compareDecimals(addDecimals(a, b), a))).toBe(Math.sign(compareDecimals(b, '0')));
      }),
    );
  });

  it.each([
    ['2.345', 2, '2.35'],
    ['-2.345', 2, '-2.35'],
    ['2.344', 2, '2.34'],
    ['2', 2, '2.00'],
    ['-0.004', 2, '0.00'],
  ])('%s rounded to %i places is %s', (value, scale, expected) => {
    expect(roundDecimal(value, scale)).toBe(expected);
  });

  it.each(['1,5', '1e3', '', ' 1', '1.', '.5', 'NaN'])('%p is not one', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(() => compareDecimals(text, '0')).toThrow(RangeError);
  });
});
