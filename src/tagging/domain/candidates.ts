import type { CpvCatalogue } from './catalogue.js';

/** Calibrated shares; `groups[g]` is the joint share of group g, so groups of a division add up to its share. */
export interface Shares {
  readonly divisions: readonly number[];
  readonly groups: readonly number[];
  /** Within a division the group with the largest number is named first; see `sharesOf`. */
  readonly naming: readonly number[];
}

export interface RankedGroup {
  readonly division: number;
  /** -1: nothing speaks for one group more than another, the division is the answer. */
  readonly group: number;
  readonly confidence: number;
}

const MOST = 5;
const DISTINCT = 3;
const WORTH_SHOWING = 0.004;

function strongest(shares: readonly number[], count: number): number[] {
  const picked: number[] = [];
  for (let i = 0; i < shares.length; i += 1) {
    const share = shares[i] as number;
    if (share < WORTH_SHOWING) continue;
    let at = picked.length;
    while (at > 0 && (shares[picked[at - 1] as number] as number) < share) at -= 1;
    picked.splice(at, 0, i);
    if (picked.length > count) picked.pop();
  }
  return picked;
}

/**
 * Up to five codes: first the best group of each of the three likeliest divisions (three different readings
 * for a person to choose from), then the next groups whatever their division. A whole division is no further reading:
 * each of its groups says as much.
 */
export function rankCandidates(catalogue: CpvCatalogue, shares: Shares): RankedGroup[] {
  const ranked: RankedGroup[] = [];
  const used = new Set<number>();
  const groups = strongest(shares.groups, 24);
  for (const division of strongest(shares.divisions, DISTINCT)) {
    const group = namedGroup(catalogue, shares, division);
    used.add(group);
    ranked.push({ division, group, confidence: shares.divisions[division] as number });
  }
  let ceiling = ranked.at(-1)?.confidence ?? 0;
  for (const group of groups) {
    if (ranked.length >= MOST) break;
    if (used.has(group) || catalogue.isWholeDivision(group)) continue;
    ceiling = Math.min(ceiling, shares.groups[group] as number);
    ranked.push({ division: catalogue.divisionOfGroup[group] as number, group, confidence: ceiling });
  }
  return ranked;
}

function namedGroup(catalogue: CpvCatalogue, { naming }: Shares, division: number): number {
  let best = -1;
  for (let g = 0; g < naming.length; g += 1) {
    if (catalogue.divisionOfGroup[g] !== division) continue;
    if (best === -1 || (naming[g] as number) > (naming[best] as number)) best = g;
  }
  return best;
}
