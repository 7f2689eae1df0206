/** Somebody who could do some elements of a package, and no more than a share of the whole. */
export interface Doer {
  /** Bit i: it covers element i. */
  readonly mask: bigint;
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

/** Shares are sums of fractions: what is missing by less than this is rounding. */
export const EPSILON = 1e-9;

/** Numbers of the bits that are set. */
function bitsOf(mask: bigint): number[] {
  const digits = mask.toString(2);
  return [...digits].flatMap((digit, i) => (digit === '1' ? [digits.length - 1 - i] : []));
}

/** What a mask weighs. @param weights of each element */
export function weightOf(mask: bigint, weights: readonly number[]): number {
  return bitsOf(mask).reduce((sum, i) => sum + (weights[i] ?? 0), 0);
}

interface Lot {
  readonly doers: readonly number[];
  left: number;
}

/** Elements that the same doers cover are one lot. */
function lotsOf(doers: readonly Doer[], weights: readonly number[]): Lot[] {
  let groups = [{ mask: doers.reduce((all, { mask }) => all | mask, 0n), by: [] as number[] }];
  for (const [at, { mask }] of doers.entries())
    groups = groups.flatMap((group) => {
      const [own, others] = [group.mask & mask, group.mask & ~mask];
      return [
        ...(own === 0n ? [] : [{ mask: own, by: [...group.by, at] }]),
        ...(others === 0n ? [] : [{ mask: others, by: group.by }]),
      ];
    });
  return groups.map(({ mask, by }) => ({ doers: by, left: weightOf(mask, weights) }));
}

/**
 * How much of the whole some doers can do together when nobody does more than its share, and only what it covers: the
 * largest flow from shares to elements. What one has left over at one place does not help another place that it does not serve.
 * @param weights of each element, of the whole; they add up to 1
 */
export function deliverable(doers: readonly Doer[], weights: readonly number[]): number {
  const all = doers.reduce((mask, doer) => mask | doer.mask, 0n);
  // Whoever could do all that it covers does.
  if (doers.every(({ mask, share }) => share >= weightOf(mask, weights) - EPSILON))
    return weightOf(all, weights);
  const lots = lotsOf(doers, weights);
  const left = doers.map(({ share }) => share);
  const given = lots.map(() => doers.map(() => 0));
  let done = 0;
  for (let path = pathFrom(lots, left, given); path; path = pathFrom(lots, left, given)) {
    const steps = path.map(([doer, lot, back]) => ({ doer, lot, back }));
    const first = steps[0]!;
    const last = steps.at(-1)!;
    const amount = Math.min(
      left[first.doer]!,
      lots[last.lot]!.left,
      ...steps.flatMap(({ lot, back }) => (back === null ? [] : [given[lot]![back]!])),
    );
    for (const { doer, lot, back } of steps) {
      given[lot]![doer]! += amount;
      if (back !== null) given[lot]![back]! -= amount;
    }
    left[first.doer]! -= amount;
    lots[last.lot]!.left -= amount;
    done += amount;
  }
  return done;
}

/** A doer takes on some of a lot, and whoever is named last hands that over to take on some of the next one. */
type Path = readonly (readonly [doer: number, lot: number, handsOver: number | null])[];

/** The shortest way from somebody with something left to a lot with something left; null when there is none. */
function pathFrom(
  lots: readonly Lot[],
  left: readonly number[],
  given: readonly (readonly number[])[],
): Path | null {
  const reached = left.map((share) => share > EPSILON);
  let paths: { readonly doer: number; readonly path: Path }[] = left.flatMap((share, doer) =>
    share > EPSILON ? [{ doer, path: [] }] : [],
  );
  const seen = new Set<number>();
  while (paths.length > 0) {
    const next: typeof paths = [];
    for (const { doer, path } of paths)
      for (const [lot, { doers, left: open }] of lots.entries()) {
        if (seen.has(lot) || !doers.includes(doer)) continue;
        if (open > EPSILON) return [...path, [doer, lot, null]];
        seen.add(lot);
        for (const other of doers) {
          if (reached[other] || given[lot]![other]! <= EPSILON) continue;
          reached[other] = true;
          next.push({ doer: other, path: [...path, [doer, lot, other]] });
        }
      }
    paths = next;
  }
  return null;
}
