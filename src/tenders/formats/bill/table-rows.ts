import type { Place, Problem } from '../../../kernel/index.js';
import {
  headerAt,
  headerCells,
  headerOf,
  isDetailedHeader,
  rememberedAt,
  type Columns,
  type FoundHeader,
} from './columns.js';
import { cellPlace, cellText, type Grid, type GridRow } from './grid.js';
import { MOST } from './guess-columns.js';
import { quantityUnit } from './head-facts.js';
import { daysTakenBack, numbersAsTyped, type NumbersAsTyped } from './numbers-as-typed.js';
import { readRow, type BillRow } from './row-reader.js';
import { hasMeasure, wordsOf } from './row-words.js';
import { isSameHeader } from './unheaded-columns.js';
import { isSumLabel } from './words.js';

const FEWEST_NUMBERED = 3;
const FEWEST_ZONES = 2;
const LONGEST_FOUND = 200;
/** `01.11 - Signalisation`, `06 DÉMOLITIONS`. */
const NUMBER_FIRST = /^(\d{1,4}(?:[.\-/][0-9A-Za-z]{1,6})+|\d{1,4})[.)]?\s+(?:[-–:]\s*)?(\p{L}.*)$/u;

/** The rows under one header, read through the columns that count from the last head among them. */
export class TableRows {
  columns: Columns;
  /** The last head has columns of measures. */
  isDetailed: boolean;
  /** What the last head says quantities are counted in. */
  headUnit: string | null;
  private readonly asTyped: NumbersAsTyped;
  private readonly hasNumbersInWords: boolean;

  constructor(
    private readonly grid: Grid,
    private readonly header: FoundHeader,
  ) {
    this.columns = header.columns;
    this.isDetailed = isDetailed(grid, header);
    this.headUnit = quantityUnit(grid, header);
    this.asTyped = numbersAsTyped(grid, header.columns.get('ref'), header.index + header.height);
    this.hasNumbersInWords = !header.columns.has('ref') && this.numbersInWords(header.columns.get('label'));
  }

  /** A header further down, on one row or two. */
  headerAgain(index: number): FoundHeader | null {
    const row = this.grid.rows[index]!;
    const isHeader = rememberedAt(this.grid, row) ?? headerOf(row, this.grid.hiddenColumns);
    return isHeader && headerAt(this.grid, index);
  }

  /** Its own columns count from there. */
  goOnUnder(again: FoundHeader): void {
    this.columns = isSameHeader(again.columns, this.header.named) ? this.header.columns : again.columns;
    this.isDetailed = isDetailed(this.grid, again);
    this.headUnit = quantityUnit(this.grid, again);
  }

  /** All that are not of the header itself. */
  get below(): readonly GridRow[] {
    return this.grid.rows.slice(this.header.index + this.header.height);
  }

  /** @param most rows of them */
  *from(index: number, most = Infinity): Iterable<BillRow> {
    const end = Math.min(this.grid.rows.length, index + most);
    for (let at = index; at < end; at += 1) yield this.read(this.grid.rows[at]!);
  }

  read(row: GridRow): BillRow {
    const read = readRow(row, this.columns, this.grid.hiddenColumns);
    const isSameColumn = this.columns.get('ref') === this.header.columns.get('ref');
    const typed = isSameColumn ? this.asTyped.byRow.get(row.row) : undefined;
    return this.withNumber(typed === undefined ? read : { ...read, ref: typed });
  }

  private withNumber(read: BillRow): BillRow {
    const [, ref = '', label = ''] = (this.hasNumbersInWords && NUMBER_FIRST.exec(read.label)) || [];
    return ref === '' ? read : { ...read, ref, label, only: null };
  }

  /** The number of the row below; nothing where it has none. */
  refBelow(index: number): string {
    const next = this.grid.rows[index + 1];
    return next === undefined ? '' : this.read(next).ref;
  }

  placeOf({ row, labelAt }: BillRow): Place {
    return cellPlace(this.grid.sheet, row.row, labelAt);
  }

  unread(read: BillRow): Problem {
    return {
      code: 'bill.row.unread',
      severity: 'info',
      place: this.placeOf(read),
      found: wordsOf(read.row).slice(0, LONGEST_FOUND),
      expected: null,
    };
  }

  /** What is told of numbers that a spreadsheet took for days. */
  get daysTakenBack(): readonly Problem[] {
    return daysTakenBack(this.asTyped, this.grid.sheet, this.header.columns.get('ref'));
  }

  /** Cells of one building are merged, and not empty for want of one. */
  areZonesPrintedOnce(): boolean {
    if (!this.header.columns.has('zone')) return false;
    const rows = this.below
      .map((row) => this.read(row))
      .filter((read) => hasMeasure(read) && read.label !== '');
    const [first] = rows;
    const filled = rows.filter(({ zone }) => zone !== '');
    const areBlocks = filled.length >= FEWEST_ZONES && filled.length <= rows.length * MOST;
    return areBlocks && first?.zone !== '';
  }

  /** Without a column for them, numbers begin the words: `01.11 Installation de chantier`. */
  private numbersInWords(at: number | undefined): boolean {
    if (at === undefined) return false;
    const texts = this.below
      .map((row) => cellText(row.cells[at]))
      .filter((text) => text !== '' && !isSumLabel(text));
    const numbered = texts.filter((text) => NUMBER_FIRST.test(text));
    return numbered.length >= FEWEST_NUMBERED && numbered.length >= texts.length * MOST;
  }
}

function isDetailed(grid: Grid, header: FoundHeader): boolean {
  const cells = headerCells(grid, header);
  return cells !== null && isDetailedHeader(cells, header);
}
