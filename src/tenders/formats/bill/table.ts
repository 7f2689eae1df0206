import type { Place } from '../../../kernel/index.js';
import type { LineKind } from '../../domain/index.js';
import type { Grid, GridCell } from './grid.js';
import type { HeadFacts } from './head-facts.js';
import type { ColumnRole } from './header-words.js';
import type { DecimalMark } from './numbers.js';
import type { Parts } from './part-quantities.js';
import type { BillRow } from './row-reader.js';
import type { LotHeading } from './words.js';

/** A row that is to be priced, before its numbers are read. */
export interface TableLine {
  readonly row: BillRow;
  readonly ref: string;
  readonly label: string;
  /** The whole of a number of which only the end is printed. */
  readonly wholeRef: string | null;
  readonly lotRef: string | null;
  readonly section: readonly string[];
  readonly kindAbove: LineKind;
  readonly description: string[];
  /** Quantities of the rows below that show how its own was measured. */
  readonly measures: GridCell[];
  /** What the head above says its quantity is counted in. */
  readonly headUnit: string | null;
  readonly place: Place;
}

/** A row of sums and the lot it stands in. */
export interface TableSum {
  readonly label: string;
  readonly amount: GridCell;
  readonly lotRef: string | null;
  readonly inRecap: boolean;
  readonly place: Place;
}

export interface FoundLot extends LotHeading {
  readonly place: Place;
}

/** What the rows under one header are, before their numbers are read. */
export interface ReadTable extends HeadFacts {
  readonly grid: Grid;
  readonly headerRow: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly lines: readonly TableLine[];
  readonly lots: readonly FoundLot[];
  readonly sums: readonly TableSum[];
  readonly marks: ReadonlyMap<ColumnRole, DecimalMark>;
  readonly hiddenLines: readonly TableLine[];
  /** Rows that are struck out, which count nothing. */
  readonly struckRows: readonly number[];
  readonly parts: Parts;
}
