import type { Figure } from './uptake.js';

/** Shares of fewer packages than this tell of single cases, and are not shown beside a name. */
export const SMALLEST_SHOWN = 5;

/**
 * The rows of a breakdown without the figures that tell of single cases: null stands for what is hidden. A figure of fewer
 * than five packages is hidden; so is what follows on it in its row, whose denominator would say it; and where only one
 * row of a column would be hidden, the next smallest goes with it, since the total shown above would give it away.
 * @param breakdown one list of figures per row, in the order of the path, all of the same length
 */
export function hideSmallCells(breakdown: readonly (readonly Figure[])[]): (Figure | null)[][] {
  const hiddenFrom = breakdown.map((figures) => {
    const first = figures.findIndex(({ denominator }) => isSmall(denominator));
    return first < 0 ? figures.length : first;
  });
  const columns = breakdown[0]?.length ?? 0;
  for (let column = 0; column < columns; column += 1) {
    const hidden = hiddenFrom.filter((from) => from <= column).length;
    const next = hidden === 1 ? smallestShown(breakdown, hiddenFrom, column) : -1;
    if (next >= 0) hiddenFrom[next] = column;
  }
  return breakdown.map((figures, row) =>
    figures.map((figure, column) => (column < hiddenFrom[row]! ? figure : null)),
  );
}

/** Whether a share of so many tells of single cases. */
export function isSmall(denominator: number | null): boolean {
  return denominator !== null && denominator > 0 && denominator < SMALLEST_SHOWN;
}

/** The row to hide with the only hidden one; -1 when no other has anything in this column. */
function smallestShown(
  breakdown: readonly (readonly Figure[])[],
  hiddenFrom: readonly number[],
  column: number,
): number {
  const sizeOf = (row: number): number => breakdown[row]![column]!.denominator ?? 0;
  const shown = breakdown.map((_, row) => row).filter((row) => hiddenFrom[row]! > column);
  return shown.toSorted((a, b) => sizeOf(a) - sizeOf(b))[0] ?? -1;
}
