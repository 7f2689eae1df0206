import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES } from '../../kernel/index.js';
import { formatDay, formatInstant, formatMoney, formatNumber, formatShare } from './formats.js';
import { withoutDirectionMarks } from './direction-marks.js';
import { baseKey, Messages, placeholdersOf } from './messages.js';

function messages(files: Record<string, string>): Messages {
  const folder = mkdtempSync(join(tmpdir(), 'maillon-messages-'));
  for (const language of LANGUAGES) mkdirSync(join(folder, language));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return Messages.load(folder);
}

describe('messages', () => {
  const catalogue = messages({
    'fr/a.yaml': 'hello: "Bonjour {name}"\nrows_one: "{count} ligne"\nrows_other: "{count} lignes"\n',
    'nl/a.yaml': 'hello: "Dag {name}"\nrows_one: "{count} regel"\nrows_other: "{count} regels"\n',
    'en/a.yaml': 'rows_one: "{count} row"\nrows_other: "{count} rows"\n',
  });

  it('fills the places of a sentence', () => {
    expect(catalogue.text('nl', 'hello', { name: 'Ann' })).toBe('Dag Ann');
  });

  it.each([
    ['fr', 0, '0 ligne'],
    ['fr', 1, '1 ligne'],
    ['fr', 2, '2 lignes'],
    ['en', 0, '0 rows'],
    ['en', 1, '1 row'],
    ['nl', 1500, '1.500 regels'],
  ] as const)('chooses the plural form of %s for %d', (language, count, expected) => {
    expect(catalogue.text(language, 'rows', { count })).toBe(expected);
  });

  it('falls back to French, then to the key', () => {
    expect(catalogue.text('en', 'hello', { name: 'Ann' })).toBe('Bonjour Ann');
    expect(catalogue.text('en', 'nowhere')).toBe('nowhere');
    expect([catalogue.has('rows'), catalogue.has('hello'), catalogue.has('nowhere')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('sets a name from right to left apart, whatever marks it brought, and no other', () => {
    const said = (name: string): string => catalogue.text('fr', 'hello', { name });
    expect(said('\u2067شركة\u202e 7')).toBe('Bonjour \u2068شركة 7\u2069');
    expect(said('\u2068a\u2069 שלום')).toBe('Bonjour \u2068a שלום\u2069');
    expect(said('\u2067Ann')).toBe('Bonjour \u2067Ann');
    // Once: the name within keeps its place apart in the sentence around.
    expect(said(said('שלום'))).toBe('Bonjour Bonjour \u2068שלום\u2069');
  });

  it('leaves of the marks of a page those alone that set a piece apart', () => {
    expect(withoutDirectionMarks('a\u202eb\u2069c \u2068שלום\u2069 \u2068d<b>\u2067e</b>\u2069')).toBe(
      'abc \u2068שלום\u2069 d<b>e</b>',
    );
  });

  it.each([
    ['Atelier Nord', 'd’Atelier Nord', 'qu’Atelier Nord'],
    ['Étincelle', 'd’Étincelle', 'qu’Étincelle'],
    ['E\u0301tincelle', 'd’E\u0301tincelle', 'qu’E\u0301tincelle'],
    ['Œuvres', 'd’Œuvres', 'qu’Œuvres'],
    ['Yvoir', 'd’Yvoir', 'qu’Yvoir'],
    ['Yannick', 'de Yannick', 'que Yannick'],
    ['Herstal', 'de Herstal', 'que Herstal'],
    ['Bâti', 'de Bâti', 'que Bâti'],
    ['', 'de ', 'que '],
  ])('shortens French words before %s, and no other word and no other language', (name, of, that) => {
    const elided = messages({
      'fr/a.yaml': 'x: "De {name}, de {name}, que {name}, code {name}, de {count}"',
      'nl/a.yaml': 'x: "de {name}"',
    });
    const De = `D${of.slice(1)}`;
    expect(elided.text('fr', 'x', { name, count: 8 })).toBe(`${De}, ${of}, ${that}, code ${name}, de 8`);
    expect(elided.text('nl', 'x', { name })).toBe(`de ${name}`);
  });

  it('leaves a place that nothing fills visible', () => {
    expect(catalogue.text('fr', 'hello')).toBe('Bonjour {name}');
  });

  it('lets no line of French begin with a sign, and leaves other languages and addresses alone', () => {
    const sentence = '"Dit : « Oui ! » {name} ; vu ? https://a.example/b :c"';
    const { sentences } = messages({ 'fr/a.yaml': `x: ${sentence}`, 'nl/a.yaml': `x: ${sentence}` });
    const dotted = (language: 'fr' | 'nl'): string =>
      sentences.get(language)!.get('x')!.replaceAll('\u00a0', '·');
    expect(dotted('fr')).toBe('Dit·: «·Oui·!·» {name}·; vu·? https://a.example/b :c');
    expect(dotted('nl')).toBe(sentence.slice(1, -1));
  });

  it('refuses a key that two files define, and nested keys', () => {
    expect(() => messages({ 'fr/a.yaml': 'x: "1"', 'fr/b.yaml': 'x: "2"' })).toThrow('fr/b.yaml: x');
    expect(() => messages({ 'de/a.yaml': 'x:\n  y: "1"' })).toThrow('de/a.yaml: x');
  });

  it('knows the places of a sentence and the key of a plural form', () => {
    expect(placeholdersOf('{b} then {a} then {b}')).toEqual(['a', 'b']);
    expect([baseKey('rows_other'), baseKey('rows_one'), baseKey('zone')]).toEqual(['rows', 'rows', 'zone']);
  });
});

describe('formats', () => {
  const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

  it.each([
    ['fr', '1 250,5', '42 000 €', '45 %'],
    ['nl', '1.250,5', '€ 42.000', '45%'],
    ['de', '1.250,5', '42.000 €', '45 %'],
    ['en', '1,250.5', '€42,000', '45%'],
  ] as const)('writes numbers, money and shares in %s', (language, number, money, share) => {
    expect(plain(formatNumber(language, '1250.50'))).toBe(number);
    expect(plain(formatMoney(language, { amount: '42000.00', currency: 'EUR' }))).toBe(money);
    expect(plain(formatShare(language, 0.454))).toBe(share);
  });

  it('writes large decimals exactly', () => {
    expect(plain(formatMoney('fr', { amount: '90071992547409931.07', currency: 'EUR' }))).toBe(
      '90 071 992 547 409 931,07 €',
    );
  });

  it('writes days as they are and instants in Brussels time', () => {
    expect(formatDay('fr', '2026-03-29')).toBe('29 mars 2026');
    expect(formatInstant('en', new Date('2026-03-29T00:59:00Z'))).toContain('01:59');
    expect(formatInstant('en', new Date('2026-03-29T01:00:00Z'))).toContain('03:00');
  });
});
