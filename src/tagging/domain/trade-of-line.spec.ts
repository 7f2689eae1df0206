import fc from 'fast-check';
import { loadTagModel } from '../files/load-model.js';
import { readText } from './read-text.js';
import { tradeOfLine, tradesOfLine } from './trade-of-line.js';

const model = loadTagModel();

/** Written by hand: what a surveyor calls the line, three to five digits. */
const LINES: readonly (readonly [string, string])[] = [
  ['Plaques de plâtre sur ossature métallique, deux faces', '4532'],
  ['Carreaux de grès cérame 30 x 30 cm collés', '4543'],
  ['Peinture acrylique sur murs, deux couches', '4544'],
  ['Dépose de cloisons légères et évacuation', '45111'],
  ['Gouttières en zinc, développé 33 cm', '45261'],
  ['Clôture en treillis soudé, hauteur 1,80 m', '4534'],
  ['WC suspendu avec réservoir encastré', '4533'],
  ['Plantation d’arbres tiges, tuteurs compris', '45112'],
  ['Tableau divisionnaire 24 modules', '4531'],
  ['Metselwerk in betonblokken 14 cm', '45262'],
  ['Systeemplafonds 60 x 60 cm', '4542'],
  ['Trockenbauwände, doppelt beplankt', '4532'],
];

describe('the trade of a bill line', () => {
  it.each(LINES)('%s', (label, trade) => {
    expect(tradeOfLine(model, label)?.code.slice(0, trade.length)).toBe(trade);
  });

  it('takes the sections when the line says nothing', () => {
    const context = { lang: 'fr', sectionTitles: ['Peintures', 'Peinture des murs'] };
    expect(tradeOfLine(model, 'Type B', context)?.code.slice(0, 4)).toBe('4544');
  });

  it('is null when nothing says', () => {
    expect(tradeOfLine(model, '12.34')).toBeNull();
  });

  it('remembers lines under any number, since numbers change nothing', () => {
    const numbered = fc.array(
      fc.constantFrom(...LINES.map(([label]) => label), ' lot 12 ', 'local 7b', '2,5 m²', 'A1.2'),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    const shifted = fc.tuple(numbered, fc.integer({ min: 1, max: 9 })).map(([parts, by]) => {
      const text = parts.join(' ');
      return [text, text.replace(/\d/g, (digit) => String((Number(digit) + by) % 10))] as const;
    });
    const read = (text: string) => readText(model, { lang: 'fr', title: text, text, fromBill: true }).ranked;
    fc.assert(fc.property(shifted, ([one, other]) => expect(read(other)).toEqual(read(one))));
  });

  it('answers the same the second time', () => {
    const first = tradesOfLine(model, 'Carreaux de faïence', { lang: 'fr', lotTitle: 'Carrelages' });
    expect(tradesOfLine(model, 'Carreaux de faïence', { lang: 'fr', lotTitle: 'Carrelages' })).toEqual(first);
  });
});
