import { isOfLot, wordWeight, type Analysis } from './analyse.js';
import type { TagModel } from './model.js';
import type { CpvCandidate } from './tag.js';
import { CODE_POWER } from './weights.js';

/** How often such a text can be placed wholly, in part, or not at all; adds up to one. */
export type PlacementShares = [yes: number, part: number, no: number];

/** Share given to trades the candidates do not name, spread as labelled texts are. */
const UNSEEN: PlacementShares = [0.3, 0.2, 0.5];
/** How far the words may overrule the codes, and how much must be recognised for half of that. */
const WORDS_FORCE = 0.6;
/** Words of a lot's own name overrule the code further: buyers give each lot the code of the whole building. */
const LOT_FORCE = 0.95;
const WORDS_HALF = 4;
/** A word is believed as far as its division is; "électricité" is works or a supply. */
const FLOOR = 0.05;
/** A text that names a suitable trade and one that is not is one to be divided. */
const DIVIDED = 0.5;

function addShares(sum: PlacementShares, shares: readonly number[], weight: number): void {
  for (let k = 0; k < 3; k += 1) sum[k] = (sum[k] ?? 0) + weight * (shares[k] ?? 0);
}

/** The trades the candidates name, each by how likely it is; what they leave open is spread as texts are. */
function sharesOfCandidates(model: TagModel, candidates: readonly CpvCandidate[]): PlacementShares {
  const shares: PlacementShares = [0, 0, 0];
  let given = 0;
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const division = candidate.code.slice(0, 2);
    const trade = model.placeable.tradeOf(candidate.code);
    if (!trade || seen.has(division)) continue;
    seen.add(division);
    given += candidate.confidence;
    addShares(shares, trade.shares, candidate.confidence);
  }
  addShares(shares, UNSEEN, Math.max(0, 1 - given));
  return shares;
}

interface NamedTrade {
  readonly shares: PlacementShares;
  /** The word stands in the name of the lot. */
  readonly ofLot: boolean;
  weight: number;
}

/** What each place in the text names, ambiguous words averaged over what they may mean. */
function namedTrades(model: TagModel, analysis: Analysis, candidates: readonly CpvCandidate[]): NamedTrade[] {
  const likely = new Map(
    candidates.toReversed().map(({ code, confidence }) => [code.slice(0, 2), confidence]),
  );
  const named = new Map<string, NamedTrade>();
  for (const field of analysis.fields) {
    for (const match of field.matches) {
      const concept = model.lexicon.concepts[match.concept];
      const trade = concept && concept.source !== 'action' ? model.placeable.tradeOf(concept.code) : null;
      if (!trade) continue;
      const source = concept?.source === 'label' ? CODE_POWER.label : CODE_POWER.trade;
      const size = Math.min(match.toWord - match.fromWord, 4);
      const believed = FLOOR + (likely.get(concept?.code.slice(0, 2) ?? '') ?? 0);
      const weight = believed * source * Math.max(0, match.weight) * size * wordWeight(field, match.fromWord);
      const key = `${field.name}${match.fromWord}`;
      const one = named.get(key) ?? { shares: [0, 0, 0], ofLot: isOfLot(field, match.fromWord), weight: 0 };
      addShares(one.shares, trade.shares, weight);
      one.weight += weight;
      named.set(key, one);
    }
  }
  return [...named.values()].filter(({ weight }) => weight > 0);
}

function sharesOfNamed(named: readonly NamedTrade[]): PlacementShares {
  const shares: PlacementShares = [0, 0, 0];
  let [sum, suited, unsuited] = [0, 0, 0];
  for (const one of named) {
    const [yes, , no] = one.shares;
    sum += one.weight;
    addShares(shares, one.shares, 1);
    if (yes > no) suited += yes - no;
    else unsuited += no - yes;
  }
  const moved = DIVIDED * Math.min(suited, unsuited);
  return [(shares[0] - moved) / sum, (shares[1] + 2 * moved) / sum, (shares[2] - moved) / sum];
}

/** From the codes, corrected by the words themselves: a school that is built may be a lot of partitions. */
export function placementShares(
  model: TagModel,
  analysis: Analysis,
  candidates: readonly CpvCandidate[],
): PlacementShares {
  const fromCodes = sharesOfCandidates(model, candidates);
  const named = namedTrades(model, analysis, candidates);
  if (named.length === 0) return fromCodes;
  const ofLot = named.filter((one) => one.ofLot);
  const asked = ofLot.length > 0 ? ofLot : named;
  const sum = asked.reduce((total, { weight }) => total + weight, 0);
  const force = ((ofLot.length > 0 ? LOT_FORCE : WORDS_FORCE) * sum) / (sum + WORDS_HALF);
  const fromWords = sharesOfNamed(asked);
  return fromCodes.map((share, k) => (1 - force) * share + force * (fromWords[k] ?? 0)) as PlacementShares;
}
