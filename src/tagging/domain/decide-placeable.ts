import type { Analysis, ReadField } from './analyse.js';
import { wordWeight } from './analyse.js';
import type { WordRun } from './evidence.js';
import { toSpans } from './evidence.js';
import type { TagModel } from './model.js';
import type { TermMatch } from './lexicon.js';
import type { PlacementCue } from './placeable-knowledge.js';
import { placementShares } from './placement-shares.js';
import type {
  CpvCandidate,
  EvidenceSpan,
  Placeable,
  PlaceableLabel,
  PlaceableReason,
  TagInput,
} from './tag.js';

const LABELS: readonly PlaceableLabel[] = ['yes', 'part', 'no'];
/** The tables are cautious: judged texts, each left out in turn, ask for this power of their shares. */
const SHARPNESS = 1.4;
const ACCEPT_FROM = 0.82;
/** Where the trade is a guess, so is what follows from it. A text without any term speaks by groups of letters alone, and has to speak clearly. */
const TRADE_KNOWN_FROM = { terms: 0.4, letters: 0.82 } as const;
const WORTH_NAMING = 0.05;

/** Words for study or supply say what the trade is; once the trade is known, they say little more. */
const ABOUT_TRADE: ReadonlySet<PlaceableReason> = new Set([
  'intellectual',
  'supply_only',
  'licence_required',
]);
const EXPLAINED = 0.75;

/** What a cue deep in the text counts, and from where on it is named as a reason. */
const DETAIL = 0.5;
const WORTH_SAYING = 0.25;

interface Mention {
  readonly field: ReadField;
  readonly match: TermMatch;
}
type Mentions = [Mention, ...Mention[]];

interface CueFound {
  readonly factors: readonly [number, number, number];
  readonly reason: PlaceableReason | null;
  readonly run: WordRun | null;
  /** How far it speaks for the whole: 1 wholly. */
  readonly force: number;
}

/** How likely it is that the trade is one such enterprises practise. */
function suitedShare(model: TagModel, candidates: readonly CpvCandidate[]): number {
  const first = candidates[0];
  const shares = first ? model.placeable.tradeOf(first.code)?.shares : undefined;
  return first && shares && shares[2] < 0.5 ? first.confidence : 0;
}

/** A cue with the words that give it, in the order of the text. */
function mentionsOf(model: TagModel, analysis: Analysis): Map<PlacementCue, Mentions> {
  const mentions = new Map<PlacementCue, Mentions>();
  for (const field of analysis.fields) {
    for (const match of field.matches) {
      const concept = model.lexicon.concepts[match.concept];
      const cue = concept?.source === 'action' ? model.placeable.cueOf(concept.code) : null;
      if (!cue) continue;
      const known = mentions.get(cue);
      if (known) known.push({ field, match });
      else mentions.set(cue, [{ field, match }]);
    }
  }
  return mentions;
}

/**
 * How far a cue speaks for the whole: wholly from the title, less from deep in the text, where it may be about a detail.
 * In a bill it speaks for the lines it stands in: one cabinet of high tension does not make a wiring dangerous.
 */
function forceOf(mentions: Mentions, bill: BillText | null): number {
  const [{ field, match }] = mentions;
  if (field.name === 'context') return DETAIL;
  if (wordWeight(field, match.fromWord) > 1) return 1;
  if (!bill) return DETAIL;
  const places = mentions.flatMap((one) =>
    one.field === field ? field.words.start[one.match.fromWord]! : [],
  );
  const lines = new Set(places.map((place) => bill.lineEnds.filter((end) => end < place).length));
  return lines.size / bill.lines;
}

interface BillText {
  readonly lineEnds: readonly number[];
  /** Without the title, which is no line of the bill. */
  readonly lines: number;
}

function billText({ fromBill, title, text }: TagInput): BillText | null {
  if (!fromBill) return null;
  const lineEnds = Array.from(text.matchAll(/\n/g), ({ index }) => index);
  const isTitled = lineEnds.length > 0 && text.slice(0, lineEnds[0]) === title;
  return { lineEnds, lines: lineEnds.length + (isTitled ? 0 : 1) };
}

function findCues(
  model: TagModel,
  analysis: Analysis,
  input: TagInput,
  candidates: readonly CpvCandidate[],
): CueFound[] {
  const doubt = 1 - EXPLAINED * suitedShare(model, candidates);
  const bill = billText(input);
  return [...mentionsOf(model, analysis)].map(([cue, mentions]) => {
    const force = forceOf(mentions, bill);
    const said = cue.reason !== null && ABOUT_TRADE.has(cue.reason) ? force * doubt : force;
    const factors = cue.factors.map((factor) => factor ** said) as [number, number, number];
    const [{ field, match }] = mentions;
    const run =
      field.name === 'text' ? { fromWord: match.fromWord, toWord: match.toWord, weight: force } : null;
    return { factors, reason: force < WORTH_SAYING ? null : cue.reason, run, force };
  });
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
  input: TagInput,
  candidates: readonly CpvCandidate[],
): Placeable {
  const cues = findCues(model, analysis, input, candidates);
  const shares = placementShares(model, analysis, candidates);
  for (const cue of cues) for (let k = 0; k < 3; k += 1) shares[k] = (shares[k] ?? 0) * (cue.factors[k] ?? 1);
  for (let k = 0; k < 3; k += 1) shares[k] = (shares[k] ?? 0) ** SHARPNESS;
  // Where some lines are dangerous, the whole is not for such an enterprise; the others may be.
  if (input.fromBill && cues.some(({ reason, force }) => reason === 'hazardous' && force < 1)) {
    shares[1] += shares[0];
    shares[0] = 0;
  }
  const sum = shares[0] + shares[1] + shares[2];
  const best = shares.indexOf(Math.max(...shares));
  const label = LABELS[best] ?? 'no';
  const confidence = Math.round(((shares[best] ?? 0) / sum) * 10_000) / 10_000;
  return {
    label,
    confidence,
    accepted: confidence >= ACCEPT_FROM && isTradeKnown(analysis, candidates),
    parts: label === 'no' ? [] : placeableParts(model, candidates),
    reasons: reasonsFor(label, model, candidates, cues),
    evidence: evidenceFor(analysis, input.text, candidates, cues, best),
  };
}

function isTradeKnown({ fields }: Analysis, [first]: readonly CpvCandidate[]): boolean {
  const by = fields.some(({ matches }) => matches.length > 0) ? 'terms' : 'letters';
  return first !== undefined && first.confidence >= TRADE_KNOWN_FROM[by];
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
