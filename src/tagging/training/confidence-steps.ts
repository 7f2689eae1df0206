import type { TextLanguage } from '../domain/detect-language.js';
import { SPARSE_LANGUAGES } from '../domain/told-confidence.js';

/** A first answer: how likely it is held to be, and whether it came true. */
export interface FirstAnswer {
  readonly lang: TextLanguage;
  readonly share: number;
  readonly right: boolean;
}

/** Translations are more, and have the habits of other buyers: together they speak as loud as so many lines. */
const SPOKEN_ALONG = 200;

/**
 * How often answers left to review and accepted ones come true, for each language that few lines teach.
 * @param translated answers to lines of other languages, said again in this one
 * @param newBuyer what a buyer never seen costs, in log-odds
 */
export function confidenceSteps(
  answers: readonly FirstAnswer[],
  translated: readonly FirstAnswer[],
  acceptFrom: number,
  newBuyer: number,
): Float64Array {
  const steps = SPARSE_LANGUAGES.flatMap((lang) =>
    [false, true].map((accepted) => {
      const isAlike = (answer: FirstAnswer): boolean =>
        answer.lang === lang && answer.share >= acceptFrom === accepted;
      const [own, along] = [answers.filter(isAlike), translated.filter(isAlike)];
      const spoken = (rightOf(along) + 1) / (along.length + 2);
      const share = (rightOf(own) + SPOKEN_ALONG * spoken) / (own.length + SPOKEN_ALONG);
      return 1 / (1 + ((1 - share) / share) * Math.exp(newBuyer));
    }),
  );
  return Float64Array.from(steps);
}

function rightOf(answers: readonly FirstAnswer[]): number {
  return answers.filter(({ right }) => right).length;
}
