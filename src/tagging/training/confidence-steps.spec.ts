import { confidenceSteps, type FirstAnswer } from './confidence-steps.js';

const answers = (lang: FirstAnswer['lang'], share: number, right: number, wrong: number): FirstAnswer[] =>
  Array.from({ length: right + wrong }, (_, i) => ({ lang, share, right: i < right }));

describe('steps of confidence', () => {
  const drawn = [
    ...answers('de', 0.9, 60, 10),
    ...answers('en', 0.9, 18, 10),
    ...answers('en', 0.4, 29, 69),
    ...answers('fr', 0.9, 0, 500),
  ];
  const said = [
    ...answers('de', 0.9, 78, 20),
    ...answers('de', 0.4, 29, 69),
    ...answers('en', 0.9, 29, 29),
    ...answers('fr', 0.9, 0, 500),
  ];

  it('are how often answers came true, those to translations into the language counting as two hundred', () => {
    const [deReview, deAccepted, enReview, enAccepted, nlReview] = confidenceSteps(drawn, said, 0.8, 0);
    // Translated, one of each kind added: German 79 of 100 and 30 of 100, English 30 of 60, Dutch unknown.
    expect(deAccepted).toBeCloseTo((60 + 158) / 270, 12);
    expect(deReview).toBeCloseTo(0.3, 12);
    expect(enAccepted).toBeCloseTo((18 + 100) / 228, 12);
    expect(enReview).toBeCloseTo((29 + 100) / 298, 12);
    expect(nlReview).toBeCloseTo(0.5, 12);
  });

  it('are lower by what a new buyer costs', () => {
    const odds = (share = 0): number => share / (1 - share);
    const [, , , known] = confidenceSteps(drawn, said, 0.8, 0);
    const [, , , fresh] = confidenceSteps(drawn, said, 0.8, 0.08);
    expect(Math.log(odds(known) / odds(fresh))).toBeCloseTo(0.08, 9);
  });
});
