import { lotTitleAt, type FoundHeader } from './columns.js';
import { oneLine } from './fold.js';
import { cellText, isBlank, type Grid } from './grid.js';
import type { BillRow } from './row-reader.js';
import { hasMeasure } from './row-words.js';
import type { FoundLot } from './table.js';
import type { TableRows } from './table-rows.js';
import { lotHeadingOf, lotNamedAtEnd } from './words.js';

/** The lot that rows stand in, and those that were named so far. */
export class OpenLot {
  readonly found: FoundLot[] = [];
  private readonly titleAt: number;

  /** @param ref null before any is named */
  constructor(
    grid: Grid,
    header: FoundHeader,
    private readonly rows: TableRows,
    public ref: string | null,
  ) {
    this.titleAt = lotTitleAt(grid, header);
  }

  /** @returns the lot that a row of its own names; null for another row */
  headedBy(read: BillRow): FoundLot | null {
    const joined = read.only ?? [read.lot, read.ref, read.label].filter((text) => text !== '').join(' ');
    const heading = lotHeadingOf(read.label) ?? lotHeadingOf(joined);
    if (heading === null || hasMeasure(read) || !isBlank(read.total)) return null;
    const title =
      heading.title ?? (read.label !== '' && lotHeadingOf(read.label) === null ? read.label : null);
    const lot = { ref: heading.ref, title, place: this.rows.placeOf(read) };
    this.found.push(lot);
    this.ref = lot.ref;
    return lot;
  }

  /** The cells of one lot are often merged: its number is printed in the first. */
  besideLine(read: BillRow): void {
    if (read.lot === '') return;
    this.ref = lotHeadingOf(read.lot)?.ref ?? read.lot;
    const title = this.titleAt === -1 ? '' : oneLine(cellText(read.row.cells[this.titleAt]));
    if (title !== '' && this.found.at(-1)?.ref !== this.ref)
      this.found.push({ ref: this.ref, title, place: this.rows.placeOf(read) });
  }

  /** `Total lot 1` may stand below all lots. */
  ofSum(words: string, lines: readonly { readonly lotRef: string | null }[]): string | null {
    const named = lotNamedAtEnd(words);
    return (lines.some(({ lotRef }) => lotRef === named) ? named : null) ?? this.ref;
  }
}
