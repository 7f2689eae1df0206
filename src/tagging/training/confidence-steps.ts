import type { TextLanguage } from '../domain/detect-language.js';
import { SPARSE_LANGUAGES } from '../domain/told-confidence.js';

/** A first answer: how likely it is held to be, and whether it came true. */
export interface FirstAnswer {
  readonly lang: TextLanguage;
  readonly share: number;
  readonly right: boolean;
}

/** So many answers of all these languages speak along with those of one. */
const SPOKEN_ALONG = 60;

/**
 * How often answers left to review and accepted ones come true, for each language that few lines teach.
 * @param newBuyer what a buyer never seen costs, in log-odds
 */
export function confidenceSteps(
  answers: readonly FirstAnswer[],
  acceptFrom: number,
  newBuyer: number,
): Float64Array {
  const languages: readonly TextLanguage[] = SPARSE_LANGUAGES;
  const sparse = answers.filter(({ lang }) => languages.includes(lang));
  const steps = SPARSE_LANGUAGES.flatMap((lang) =>
    [false, true].map((accepted) => {
      const alike = sparse.filter(({ share }) => share >= acceptFrom === accepted);
      const own = alike.filter((answer) => answer.lang === lang);
      const pooled = (rightOf(alike) + 1) / (alike.length + 2);
      const share = (rightOf(own) + SPOKEN_ALONG * pooled) / (own.length + SPOKEN_ALONG);
      return 1 / (1 + ((1 - share) / share) * Math.exp(newBuyer));
    }),
  );
  return Float64Array.from(steps);
}

function rightOf(answers: readonly FirstAnswer[]): number {
  return answers.filter(({ right }) => right).length;
}
