import fc from 'fast-check';
import { within } from '../../../../test/within.js';
import { decimalMarkOf, readNumber, type DecimalMark } from './numbers.js';

describe('a number as people type it', () => {
  it.each<[string, DecimalMark, string]>([
    ['12,5', null, '12.5'],
    ['12.5', null, '12.5'],
    ['1 234,50', null, '1234.50'],
    ['1\u202f234,50', null, '1234.50'],
    ['1\u00a0234', null, '1234'],
    ["1'234.50", null, '1234.50'],
    ['1.234,50', null, '1234.50'],
    ['1,234.50', null, '1234.50'],
    ['1.234.567', null, '1234567'],
    ['1,234,567.8', null, '1234567.8'],
    ['0,125', null, '0.125'],
    ['12345,678', null, '12345.678'],
    ['1,234', ',', '1.234'],
    ['1,234', '.', '1234'],
    ['1.234', ',', '1234'],
    ['-5', null, '-5'],
    ['− 12,50 €', null, '-12.50'],
    ['€ 12,50', null, '12.50'],
    ['007', null, '7'],
    ['200,00-', null, '-200.00'],
    ['5,-', null, '5'],
    ['env. 12,5', null, '12.5'],
    ['± 40', null, '40'],
    ['+/- 40', null, '40'],
    ['ca. 40', null, '40'],
  ])('%s, in a column of %s, is %s', (text, mark, value) => {
    expect(readNumber(text, mark)).toEqual({ kind: 'number', value, rest: '' });
  });

  it.each([
    ['12,5 m²', 'm²'],
    ['12,5m2', 'm2'],
    ['12,5 m3 (foisonné)', 'm3 (foisonné)'],
    ['12,5 m² sur 2 étages', 'm² sur 2 étages'],
    ['12,5 (2 couches)', '(2 couches)'],
    ['12,5 m² (2 x 6,25)', 'm² (2 x 6,25)'],
    ['12,5 € HTVA 21%', '€ HTVA 21%'],
    ['12,5 € (HTVA 21%)', '€ (HTVA 21%)'],
    ['12,5 m² auf 2 Geschossen', 'm² auf 2 Geschossen'],
    ['12,5 m2 op verdieping 3', 'm2 op verdieping 3'],
    ['12,5 m2 EI30', 'm2 EI30'],
    ['12,5 [dont 2 grands]', '[dont 2 grands]'],
  ])('leaves a unit that is glued to it: %s', (text, rest) => {
    expect(readNumber(text, null)).toEqual({ kind: 'number', value: '12.5', rest });
  });

  it.each<[string, DecimalMark, readonly [string, string]]>([
    ['(50,00)', null, ['50.00', '-50.00']],
    ['(1.250)', ',', ['1250', '-1250']],
    ['( 12 )', null, ['12', '-12']],
  ])('asks what brackets mean: %s', (found, mark, readings) => {
    expect(readNumber(found, mark)).toEqual({ kind: 'ambiguous', found, readings, rest: '' });
  });

  it.each(['(1,234)', '(-5)', '(0)', '(deux)', '(12) (6)'])('guesses nothing in brackets: %s', (text) => {
    expect(readNumber(text, null).kind).toBe('unreadable');
  });

  it.each([
    '2 couches de 45 m²',
    '2 passages sur 15 m²',
    '2 couches sur 3 étages',
    '10 & 12',
    '10 ; 12',
    '12 t soit 8 m³',
    '10 % de 12000 €',
    '10 € dont 2 € de pose',
    '01-févr',
    '3-Mar.',
    '12,50 HT soit 15,13 TTC',
    '12,50 € HTVA 15,13',
    '12 m² EUR30',
    '12 EI30',
    '12,5,0',
    '1.23.4',
    '1,23.456,7',
    'douze',
    '3/4',
    '10-12',
    '2 x 3',
    '12,5 m2 x 2',
    '2 × 12,5',
    '12,5 m2 + 3 m2',
    '10 à 12',
    '10 of 12 st',
    '10 bis 12',
    '3 m 50',
    '12h30',
    '12:30',
    '2025-12-09T00:00',
    '1 234 m² environ, à vérifier sur place avec le bureau d’études',
  ])('does not read %s', (text) => {
    expect(readNumber(text, null).kind).toBe('unreadable');
  });

  it('asks which of two numbers is meant', () => {
    expect(readNumber('1,234 m²', null)).toEqual({
      kind: 'ambiguous',
      found: '1,234 m²',
      readings: ['1234', '1.234'],
      rest: 'm²',
    });
  });

  it.each([['-'], [''], [null], ['…….'], ['____ €'], ['. . . . .']])('finds no number in %j', (cell) => {
    expect(readNumber(cell, null)).toEqual({ kind: 'none' });
  });

  it('hides the noise of binary fractions, and nothing else', () => {
    expect(readNumber(73.04000000000001, null)).toMatchObject({ value: '73.04' });
    expect(readNumber(1e-7, null)).toMatchObject({ value: '0.0000001' });
    expect(readNumber(123456789.12, null)).toMatchObject({ value: '123456789.12' });
  });

  it('tells the mark of a column by what is certain in it', () => {
    expect(decimalMarkOf(['1,234', '12,5'])).toBe(',');
    expect(decimalMarkOf(['1,234', '1.234'])).toBe(null);
    expect(decimalMarkOf(['12,5', '12.5'])).toBe(null);
    expect(decimalMarkOf([12.5, 'PM'])).toBe(null);
    expect(decimalMarkOf(['12,5,0', '1,2.3,4'])).toBe(null);
  });

  it('never reads silently another number than fr, nl, de or en printed', () => {
    const printers = ['fr-BE', 'nl-BE', 'de-BE', 'en-GB', 'fr-FR', 'de-CH'].map((locale) =>
      [0, 1, 2, 3].map(
        (digits) =>
          new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: 3 }),
      ),
    );
    const thousandths = fc.integer({ min: 0, max: 999_999_999 });
    const numbers = fc.array(fc.tuple(thousandths, fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 6,
    });
    const wrong: string[] = [];
    fc.assert(
      fc.property(fc.constantFrom(...printers), numbers, (printer, column) => {
        const values = column.map(([count, digits]) => Number((count / 1000).toFixed(digits)));
        const texts = values.map((value, index) => printer[column[index]![1]]!.format(value));
        const mark = decimalMarkOf(texts);
        for (const [index, text] of texts.entries()) {
          const read = readNumber(text, mark);
          const right =
            read.kind === 'number' ? Number(read.value) === values[index] : read.kind === 'ambiguous';
          if (!right) wrong.push(text);
        }
      }),
      { numRuns: 20_000, seed: 11 },
    );
    expect(wrong).toEqual([]);
  });

  // Work that grew with the square of the text would take minutes.
  it('answers on a long hostile text', () => {
    const hostile = `${'1 '.repeat(5_000_000)}x`;
    const [read, mark] = within(10, () => [readNumber(hostile, null), decimalMarkOf([hostile])]);
    expect(read.kind).toBe('unreadable');
    expect(mark).toBe(decimalMarkOf(['1 1 x']));
  });
});
