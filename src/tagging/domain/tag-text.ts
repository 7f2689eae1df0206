import type { Analysis } from './analyse.js';
import { decidePlaceable } from './decide-placeable.js';
import { toSpans } from './evidence.js';
import { isMostlyKnown } from './known-words.js';
import type { TagModel } from './model.js';
import { readText, type RankedCode } from './read-text.js';
import { runsOfTerms, runsOfWords } from './runs.js';
import type { CpvCandidate, TagInput, TagResult } from './tag.js';
import { toldConfidence } from './told-confidence.js';

/** Without a trained model, nothing is known of how often such shares are right. */
const ACCEPT_FROM = 0.85;

/**
 * What a text is about and whether it can be placed: up to five CPV codes with calibrated confidence and the
 * words they rest on, and the placeable verdict. Never throws; a text that says nothing gets no code.
 */
export function tagText(model: TagModel, input: TagInput): TagResult {
  const { analysis, ranked } = readText(model, input);
  const cpv = ranked.map((one, place) => toCandidate(model, input.text, analysis, one, place === 0));
  const first = cpv[0];
  const placeable = decidePlaceable(model, analysis, input, cpv);
  const threshold = model.linear?.calibration.acceptFrom ?? ACCEPT_FROM;
  const isSure = first !== undefined && first.confidence >= threshold;
  const isKnown = (isSure || placeable.accepted) && isMostlyKnown(model, analysis, input);
  return {
    lang: input.lang || (analysis.lang === 'other' ? 'und' : analysis.lang),
    cpv: input.fromBill ? cpv : asTold(model, analysis, cpv),
    accepted: isKnown && isSure,
    placeable: { ...placeable, accepted: isKnown && placeable.accepted },
  };
}

/** A bill is weighed otherwise than the notices confidence was measured on. */
function asTold(
  { linear }: TagModel,
  { lang }: Analysis,
  [first, ...further]: readonly CpvCandidate[],
): readonly CpvCandidate[] {
  if (!first || !linear) return first ? [first, ...further] : [];
  const told = Number(toldConfidence(first.confidence, lang, linear.calibration).toFixed(6));
  return [first, ...further].map((one) => ({
    ...one,
    confidence: one === first ? told : Math.min(one.confidence, told),
  }));
}

/** Only the first candidate is explained by single learned words when no term speaks for it: that search costs. */
function toCandidate(
  model: TagModel,
  text: string,
  analysis: Analysis,
  ranked: RankedCode,
  isFirst: boolean,
): CpvCandidate {
  const { code, confidence } = ranked;
  const body = analysis.fields[0];
  if (!body) return { code, confidence, evidence: [] };
  let runs = runsOfTerms(model.lexicon, body, code, isFirst ? 1 : 2);
  if (runs.length === 0 && isFirst && model.linear) {
    runs = runsOfWords(model.lexicon, model.linear, analysis, ranked.division);
  }
  return { code, confidence, evidence: toSpans(text, body, runs) };
}
