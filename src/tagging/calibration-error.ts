/** How sure an answer was, between 0 and 1, and whether it came true. */
export interface SureAnswer {
  readonly confidence: number;
  readonly isRight: boolean;
}

const BINS = 10;
/** From so many answers in a bin on, the sum of their coins is as good as normal, and the exact one takes seconds. */
const MANY = 2000;

/** Expected calibration error in ten bins of equal width: how far what is said lies from what comes true, on average. */
export function calibrationError(answers: readonly SureAnswer[]): number {
  return meanOverBins(answers, (bin) => {
    const said = bin.reduce((sum, { confidence }) => sum + confidence, 0);
    return Math.abs(said - bin.filter(({ isRight }) => isRight).length);
  });
}

/**
 * The calibration error that as many answers of these confidences would show on average, were every confidence exactly
 * true: what lies below it cannot be told from nothing (Bröcker and Smith 2007, consistency bars). The number of answers
 * that come true in a bin is a sum of coins of their own (Poisson binomial).
 */
export function calibrationErrorByChance(answers: readonly SureAnswer[]): number {
  return meanOverBins(answers, (bin) => {
    if (bin.length >= MANY) {
      const variance = bin.reduce((sum, { confidence }) => sum + confidence * (1 - confidence), 0);
      return Math.sqrt((2 * variance) / Math.PI);
    }
    const said = bin.reduce((sum, { confidence }) => sum + confidence, 0);
    return chancesOfRight(bin).reduce((sum, chance, right) => sum + chance * Math.abs(said - right), 0);
  });
}

function meanOverBins(answers: readonly SureAnswer[], gapOf: (bin: readonly SureAnswer[]) => number): number {
  const bins = Map.groupBy(answers, ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)));
  return [...bins.values()].reduce((sum, bin) => sum + gapOf(bin), 0) / Math.max(1, answers.length);
}

/** `[k]` is the chance that k of the answers are right, each by its own confidence. */
function chancesOfRight(bin: readonly SureAnswer[]): number[] {
  let chances = [1];
  for (const { confidence } of bin) {
    chances = [...chances, 0].map(
      (chance, right) => chance * (1 - confidence) + (chances[right - 1] ?? 0) * confidence,
    );
  }
  return chances;
}
