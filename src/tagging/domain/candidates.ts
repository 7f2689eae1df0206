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
/** Out of fold, a third division half as likely as the group it pushes out costs the fewest readings. */
const GIVES_WAY = 0.5;

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
 * for a person to choose from), then the next groups whatever their division. The third division gives way to a group
 * more than twice as likely, which it would push out. A whole division is no further reading: each of its groups says as
 * much.
 */
export function rankCandidates(catalogue: CpvCatalogue, shares: Shares): RankedGroup[] {
  const readings = strongest(shares.divisions, DISTINCT).map((division): RankedGroup => {
    const group = namedGroup(catalogue, shares, division);
    return { division, group, confidence: shares.divisions[division] as number };
  });
  const groups = strongest(shares.groups, 24).filter((group) => !catalogue.isWholeDivision(group));
  const further = groups.filter((group) => readings.every((one) => one.group !== group));
  const pushedOut = shares.groups[further[MOST - DISTINCT] ?? -1] ?? 0;
  const third = readings[DISTINCT - 1];
  if (third && third.confidence < GIVES_WAY * pushedOut) readings.pop();
  let ceiling = readings.at(-1)?.confidence ?? 0;
  return [
    ...readings,
    ...further.slice(0, MOST - readings.length).map((group): RankedGroup => {
      ceiling = Math.min(ceiling, shares.groups[group] as number);
      return { division: catalogue.divisionOfGroup[group] as number, group, confidence: ceiling };
    }),
  ];
}

function namedGroup(catalogue: CpvCatalogue, { naming }: Shares, division: number): number {
  let best = -1;
  for (let g = 0; g < naming.length; g += 1) {
    if (catalogue.divisionOfGroup[g] !== division) continue;
    if (best === -1 || (naming[g] as number) > (naming[best] as number)) best = g;
  }
  return best;
}
