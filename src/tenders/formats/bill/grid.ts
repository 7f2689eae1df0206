import type { Place } from '../../../kernel/index.js';
import type { ColumnRole } from '../../domain/index.js';

/** Text in NFC without outer spaces, a number the program stored, or nothing. */
export type GridCell = string | number | null;

export interface GridRow {
  /** From 1, as the program shows it. */
  readonly row: number;
  readonly cells: readonly GridCell[];
  readonly hidden: boolean;
  /** All its texts are printed bold, where the format tells. */
  readonly isBold?: boolean;
  /** All its texts are struck out, where the format tells. */
  readonly isStruck?: boolean;
  /** What the format of a number prints behind it, by position: `m²`, `%`. */
  readonly printed?: ReadonlyMap<number, string>;
}

/** One sheet, or one table of a text document. */
export interface Grid {
  readonly sheet: string;
  /** Number of a table of a text document. */
  readonly table?: number;
  readonly hidden: boolean;
  readonly rows: readonly GridRow[];
  /** Positions from 0. */
  readonly hiddenColumns: ReadonlySet<number>;
  /** The lot announced in the text before a table of a document. */
  readonly announcedLot?: string;
  /** Headers whose columns a person has told, by fingerprint. */
  readonly remembered?: ReadonlyMap<string, ReadonlyMap<ColumnRole, number>>;
}

/** `A`, `B` … `AA` for a position from 0. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest > 0 ? columnLetter(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

export function cellPlace(sheet: string, row: number, column?: number): Place {
  return column === undefined ? { sheet, row } : { sheet, row, column: columnLetter(column) };
}

export function cellText(cell: GridCell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell);
}

export function isBlank(cell: GridCell | undefined): boolean {
  return cell === null || cell === undefined || cell === '';
}

/** Positions of the cells that hold something. */
export function filledColumns(row: GridRow): readonly number[] {
  return row.cells.flatMap((cell, index) => (isBlank(cell) ? [] : [index]));
}
