import type { LineKind, QuantityNature } from '../../domain/index.js';
import { headerCells, rememberedAt, type FoundHeader } from './columns.js';
import { cellText, type Grid, type GridRow } from './grid.js';
import { isPerMonth, isRepetition, natureOfHeader, unitOfHeader, type ColumnRole } from './header-words.js';
import { wordsOf } from './row-words.js';
import { titleRowsOf } from './same-articles.js';
import { kindOfWords } from './words.js';

/** What the head of a table, and what stands right above it, say of all its lines. */
export interface HeadFacts {
  /** Null for a table without header words. */
  readonly header: GridRow | null;
  readonly headerTexts: readonly string[];
  /** What its sheet, or the title right above it, says all its lines are. */
  readonly kind: LineKind;
  /** The price of a piece is that of a month. */
  readonly isPricedPerMonth: boolean;
  /** Position of the column that says how often a year. */
  readonly repetitionAt: number | null;
  readonly quantityNatures: { readonly own: QuantityNature | null; readonly other: QuantityNature | null };
}

export function factsOfHead(grid: Grid, header: FoundHeader): HeadFacts {
  const cells = headerCells(grid, header);
  const rows = grid.rows.slice(header.index, header.index + header.height);
  const texts = rows.flatMap((row) => row.cells.map(cellText));
  const natureAt = (role: ColumnRole): QuantityNature | null => {
    const at = header.columns.get(role);
    return at === undefined ? null : natureOfHeader(rows.map((row) => cellText(row.cells[at])).join(' '));
  };
  const times = (cells?.cells ?? []).findIndex((cell) => isRepetition(cellText(cell)));
  return {
    header: cells,
    headerTexts: texts.filter((text) => text !== ''),
    kind: kindAbove(grid, header),
    isPricedPerMonth: isPricedPerMonth(grid, cells, header),
    repetitionAt: times < 0 ? null : times,
    quantityNatures: { own: natureAt('quantity'), other: natureAt('otherQuantity') },
  };
}

function kindAbove(grid: Grid, { index }: FoundHeader): LineKind {
  const above = titleRowsOf(index).map((at) => wordsOf(grid.rows[at]!));
  return [grid.sheet, ...above].map(kindOfWords).find((kind) => kind !== 'base') ?? 'base';
}

/** What the head of the quantities says they are counted in. */
export function quantityUnit(grid: Grid, header: FoundHeader): string | null {
  const [cells, { columns }] = [headerCells(grid, header), header];
  const at = columns.get('quantity');
  return at === undefined || !cells
    ? null
    : unitOfHeader(cellText(cells.cells[at]), cells.cells.map(cellText));
}

function isPricedPerMonth(grid: Grid, cells: GridRow | null, { columns }: FoundHeader): boolean {
  const at = columns.get('unitPrice');
  return (
    at !== undefined && cells !== null && !rememberedAt(grid, cells) && isPerMonth(cellText(cells.cells[at]))
  );
}
