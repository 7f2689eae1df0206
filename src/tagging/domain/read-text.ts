import { analyse, type Analysis } from './analyse.js';
import { rankCandidates, type RankedGroup, type Shares } from './candidates.js';
import { knowledgeShares } from './knowledge-shares.js';
import { scoreKnowledge, type KnowledgeScore } from './knowledge-score.js';
import type { TagModel } from './model.js';
import { sharesOf } from './shares-of.js';
import type { TagInput } from './tag.js';
import { zeros } from './zeros.js';

/** A code a text may be about, before its evidence is looked up. */
export interface RankedCode extends RankedGroup {
  readonly code: string;
}

/** A text read and weighed: what every answer about it starts from. */
export interface ReadText {
  readonly analysis: Analysis;
  readonly ranked: readonly RankedCode[];
}

/** How much of a line's trade is taken from what was learned, the rest from the vocabulary. */
const LEARNED_FORCE = 0.4;
const UNNAMED = 0.01;
/** A bill orders work: goods are what it is made with. */
const GOODS_ON_A_BILL = 0.15;
const FIRST_DIVISION_OF_WORK = 45;
/** What the vote of the lines is worth against the words of all of them in one. */
const VOTE_FORCE = 0.6;

const NOTHING: Shares = { divisions: [], groups: [], naming: [] };

/** Reads a text and ranks the codes it may be about; none when nothing in it is known. */
export function readText(model: TagModel, input: TagInput): ReadText {
  const analysis = analyse(model, input);
  const score = scoreKnowledge(model, analysis);
  const learned = weigh(model, analysis, score);
  const shares = input.fromBill ? blend(model, learned, knowledgeShares(model.catalogue, score)) : learned;
  const voted = input.votedCode ?? null;
  const leaning = voted === null ? shares : leanTowards(model, shares, voted);
  return { analysis, ranked: rank(model, leaning, score, voted) };
}

/** Shares moved towards the group of a code. */
function leanTowards(model: TagModel, shares: Shares, code: string): Shares {
  const { catalogue } = model;
  const lean = (old: readonly number[], size: number, chosen: number): number[] =>
    Array.from(
      { length: size },
      (_, i) => (old[i] ?? 0) * (1 - VOTE_FORCE) + (i === chosen ? VOTE_FORCE : 0),
    );
  const divisions = lean(shares.divisions, catalogue.divisions.length, catalogue.divisionOf(code));
  const groups = lean(shares.groups, catalogue.groups.length, catalogue.groupOf(code));
  return { divisions, groups, naming: groups };
}

/**
 * For bills, which no buyer ever coded: divisions by what was learned and what the words name, groups by the words
 * where they name one.
 */
function blend(model: TagModel, learned: Shares, known: Shares): Shares {
  if (learned.divisions.length === 0) return known;
  const { groupStart } = model.catalogue;
  const divisions = learned.divisions.map((share, d) => {
    const goods = Number(model.catalogue.divisions[d]) < FIRST_DIVISION_OF_WORK ? GOODS_ON_A_BILL : 1;
    const named = (known.divisions[d] as number) + UNNAMED;
    return goods * share ** LEARNED_FORCE * named ** (1 - LEARNED_FORCE);
  });
  const total = divisions.reduce((sum, share) => sum + share, 0);
  const groups = zeros(learned.groups.length);
  for (let d = 0; d < divisions.length; d += 1) {
    divisions[d] = (divisions[d] as number) / total;
    const named = known.divisions[d] as number;
    const [from, whole] =
      named > 0 ? [known.groups, named] : [learned.groups, learned.divisions[d] as number];
    for (let g = groupStart[d] as number; g < (groupStart[d + 1] as number); g += 1) {
      groups[g] = whole > 0 ? ((from[g] as number) / whole) * (divisions[d] as number) : 0;
    }
  }
  return { divisions, groups, naming: groups };
}

function rank(
  model: TagModel,
  shares: Shares,
  score: KnowledgeScore,
  voted: string | null,
): readonly RankedCode[] {
  const votedGroup = voted === null ? -1 : model.catalogue.groupOf(voted);
  return rankCandidates(model.catalogue, shares).map((one) => ({
    ...one,
    confidence: Math.round(one.confidence * 10_000) / 10_000,
    code: voted !== null && one.group === votedGroup ? voted : deepestCode(model, score, one),
  }));
}

function weigh(model: TagModel, analysis: Analysis, score: KnowledgeScore): Shares {
  const { linear } = model;
  if (!linear) return knowledgeShares(model.catalogue, score);
  const row = linear.space.read(model.lexicon, analysis);
  // Without a single known feature only the habit of buyers would speak.
  if (row.idx.length === 0) return NOTHING;
  return sharesOf(model.catalogue, linear, row, score, analysis.lang);
}

/** Goes below the group only along a code whose own words are in the text and stand out from its sisters. */
function deepestCode(model: TagModel, score: KnowledgeScore, ranked: RankedGroup): string {
  if (ranked.group < 0) return model.catalogue.divisionCode(ranked.division);
  const group = model.catalogue.groups[ranked.group] as string;
  if (group.endsWith('0')) return model.catalogue.groupCode(ranked.group);
  let best: string | null = null;
  let bestScore = 0.5;
  for (const [code, gain] of score.byCode) {
    if (!code.startsWith(group) || gain <= bestScore) continue;
    best = code;
    bestScore = gain;
  }
  return best ?? model.catalogue.groupCode(ranked.group);
}
