import { statedNumbering } from './stated-numbering.js';

describe('the catalogue a bill follows', () => {
  it.each([
    [['Métré récapitulatif', 'Clauses techniques : CCTB 01.11'], 'CCTB', '01.11'],
    [['Selon le CCTB 2022, version 01.09'], 'CCTB', '01.09'],
    [['Cahier des charges-type Qualiroutes, édition 2021'], 'QUALIROUTES', '2021'],
    [['STLB-Bau 2024-10'], 'STLB-BAU', '2024-10'],
  ])('is read from %j', (texts, system, edition) => {
    expect(statedNumbering(texts)).toEqual({ system, edition });
  });

  it.each([[['CCTB']], [['Code CCTB', '01.11.2a Peinture']], [['Version 01.11']], [[]]])(
    'is not guessed from %j',
    (texts) => {
      expect(statedNumbering(texts)).toBeNull();
    },
  );
});
