import fc from 'fast-check';
import { formatEnterpriseNumber, parseEnterpriseNumber } from './enterprise-number.js';

describe('an enterprise number', () => {
  it.each(['0440966354', '0831797467', '0314595348', '0123456749'])('%s is valid', (number) => {
    expect(parseEnterpriseNumber(number)).toBe(number);
  });

  it.each(['0440966355', '1000000034', '2123456749', '123', 'BE', '04409663540'])('%s is not', (number) => {
    expect(parseEnterpriseNumber(number)).toBeNull();
  });

  it.each([
    'BE 0123.456.749',
    'be0123456749',
    '123456749',
    ' 0123 456 749 ',
    '0123-456-749',
    '\u202a0123.456.749\u202c',
  ])('is read from %p', (pasted) => {
    expect(parseEnterpriseNumber(pasted)).toBe('0123456749');
  });

  it('survives being printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 19_999_999 }), (first) => {
        const head = String(first).padStart(8, '0');
        const number = `${head}${String(97 - (first % 97)).padStart(2, '0')}`;
        return parseEnterpriseNumber(formatEnterpriseNumber(number)) === number;
      }),
    );
  });
});
