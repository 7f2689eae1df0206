/** How much of a package standing answers cover, counted in lines of the bill. */
export interface Coverage {
  /** Lines that somebody does, by an answer for all of it or one that names them. */
  readonly covered: number;
  readonly lines: number;
  /** A part that was told in words alone: it covers something, nobody can count what. */
  readonly hasUncounted: boolean;
}

/** Whole percents, and never 100 while a line is left. @returns null where there is nothing to count */
export function coveragePercent({ covered, lines }: Coverage): number | null {
  return lines === 0 ? null : Math.floor((covered * 100) / lines);
}
