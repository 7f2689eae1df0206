import { blankLot, type Lot } from '../../domain/index.js';
import type { FrontRow } from './cover.js';
import { fold, oneLine } from './fold.js';
import { cellText } from './grid.js';
import { sheetLot } from './grids.js';
import type { LotLine } from './lines.js';
import type { ReadTable } from './table.js';
import { lotHeadingOf, type LotHeading } from './words.js';

/** Titles of lots wherever the document gives them: headings, sheets, summaries, lists on a cover. */
export function lotTitles(
  tables: readonly ReadTable[],
  others: readonly FrontRow[],
): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const add = (heading: LotHeading | null): void => {
    if (!heading?.title) return;
    const known = titles.get(heading.ref);
    const sameInCapitals = known !== undefined && isInCapitals(known) && fold(known) === fold(heading.title);
    if (known === undefined || sameInCapitals) titles.set(heading.ref, heading.title);
  };
  for (const table of tables) {
    for (const lot of table.lots) add(lot);
    const above = table.grid.rows.filter((row) => row.row < table.headerRow);
    add(
      sheetLot(
        table.grid,
        above.map((row) => ({ sheet: table.grid.sheet, row })),
      ),
    );
    for (const sum of table.sums) add(lotHeadingOf(sum.label));
  }
  for (const { row } of others) add(listedLot(row.cells.map((cell) => oneLine(cellText(cell)))));
  return titles;
}

/** Capitals lose accents now and then: the same words in a summary are better. */
function isInCapitals(text: string): boolean {
  return text === text.toUpperCase();
}

/** `Lot 3 | Toiture` or `3 | Toiture` on a cover sheet. */
function listedLot(cells: readonly string[]): LotHeading | null {
  const [first = '', second = ''] = cells.filter((text) => text !== '');
  const heading = lotHeadingOf(first);
  if (heading) return { ref: heading.ref, title: heading.title ?? (second === '' ? null : second) };
  return /^\d{1,3}[A-Za-z]?$/.test(first) && /\p{L}{3}/u.test(second) ? { ref: first, title: second } : null;
}

/** Lines by lot, in the order of the document; those of no declared lot share one. */
export function lotsOf(
  lines: readonly LotLine[],
  titles: ReadonlyMap<string, string>,
  wholeTitle: string | null,
): readonly Lot[] {
  const byLot = new Map<string | null, LotLine[]>();
  for (const line of lines) {
    const same = byLot.get(line.lotRef) ?? [];
    same.push(line);
    byLot.set(line.lotRef, same);
  }
  let free = 1;
  while (byLot.has(String(free))) free += 1;
  return [...byLot].map(([ref, own]) =>
    blankLot({
      ref: ref ?? (byLot.size === 1 ? '1' : String(free)),
      declared: ref !== null,
      title: ref === null ? wholeTitle : (titles.get(ref) ?? null),
      lines: own.map(({ line }) => line),
      at: own[0]?.line.place ?? null,
    }),
  );
}
