import type { Analysis } from './analyse.js';
import { wordWeight } from './analyse.js';
import type { WordRun } from './evidence.js';
import { toSpans } from './evidence.js';
import type { TagModel } from './model.js';
import { placementShares } from './placement-shares.js';
import type { CpvCandidate, EvidenceSpan, Placeable, PlaceableLabel, PlaceableReason } from './tag.js';

const LABELS: readonly PlaceableLabel[] = ['yes', 'part', 'no'];
/** The tables are cautious: judged texts, each left out in turn, ask for this power of their shares. */
const SHARPNESS = 1.4;
const ACCEPT_FROM = 0.82;
const WORTH_NAMING = 0.05;

/** Words for study or supply say what the trade is; once the trade is known, they say little more. */
const ABOUT_TRADE: ReadonlySet<PlaceableReason> = new Set([
  'intellectual',
  'supply_only',
  'licence_required',
]);
const EXPLAINED = 0.75;

interface CueFound {
  readonly factors: readonly [number, number, number];
  readonly reason: PlaceableReason | null;
  readonly run: WordRun | null;
}

/** How likely it is that the trade is one such enterprises practise. */
function suitedShare(model: TagModel, candidates: readonly CpvCandidate[]): number {
  const first = candidates[0];
  const shares = first ? model.placeable.tradeOf(first.code)?.shares : undefined;
  return first && shares && shares[2] < 0.5 ? first.confidence : 0;
}

function findCues(model: TagModel, analysis: Analysis, candidates: readonly CpvCandidate[]): CueFound[] {
  const doubt = 1 - EXPLAINED * suitedShare(model, candidates);
  const cues = new Map<string, CueFound>();
  for (const field of analysis.fields) {
    for (const match of field.matches) {
      const concept = model.lexicon.concepts[match.concept];
      const cue = concept?.source === 'action' ? model.placeable.cueOf(concept.code) : null;
      if (!cue || cues.has(cue.cue)) continue;
      // A cue in the title speaks for the whole; one deep in the text may be about a detail.
      const force = field.name === 'context' ? 0.5 : wordWeight(field, match.fromWord) > 1 ? 1 : 0.5;
      const said = cue.reason !== null && ABOUT_TRADE.has(cue.reason) ? force * doubt : force;
      const factors = cue.factors.map((factor) => factor ** said) as [number, number, number];
      const run =
        field.name === 'text' ? { fromWord: match.fromWord, toWord: match.toWord, weight: force } : null;
      cues.set(cue.cue, { factors, reason: cue.reason, run });
    }
  }
  return [...cues.values()];
}

function reasonsFor(
  label: PlaceableLabel,
  model: TagModel,
  candidates: readonly CpvCandidate[],
  cues: readonly CueFound[],
): PlaceableReason[] {
  const against: readonly PlaceableReason[] = [
    'common_trade',
    'labour_intensive',
    'recurring_service',
    'divisible',
  ];
  const fits = (reason: PlaceableReason): boolean =>
    label === 'part' || (label === 'yes' ? against.includes(reason) : !against.includes(reason));
  const reasons = new Set<PlaceableReason>();
  for (const cue of cues) if (cue.reason && fits(cue.reason)) reasons.add(cue.reason);
  const first = candidates[0];
  const trade = first ? model.placeable.tradeOf(first.code) : null;
  for (const reason of trade?.reasons ?? []) if (fits(reason)) reasons.add(reason);
  if (label === 'part') reasons.add('divisible');
  if (reasons.size === 0) reasons.add(label === 'no' ? 'unclear' : 'common_trade');
  return [...reasons].slice(0, 2);
}

/**
 * Whether a social-economy enterprise could execute the text: the trades found, each with how often it can be
 * placed, moved by words such as "étude" or "fourniture".
 */
export function decidePlaceable(
  model: TagModel,
  analysis: Analysis,
  text: string,
  candidates: readonly CpvCandidate[],
): Placeable {
  const cues = findCues(model, analysis, candidates);
  const shares = placementShares(model, analysis, candidates);
  for (const cue of cues) for (let k = 0; k < 3; k += 1) shares[k] = (shares[k] ?? 0) * (cue.factors[k] ?? 1);
  for (let k = 0; k < 3; k += 1) shares[k] = (shares[k] ?? 0) ** SHARPNESS;
  const sum = shares[0] + shares[1] + shares[2];
  const best = shares.indexOf(Math.max(...shares));
  const label = LABELS[best] ?? 'no';
  const confidence = Math.round(((shares[best] ?? 0) / sum) * 10_000) / 10_000;
  return {
    label,
    confidence,
    accepted: confidence >= ACCEPT_FROM && candidates.length > 0,
    parts: label === 'no' ? [] : placeableParts(model, candidates),
    reasons: reasonsFor(label, model, candidates, cues),
    evidence: evidenceFor(analysis, text, candidates, cues, best),
  };
}

/** Trades that can be placed and that the text names; the likeliest one when it names none. */
function placeableParts(model: TagModel, candidates: readonly CpvCandidate[]): string[] {
  const suited = candidates.filter(({ code, confidence, evidence }) => {
    const shares = model.placeable.tradeOf(code)?.shares;
    return shares !== undefined && shares[2] < 0.5 && evidence.length > 0 && confidence >= WORTH_NAMING;
  });
  const named = suited.length > 0 ? suited : candidates.slice(0, 1);
  return named.slice(0, 3).map(({ code }) => code);
}

function evidenceFor(
  analysis: Analysis,
  text: string,
  candidates: readonly CpvCandidate[],
  cues: readonly CueFound[],
  best: number,
): EvidenceSpan[] {
  const runs = cues.flatMap((cue) => (cue.run && (cue.factors[best] ?? 1) >= 1 ? [cue.run] : []));
  const body = analysis.fields[0];
  const spans = body ? toSpans(text, body, runs.slice(0, 2)) : [];
  const more = (candidates[0]?.evidence ?? []).filter((span) =>
    spans.every((other) => span.end <= other.start || span.start >= other.end),
  );
  return [...spans, ...more].slice(0, 3).toSorted((a, b) => a.start - b.start);
}
