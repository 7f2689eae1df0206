import { isBelow } from './chapter-sums.js';
import { fold } from './fold.js';
import { isBlank } from './grid.js';
import { addUp, type DecimalMark } from './numbers.js';
import type { BillRow } from './row-reader.js';
import { hasNumber, isBare, isInBrackets, isNameless, signed, wordsOf } from './row-words.js';
import type { TableLine } from './table.js';
import type { TableRows } from './table-rows.js';
import { endsOpen } from './title-words.js';
import { isIncluded, isOfWhich, isTaxLabel } from './words.js';

/** One quantity below another that is the same may be another work on as many pieces. */
const FEWEST_PARTS = 2;

/** Rows below a line, or below an article without one, that show how its quantity was measured. */
export class Measures {
  /** Rows that add up to the quantity of the line above them. */
  private readonly ofLines = new Set<number>();
  /** Rows with a unit that add up to the quantity of the article above them. */
  private readonly rooms = new Set<number>();

  /** @param areKnown one quantity of the table is added up below its line: all are shown so */
  constructor(
    private readonly rows: TableRows,
    private readonly mark: DecimalMark,
    private readonly areKnown: boolean,
  ) {}

  /** Some quantity is added up below its line. */
  get areFound(): boolean {
    return this.ofLines.size > 0;
  }

  /** Neither number nor unit nor price: what a row of measures looks like. */
  mayBe(read: BillRow): boolean {
    if (!isBare(read) || !isBlank(read.total)) return false;
    // Among measures, `voir plan` is one that nobody can add up, and no line.
    return hasNumber(read) || (this.areKnown && !isBlank(read.quantity));
  }

  /** The line with what a row below it shows or adds up, itself where nothing of it is new; null for a row of its own. */
  lineWith(line: TableLine, read: BillRow, index: number): TableLine | null {
    const { row } = line;
    // `1 | Fourniture et pose de | m²` above `carrelage | 45`: one line on two rows.
    if (isBlank(row.quantity) && endsOpen([line.label]) && !isNameless(read))
      return {
        ...line,
        label: `${line.label} ${read.label}`,
        row: { ...row, quantity: read.quantity },
      };
    if (!this.isMeasureOf(line, read, index)) return null;
    // What the rows below a line add up to is its quantity, where it states none.
    if (isNameless(read))
      return isBlank(row.quantity) ? { ...line, row: { ...row, quantity: read.quantity } } : line;
    line.description.push(wordsOf(read.row));
    line.measures.push(signed(read));
    return line;
  }

  /**
   * `22.11 | Parement | m²`, its measures, then `Total | 62,96 | m² | 95,00 | 5981,20`: the line with its end, null for a
   * row that is none.
   */
  completed(line: TableLine, read: BillRow): TableLine | null {
    const isEnd = read.ref === '' && isNameless(read) && !isBlank(read.quantity) && !isBare(read);
    const isMeasured = this.rows.isDetailed || line.measures.length > 0;
    if (!isEnd || !isMeasured || line.ref === '') return null;
    const { row } = line;
    if (![row.quantity, row.unitPrice, row.total].every(isBlank)) return null;
    const { quantity, unitPrice, total } = read;
    const unit = row.unit === '' ? read.unit : row.unit;
    return { ...line, row: { ...row, unit, quantity, unitPrice, total } };
  }

  /** A row with words and a quantity is a line of its own, if those below a line do not add up to what it states. */
  private isMeasureOf(line: TableLine, read: BillRow, index: number): boolean {
    const isKnown = this.rows.isDetailed || this.areKnown || this.ofLines.has(read.row.row);
    if (isKnown || isNameless(read)) return true;
    const below = this.bareRowsFrom(index);
    const parts = below.filter((row) => !isNameless(row));
    const sum = isBlank(line.row.quantity) ? below.find(isNameless)?.quantity : line.row.quantity;
    const measures = parts.map(signed);
    // Rooms without a unit below a line that states no quantity are no works.
    const isProven = sum !== undefined && addUp(measures, sum, this.mark);
    const inBrackets = parts.some(isInBrackets);
    if (!isProven && (sum !== undefined || inBrackets)) return false;
    if (parts.length < FEWEST_PARTS && !isBlank(line.row.quantity)) return false;
    for (const { row } of below) this.ofLines.add(row.row);
    return true;
  }

  /** Rows with a quantity and no number or unit of their own, down to the next line; texts between them do not count. */
  private bareRowsFrom(index: number): readonly BillRow[] {
    const found: BillRow[] = [];
    for (const read of this.rows.from(index)) {
      if (read.blank || !isBare(read) || !isBlank(read.total)) break;
      if (!isBlank(read.quantity) && !isIncluded(read.label)) found.push(read);
    }
    return found;
  }

  /** Rooms that each repeat the unit, below the number and words of an article, down to the row that adds them up. */
  isRoom(read: BillRow, index: number): boolean {
    for (const { row } of this.roomsAddedUpFrom(index)) this.rooms.add(row.row);
    return this.rooms.has(read.row.row);
  }

  /** None where no row below has what they come to. */
  private roomsAddedUpFrom(index: number): readonly BillRow[] {
    const rooms: BillRow[] = [];
    for (const read of this.rows.from(index)) {
      const isMeasure = read.ref === '' && !isBlank(read.quantity) && isBlank(read.unitPrice);
      if (!isMeasure || !isBlank(read.total)) return [];
      if (isNameless(read)) return addUp(rooms.map(signed), read.quantity, this.mark) ? rooms : [];
      rooms.push(read);
    }
    return [];
  }
}

/** `2.1 | dont plafonds | m² | 40` below `2 | Peinture | m² | 100`: a part that is counted already. */
export function isCountedIn(line: TableLine, read: BillRow): boolean {
  if (!isOfWhich(read.label)) return false;
  const isPart = read.ref === '' || isBelow(read.ref, line.ref);
  const isOfKind = read.unit === '' || fold(read.unit) === fold(line.row.unit);
  return isPart && isOfKind && !isTaxLabel(read.label);
}
