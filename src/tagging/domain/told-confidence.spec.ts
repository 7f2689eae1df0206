import fc from 'fast-check';
import { toldConfidence } from './told-confidence.js';

/** German, English, Dutch; left to review, then accepted. */
const calibration = { acceptFrom: 0.8, steps: Float64Array.of(0.6, 0.9, 0.5, 0.85, 0.4, 0.8) };

describe('the confidence told', () => {
  it('is how often answers of the step came true, where little was there to learn from', () => {
    expect(toldConfidence(0.5, 'de', calibration)).toBe(0.6);
    expect(toldConfidence(0.3, 'en', calibration)).toBeCloseTo(0.498, 9);
    expect(toldConfidence(0.8, 'nl', calibration)).toBeCloseTo(0.803, 9);
    expect(toldConfidence(1, 'de', calibration)).toBeCloseTo(0.905, 9);
  });

  it('is the share itself of a guess', () => {
    expect(toldConfidence(0.249, 'nl', calibration)).toBe(0.249);
  });

  it('is the share itself in French and in languages that are not read', () => {
    expect(toldConfidence(0.31, 'fr', calibration)).toBe(0.31);
    expect(toldConfidence(0.31, 'other', calibration)).toBe(0.31);
  });

  it('keeps the order in which answers are trusted', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.constantFrom('fr', 'de', 'en', 'nl'), (one, other, lang) => {
        fc.pre(one + 1e-6 < other);
        expect(toldConfidence(one, lang, calibration)).toBeLessThan(toldConfidence(other, lang, calibration));
      }),
    );
  });
});
