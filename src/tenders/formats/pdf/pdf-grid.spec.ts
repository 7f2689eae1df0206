import { gridsOf } from './pdf-grid.js';
import type { TextRun } from './pdf-text.js';

const HEIGHT = 10;
const PER_LETTER = 5;

/** Texts of one base line, by where each begins. */
const printed = (y: number, texts: Readonly<Record<number, string>>): readonly TextRun[] =>
  Object.entries(texts).map(([x, text]) => ({
    x: Number(x),
    y,
    width: text.length * PER_LETTER,
    height: HEIGHT,
    text,
  }));

const cellsOf = (...runs: readonly (readonly TextRun[])[]): readonly (readonly unknown[])[] =>
  gridsOf([runs.flat()]).grids.flatMap(({ sheet, rows }) =>
    sheet === 'table' ? rows.map(({ cells }) => cells) : [],
  );

const HEAD = printed(700, { 50: 'N°', 100: 'Désignation', 300: 'U', 350: 'Quantité' });
const HEADS = ['N°', 'Désignation', 'U', 'Quantité'];

describe('a table in the print of a PDF', () => {
  it('has heads on several lines, above and below those on one', () => {
    const rows = cellsOf(
      printed(712, { 350: 'Quantité', 420: 'Prix' }),
      printed(706, { 50: 'N°', 100: 'Désignation', 300: 'U' }),
      printed(700, { 350: 'présumée', 420: 'unitaire' }),
      printed(688, { 420: '(€)' }),
      printed(660, { 50: '1', 100: 'Béton', 300: 'm³', 350: '12', 420: '95,00' }),
    );
    expect(rows).toEqual([
      ['N°', 'Désignation', 'U', 'Quantité présumée', 'Prix unitaire (€)'],
      ['1', 'Béton', 'm³', '12', '95,00'],
    ]);
  });

  it.each([
    ['first', 0],
    ['middle', 1],
    ['last', 2],
  ])('has a description on three lines, the quantity beside the %s of them', (_, beside) => {
    const article = (y: number, number: string): readonly TextRun[] =>
      ['Pose de', `carrelage ${number}`, 'et joints'].flatMap((text, at) =>
        printed(y - at * 12, at === beside ? { 50: number, 100: text, 300: 'm²', 350: '12' } : { 100: text }),
      );
    const plain = (y: number): readonly TextRun[] =>
      printed(y, { 50: '3', 100: 'Plinthes', 300: 'm', 350: '7' });
    const rows = cellsOf(HEAD, article(660, '1'), article(616, '2'), plain(572), plain(552));
    expect(rows).toEqual([
      HEADS,
      ['1', 'Pose de carrelage 1 et joints', 'm²', '12'],
      ['2', 'Pose de carrelage 2 et joints', 'm²', '12'],
      ['3', 'Plinthes', 'm', '7'],
      ['3', 'Plinthes', 'm', '7'],
    ]);
  });

  it('joins words that begin small to those above where rows stand as close as lines, but no chapter', () => {
    const rows = cellsOf(
      HEAD,
      printed(688, { 100: 'Sols :' }),
      printed(676, { 50: '1', 100: 'chape', 300: 'm²', 350: '12' }),
      printed(664, { 100: 'Pose de' }),
      printed(652, { 50: '2', 100: 'carrelage', 300: 'm²', 350: '12' }),
      printed(640, { 50: '3', 100: 'Plinthes', 300: 'm', 350: '7' }),
      printed(628, { 50: '4', 100: 'Seuils', 300: 'm', 350: '3' }),
    );
    expect(rows.map(([ref, label]) => [ref, label])).toEqual([
      ['N°', 'Désignation'],
      [null, 'Sols :'],
      ['1', 'chape'],
      ['2', 'Pose de carrelage'],
      ['3', 'Plinthes'],
      ['4', 'Seuils'],
    ]);
  });

  it.each([
    ['first', 0],
    ['last', 1],
  ])(
    'joins words broken at the end of a line to the %s of its rows, where rows stand as close as lines',
    (_, beside) => {
      const article = (y: number, number: string): readonly TextRun[] =>
        ['Lieferung und Montage von Türen', 'Schlosserei'].flatMap((text, at) =>
          printed(
            y - at * 12,
            at === beside ? { 50: number, 100: text, 300: 'm²', 350: '12' } : { 100: text },
          ),
        );
      const title = printed(628, { 50: '5', 100: 'Fensterbau' });
      const last = printed(592, { 50: '4', 100: 'Fensterbank', 300: 'm', 350: '7' });
      const rows = cellsOf(HEAD, article(688, '1'), article(664, '2'), title, article(616, '3'), last);
      const text = 'Lieferung und Montage von Türen Schlosserei';
      expect(rows.slice(1).map(([ref, label]) => [ref, label])).toEqual([
        ['1', text],
        ['2', text],
        ['5', 'Fensterbau'],
        ['3', text],
        ['4', 'Fensterbank'],
      ]);
    },
  );

  it('takes words that would have fitted for titles of their own', () => {
    const rows = cellsOf(
      HEAD,
      printed(688, { 100: 'Türen' }),
      printed(676, { 50: '1', 100: 'Lieferung und Montage von Türen', 300: 'm²', 350: '12' }),
      printed(664, { 100: 'Schlosserei' }),
      printed(652, { 50: '2', 100: 'Montage', 300: 'm²', 350: '12' }),
      printed(640, { 100: 'Fenster' }),
      printed(628, { 50: '3', 100: 'Montage', 300: 'm²', 350: '12' }),
    );
    expect(rows.slice(1).map(([ref, label]) => ref ?? label)).toEqual([
      'Türen',
      '1',
      'Schlosserei',
      '2',
      'Fenster',
      '3',
    ]);
  });

  it('has a head above several that name nothing alone', () => {
    const rows = cellsOf(
      printed(720, { 50: 'Tableau des travaux et des prix de la commune' }),
      printed(708, { 355: 'Prix en euros HTVA' }),
      printed(700, { 50: 'N°', 100: 'Désignation', 200: 'U', 250: 'Quantité' }),
      printed(692, { 350: 'Unitaire', 420: 'Total' }),
    );
    expect(rows).toEqual([['N°', 'Désignation', 'U', 'Quantité', 'Prix en euros HTVA Unitaire', 'Total']]);
  });

  it('is of the only lot that is announced above it', () => {
    const announced = (...texts: readonly string[]): string | undefined => {
      const above = texts.flatMap((text, at) => printed(780 - at * 20, { 50: text }));
      return gridsOf([[...above, ...HEAD]]).grids[1]!.announcedLot;
    };
    expect(announced('Métré', 'Lot 2 : Peinture')).toBe('Lot 2 : Peinture');
    expect(announced('Lot 1 : Toiture', 'Lot 2 : Peinture')).toBeUndefined();
    expect(announced('Lot 1 : Toiture', 'Lot 2 : Peinture', 'Lot 2 : Peinture')).toBe('Lot 2 : Peinture');
  });

  it('parts cells that stand close where the texts of many rows begin', () => {
    const numbers = [1, 2, 3].map((n) =>
      printed(700 - n * 20, { 50: `01.01.0${n}`, 94: 'Aushub', 300: 'm³', 350: '12' }),
    );
    const heads = printed(700, { 60: 'OZ', 120: 'Leistung', 300: 'ME', 350: 'Menge' });
    expect(cellsOf(heads, ...numbers)[1]).toEqual(['01.01.01', 'Aushub', 'm³', '12']);
  });

  it('parts heads that stand close', () => {
    const heads = printed(700, { 50: 'N°', 64: 'Désignation', 123: 'Unité', 152: 'Quantité' });
    expect(cellsOf(heads)[0]).toEqual(['N°', 'Désignation', 'Unité', 'Quantité']);
  });

  it('has descriptions shorter than what is left of a head in the middle of its column', () => {
    const heads = printed(700, { 50: 'N°', 180: 'Désignation', 300: 'U', 350: 'Quantité' });
    const row = printed(680, { 50: '1.1', 100: 'Sable', 300: 't', 350: '12' });
    expect(cellsOf(heads, row)[1]).toEqual(['1.1', 'Sable', 't', '12']);
  });
});
