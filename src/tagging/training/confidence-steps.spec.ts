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

  it('are how often answers came true, those of all three languages counting as sixty', () => {
    const [deReview, deAccepted, enReview, enAccepted, nlReview, nlAccepted] = confidenceSteps(drawn, 0.8, 0);
    // Accepted: 79 of 100 in all, one of each kind added; to review 30 of 100.
    expect(deAccepted).toBeCloseTo((60 + 60 * 0.79) / 130, 12);
    expect(enAccepted).toBeCloseTo((18 + 60 * 0.79) / 88, 12);
    expect(nlAccepted).toBeCloseTo(0.79, 12);
    expect(enReview).toBeCloseTo((29 + 60 * 0.3) / 158, 12);
    expect([deReview, nlReview]).toEqual([0.3, 0.3].map((share) => expect.closeTo(share, 12)));
  });

  it('are lower by what a new buyer costs', () => {
    const odds = (share = 0): number => share / (1 - share);
    const [, , , known] = confidenceSteps(drawn, 0.8, 0);
    const [, , , fresh] = confidenceSteps(drawn, 0.8, 0.08);
    expect(Math.log(odds(known) / odds(fresh))).toBeCloseTo(0.08, 9);
  });
});
