import type { CpvCatalogue } from './catalogue.js';
import type { KnowledgeScore } from './knowledge-score.js';
import type { Shares } from './candidates.js';
import { zeros } from './zeros.js';

const SHARPNESS = 1.1;
const GROUP_SHARPNESS = 1.3;
// Without a trained model half of what a single term says is believed.
const OTHERWISE = 2;

/** Shares from the lexicon alone: cautious, flat when nothing was recognised. */
export function knowledgeShares(catalogue: CpvCatalogue, score: KnowledgeScore): Shares {
  const divisions = zeros(catalogue.divisions.length);
  const groups = zeros(catalogue.groups.length);
  let sum = OTHERWISE;
  for (let d = 0; d < divisions.length; d += 1) {
    const gain = Math.exp(SHARPNESS * Math.max(score.divisions[d] as number, 0)) - 1;
    divisions[d] = gain;
    sum += gain;
  }
  const perDivision = zeros(divisions.length);
  for (let g = 0; g < groups.length; g += 1) {
    const weight = Math.exp(GROUP_SHARPNESS * (score.groups[g] as number));
    groups[g] = weight;
    const d = catalogue.divisionOfGroup[g] as number;
    perDivision[d] = (perDivision[d] as number) + weight;
  }
  for (let d = 0; d < divisions.length; d += 1) divisions[d] = (divisions[d] as number) / sum;
  for (let g = 0; g < groups.length; g += 1) {
    const d = catalogue.divisionOfGroup[g] as number;
    groups[g] = ((groups[g] as number) / (perDivision[d] as number)) * (divisions[d] as number);
  }
  return { divisions, groups, naming: groups };
}
