import { seededRandom } from './training/random.js';
import { calibrationError, calibrationErrorByChance } from './calibration-error.js';

describe('how far confidence lies from what comes true', () => {
  it('is the gap of each bin, weighed by its answers', () => {
    const answers = [
      { confidence: 0.95, isRight: true },
      { confidence: 0.95, isRight: false },
      { confidence: 0.25, isRight: false },
      { confidence: 1, isRight: true },
    ];
    expect(calibrationError(answers)).toBeCloseTo((2.9 - 2 + 0.25) / 4, 12);
    expect(calibrationError([])).toBe(0);
  });

  it('cannot be less than chance gives to few answers: half of two coins differ from what they say', () => {
    const coins = [
      { confidence: 0.5, isRight: true },
      { confidence: 0.5, isRight: true },
    ];
    expect(calibrationErrorByChance(coins)).toBeCloseTo(0.25, 12);
    expect(calibrationErrorByChance([{ confidence: 1, isRight: false }])).toBe(0);
    expect(calibrationErrorByChance([])).toBe(0);
    // So many in one bin go on as normal: no jump where that begins.
    const many = (count: number) =>
      calibrationErrorByChance(Array.from({ length: count }, () => ({ confidence: 0.73, isRight: true })));
    expect(many(2000) * Math.sqrt(2000)).toBeCloseTo(many(1999) * Math.sqrt(1999), 3);
  });

  it('is by chance what drawing the answers again and again shows', () => {
    const random = seededRandom(7);
    const said = Array.from({ length: 100 }, () => random());
    const draws = Array.from({ length: 4000 }, () =>
      calibrationError(said.map((confidence) => ({ confidence, isRight: random() < confidence }))),
    );
    const drawn = draws.reduce((sum, error) => sum + error, 0) / draws.length;
    const exact = calibrationErrorByChance(said.map((confidence) => ({ confidence, isRight: true })));
    expect(Math.abs(exact - drawn)).toBeLessThan(0.002);
  });
});
