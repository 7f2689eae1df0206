import { analyse, wordWeight, type Analysis } from './analyse.js';
import { rankCandidates, type RankedGroup, type Shares } from './candidates.js';
import { decidePlaceable } from './decide-placeable.js';
import { toSpans, type WordRun } from './evidence.js';
import { knowledgeShares } from './knowledge-shares.js';
import { scoreKnowledge, type KnowledgeScore } from './knowledge-score.js';
import type { TagModel } from './model.js';
import type { CpvCandidate, EvidenceSpan, TagInput, TagResult } from './tag.js';

const ACCEPT_FROM = 0.8;

/**
 * What a text is about and whether it can be placed: up to five CPV codes with calibrated confidence and the
 * words they rest on, and the placeable verdict. Never throws; a text that says nothing gets no code.
 */
export function tagText(model: TagModel, input: TagInput): TagResult {
  const analysis = analyse(model.lexicon, input);
  const score = scoreKnowledge(model, analysis);
  const shares = knowledgeShares(model.catalogue, score);
  const cpv = rankCandidates(model.catalogue, shares).map((ranked) =>
    toCandidate(model, input, analysis, score, shares, ranked),
  );
  const first = cpv[0];
  return {
    lang: input.lang ?? (analysis.lang === 'other' ? 'und' : analysis.lang),
    cpv,
    accepted: first !== undefined && first.confidence >= ACCEPT_FROM,
    placeable: decidePlaceable(model, analysis, input.text, cpv),
  };
}

function toCandidate(
  model: TagModel,
  input: TagInput,
  analysis: Analysis,
  score: KnowledgeScore,
  shares: Shares,
  ranked: RankedGroup,
): CpvCandidate {
  const code = deepestCode(model, score, shares, ranked);
  return {
    code,
    confidence: Math.round(ranked.confidence * 10_000) / 10_000,
    evidence: evidenceFor(model, input.text, analysis, code),
  };
}

/** Goes below the group only along a code whose own words are in the text and stand out from its sisters. */
function deepestCode(model: TagModel, score: KnowledgeScore, shares: Shares, ranked: RankedGroup): string {
  if (ranked.group < 0) return model.catalogue.divisionCode(ranked.division);
  const group = model.catalogue.groups[ranked.group] as string;
  let best: string | null = null;
  let bestScore = 0.5;
  for (const [code, gain] of score.byCode) {
    if (!code.startsWith(group) || gain <= bestScore) continue;
    best = code;
    bestScore = gain;
  }
  return best ?? model.catalogue.groupCode(ranked.group);
}

function evidenceFor(model: TagModel, text: string, analysis: Analysis, code: string): EvidenceSpan[] {
  const body = analysis.fields[0];
  if (!body) return [];
  const runs: WordRun[] = [];
  for (const match of body.matches) {
    const concept = model.lexicon.concepts[match.concept];
    if (!concept || concept.source === 'action') continue;
    const near = nearness(code, concept.code);
    if (near > 0) {
      const weight = match.weight * near * wordWeight(body, match.fromWord) * (match.toWord - match.fromWord);
      runs.push({ fromWord: match.fromWord, toWord: match.toWord, weight });
    }
  }
  return toSpans(text, body, runs);
}

function nearness(code: string, other: string): number {
  if (code === other) return 3;
  if (code.slice(0, 3) === other.slice(0, 3)) return 2;
  return code.slice(0, 2) === other.slice(0, 2) ? 1 : 0;
}
