import {
  compareReadings,
  packagesChanged,
  withCorrectedQuantities,
  type CorrectedLine,
  type ReadingDiff,
  type StandingLine,
} from './compare-readings.js';
import { sameLots, type SameLots } from './same-lots.js';
import { packageOf, type LineFigures } from './package-algebra.js';
import {
  placeAddedLines,
  type AddedHome,
  type ProposedGroup,
  type StandingPackage,
} from './place-added-lines.js';

/** What accepting a corrected document would do. */
export interface CorrectionPlan {
  readonly diff: ReadingDiff;
  readonly lots: SameLots;
  readonly homes: readonly AddedHome[];
  /** Positions of the proposals that become new packages. */
  readonly newPackages: readonly number[];
  /** Packages whose work changes and that keep lines. */
  readonly changed: ReadonlySet<string>;
  /** Packages that had lines and keep none. */
  readonly emptied: ReadonlySet<string>;
}

/** Standing lines that are not found again: left out of a comparison, and removed all the same. */
export interface LinesBeside {
  /** Those of all standing lines. */
  readonly lots: SameLots;
  /** Packages that lose such lines. */
  readonly packageIds: readonly string[];
}

/**
 * @param packages those that stand, or at least those named as the proposed ones
 * @param read as in `withCorrectedQuantities`
 */
export function planCorrection(
  standing: readonly StandingLine[],
  corrected: readonly CorrectedLine[],
  proposed: readonly ProposedGroup[],
  packages: readonly StandingPackage[],
  read: ReadonlyMap<string, LineFigures> = new Map(),
  beside: LinesBeside = { lots: sameLots(standing, corrected), packageIds: [] },
): CorrectionPlan {
  const diff = withCorrectedQuantities(compareReadings(standing, corrected, beside.lots), read);
  const homes = placeAddedLines(diff, proposed, packages, beside.lots);
  const addedTo = homes.map((home) => ('packageId' in home ? home.packageId : null));
  const keeping = new Set([...diff.pairs.map(({ before }) => packageOf(before)), ...addedTo]);
  const touched = new Set([...packagesChanged(diff, addedTo), ...beside.packageIds]);
  return {
    diff,
    lots: beside.lots,
    homes,
    newPackages: [...new Set(homes.flatMap((home) => ('proposal' in home ? [home.proposal] : [])))],
    changed: new Set([...touched].filter((id) => keeping.has(id))),
    emptied: new Set([...touched].filter((id) => !keeping.has(id))),
  };
}

/** Nothing that anybody would notice is different. */
export function changesNothing({ diff }: CorrectionPlan): boolean {
  return (
    diff.added.length === 0 &&
    diff.removed.length === 0 &&
    diff.pairs.every((pair) => pair.fields.length === 0)
  );
}
