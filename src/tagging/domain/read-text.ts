import { analyse, type Analysis } from './analyse.js';
import { rankCandidates, type RankedGroup, type Shares } from './candidates.js';
import { knowledgeShares } from './knowledge-shares.js';
import { scoreKnowledge, type KnowledgeScore } from './knowledge-score.js';
import type { TagModel } from './model.js';
import { sharesOf } from './shares-of.js';
import type { TagInput } from './tag.js';

/** A code a text may be about, before its evidence is looked up. */
export interface RankedCode extends RankedGroup {
  readonly code: string;
}

/** A text read and weighed: what every answer about it starts from. */
export interface ReadText {
  readonly analysis: Analysis;
  readonly ranked: readonly RankedCode[];
}

const NOTHING: Shares = {
  divisions: new Float64Array(0),
  groups: new Float64Array(0),
  naming: new Float64Array(0),
};

/** Reads a text and ranks the codes it may be about; none when nothing in it is known. */
export function readText(model: TagModel, input: TagInput): ReadText {
  const analysis = analyse(model.lexicon, input);
  const score = scoreKnowledge(model, analysis);
  const ranked = rankCandidates(model.catalogue, weigh(model, analysis, score)).map((one) => ({
    ...one,
    confidence: Math.round(one.confidence * 10_000) / 10_000,
    code: deepestCode(model, score, one),
  }));
  return { analysis, ranked };
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
