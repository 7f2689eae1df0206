import { languageOf } from './language.js';

describe('the language of a bill', () => {
  it.each([
    ['fr', ['Peinture', 'N°', 'Libellé', 'U', 'Qté', 'PU']],
    ['nl', ['Dakwerken', 'Omschrijving', 'Eenheid', 'Hoeveelheid']],
    ['de', ['Malerarbeiten', 'Pos', 'Menge', 'EP', 'GP']],
    ['en', ['Mowing of lawns', 'No', 'Description', 'Qty']],
  ])('is %s by the words of one line and its header', (language, texts) => {
    expect(languageOf(texts)).toBe(language);
  });

  it.each([
    ['no words', []],
    ['codes alone', ['PVC 110', 'T1', 'Ø 60']],
    ['a word of several languages', ['Description', 'Total', 'Transport']],
    ['two languages in equal parts', ['Désignation / Omschrijving', 'Unité / Eenheid']],
    ['Italian', ['Lavori di tinteggiatura delle pareti', 'Fornitura e posa di porte']],
    ['Spanish', ['Suministro y montaje de puertas en los aseos', 'Pintura de las paredes']],
  ])('is not guessed from %s', (_what, texts) => {
    expect(languageOf(texts)).toBeNull();
  });
});
