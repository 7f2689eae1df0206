import type { TextLanguage } from './detect-language.js';
import type { Calibration } from './linear-model.js';

/** Languages a few hundred labelled lines teach. */
export const SPARSE_LANGUAGES = ['de', 'en', 'nl'] as const;

/** Answers less likely are guesses, and told as such. */
const GUESS_BELOW = 0.25;
/** A hair, so that answers of one step keep the order of their shares. */
const ORDER = 0.01;

/**
 * The confidence told of a first answer, from how likely it is held to be. Where little was there to learn from it is told
 * in two steps, left to review and accepted, each with how often such answers came true: finer ones promise what nobody
 * knows (ADR 32). Whatever is decided goes by the share itself.
 */
export function toldConfidence(
  share: number,
  lang: TextLanguage,
  { acceptFrom, steps }: Pick<Calibration, 'acceptFrom' | 'steps'>,
): number {
  const place = (SPARSE_LANGUAGES as readonly TextLanguage[]).indexOf(lang);
  const step = steps[2 * place + (share >= acceptFrom ? 1 : 0)];
  if (step === undefined || share < GUESS_BELOW) return share;
  return Math.min(1, Math.max(0, step + ORDER * (share - 0.5)));
}
