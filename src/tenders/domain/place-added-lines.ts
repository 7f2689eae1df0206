import type { CorrectedLine, ReadingDiff } from './compare-readings.js';
import { packageOf } from './package-algebra.js';
import type { SameLots } from './same-lots.js';

/** Lines that a fresh proposal for the corrected document puts together. */
export interface ProposedGroup {
  /** As packages are named in the tender. */
  readonly ref: string;
  readonly lotIndex: number;
  readonly lineIndexes: readonly number[];
}

export interface StandingPackage {
  readonly id: string;
  readonly ref: string;
  readonly lotRef: string;
}

/** Where an added line goes: a package that stands, a proposed one (by its position), or none. */
export type AddedHome =
  | { readonly line: CorrectedLine; readonly packageId: string }
  | { readonly line: CorrectedLine; readonly proposal: number }
  | { readonly line: CorrectedLine; readonly unplaced: true };

/**
 * Places the added lines of a corrected document: with the lines they are proposed together with, in whatever
 * package a person has put those; else in a package of that name; else in a new one.
 */
export function placeAddedLines(
  diff: ReadingDiff,
  proposed: readonly ProposedGroup[],
  packages: readonly StandingPackage[],
  lots: SameLots,
): readonly AddedHome[] {
  const at = (lot: number, line: number): string => `${lot}/${line}`;
  const groupOf = new Map<string, number>();
  for (const [index, group] of proposed.entries()) {
    for (const line of group.lineIndexes) groupOf.set(at(group.lotIndex, line), index);
  }
  const siblings = new Map<number, Map<string, number>>();
  for (const { before, after } of diff.pairs) {
    const group = groupOf.get(at(after.lotIndex, after.lineIndex));
    const home = packageOf(before);
    if (group === undefined || home === null) continue;
    const counts = siblings.get(group) ?? new Map<string, number>();
    siblings.set(group, counts.set(home, (counts.get(home) ?? 0) + 1));
  }
  return diff.added.map((line): AddedHome => {
    const group = groupOf.get(at(line.lotIndex, line.lineIndex));
    if (group === undefined) return { line, unplaced: true };
    const standing =
      mostIn(siblings.get(group)) ?? named(packages, proposed[group]?.ref, lots.same.get(line.lotRef));
    return standing === null ? { line, proposal: group } : { line, packageId: standing };
  });
}

function mostIn(counts: ReadonlyMap<string, number> | undefined): string | null {
  const sorted = [...(counts ?? [])].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted[0]?.[0] ?? null;
}

function named(
  packages: readonly StandingPackage[],
  ref: string | undefined,
  lotRef: string | undefined,
): string | null {
  return packages.find((one) => one.ref === ref && one.lotRef === lotRef)?.id ?? null;
}
