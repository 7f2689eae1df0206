import { addDecimals, compareDecimals, type Place, type Problem } from '../../../kernel/index.js';
import type { LineKind } from '../../domain/index.js';
import { ArticleNumbers, isNext } from './article-numbers.js';
import { headsChapter, isBelow, recapColumns } from './chapter-sums.js';
import {
  columnLetters,
  furtherWordsAt,
  headerAt,
  headerCells,
  headerOf,
  isDetailedHeader,
  lotTitleAt,
  partsAt,
  rememberedAt,
  type Columns,
  type FoundHeader,
} from './columns.js';
import { fold, oneLine } from './fold.js';
import { cellPlace, cellText, isBlank, type Grid, type GridCell, type GridRow } from './grid.js';
import { MOST } from './guess-columns.js';
import { factsOfHead, quantityUnit, type HeadFacts } from './head-facts.js';
import type { ColumnRole } from './header-words.js';
import { decimalMarkOf, readNumber, type DecimalMark } from './numbers.js';
import { numbersAsTyped, type NumbersAsTyped } from './numbers-as-typed.js';
import { NO_PARTS, type Parts } from './part-quantities.js';
import { readRow, type BillRow } from './row-reader.js';
import {
  hasMeasure,
  hasNumber,
  isBare,
  isColumnNumbers,
  isMeasured,
  isNameless,
  isInBrackets,
  lastNumber,
  signed,
  wordsInPlaceOfNumber,
  wordsOf,
  wordsOfSum,
} from './row-words.js';
import { OpenTitles } from './sections.js';
import { endsOpen, isChapterText, isTitleText, mayBeTitle, namesSite } from './title-words.js';
import { isSameHeader } from './unheaded-columns.js';
import {
  isIncluded,
  isOfWhich,
  isPageNumber,
  isRecapTitle,
  isSumLabel,
  isTaxLabel,
  kindOfWords,
  lotHeadingOf,
  lotNamedAtEnd,
  type LotHeading,
} from './words.js';

/** More lines have no sum above them that could be told from a lump sum. */
const LONGEST_CHAPTER_ROWS = 500;
/** One quantity below another that is the same may be another work on as many pieces. */
const FEWEST_PARTS = 2;
const FEWEST_NUMBERED = 3;
/** `01.11 - Signalisation`, `06 DÉMOLITIONS`. */
const NUMBER_FIRST = /^(\d{1,4}(?:[.\-/][0-9A-Za-z]{1,6})+|\d{1,4})[.)]?\s+(?:[-–:]\s*)?(\p{L}.*)$/u;

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

/** Walks the rows under a header, down to the end of the sheet. */
export function readTable(
  grid: Grid,
  header: FoundHeader,
  sheetLot: LotHeading | null,
  problems: Problem[],
): ReadTable {
  const walk = (showsMeasures: boolean): { readonly table: ReadTable; readonly found: boolean } => {
    const told: Problem[] = [];
    const rows = new TableWalk(grid, header, sheetLot, told, showsMeasures);
    for (let index = header.index + header.height; index < grid.rows.length;) index += rows.take(index);
    const found = !showsMeasures && rows.hasMeasures;
    if (!found) problems.push(...told);
    return { table: rows.result(), found };
  };
  const { table, found } = walk(false);
  // Where one quantity is added up below its line, rooms that do not add up to another are a forgotten room, no lines.
  return found ? walk(true).table : table;
}

/** A number and its words; a quantity below without words is its. */
interface OpenArticle {
  readonly row: BillRow;
  readonly section: readonly string[];
  readonly texts: string[];
}

class TableWalk {
  private columns: Columns;
  private detailed: boolean;
  private headUnit: string | null;
  private readonly titles = new OpenTitles();
  private readonly numbers = new ArticleNumbers();
  private readonly lines: TableLine[] = [];
  private readonly lots: FoundLot[] = [];
  private readonly sums: TableSum[] = [];
  private readonly printedAbove: ReadonlySet<string>;
  private readonly mark: DecimalMark;
  private readonly furtherWords: readonly number[];
  private readonly lotTitleAt: number;
  private readonly parts: Parts;
  private readonly asTyped: NumbersAsTyped;
  private readonly hasNumbersInWords: boolean;
  /** Rows that add up to the quantity of the line above them. */
  private readonly measureRows = new Set<number>();
  /** Rows with a unit that add up to the quantity of the article above them. */
  private readonly rooms = new Set<number>();
  private readonly struck: number[] = [];
  private lot: string | null;
  private zone = '';
  /** Cells of one building are merged, and not empty for want of one. */
  private readonly isZonePrintedOnce: boolean;
  private inRecap = false;
  /** Chapters and lots so far. */
  private readonly named = new Set<string>();
  /** A table without numbers that begins with a title has titles between its lines. */
  private opensWithTitle = false;
  /** The number and words of an article whose quantity stands on a later row. */
  private article: OpenArticle | null = null;
  /** A text right below a line belongs to it. */
  private open: TableLine | null = null;

  constructor(
    private readonly grid: Grid,
    private readonly header: FoundHeader,
    sheetLot: LotHeading | null,
    private readonly problems: Problem[],
    private readonly showsMeasures: boolean,
  ) {
    this.columns = header.columns;
    this.detailed = this.isDetailed(header);
    this.headUnit = quantityUnit(grid, header);
    this.lot = sheetLot?.ref ?? null;
    this.mark = decimalMarkOf(grid.rows.map((row) => row.cells[header.columns.get('quantity') ?? -1]));
    this.furtherWords = furtherWordsAt(grid, header);
    this.lotTitleAt = lotTitleAt(grid, header);
    const parts = partsAt(grid, header);
    this.parts = this.holdAmounts(parts) ? NO_PARTS : parts;
    this.asTyped = numbersAsTyped(grid, header.columns.get('ref'), header.index + header.height);
    this.tellDays();
    this.hasNumbersInWords = this.numbersInWords(header.columns.get('label'));
    this.isZonePrintedOnce = this.beginsBlocks(header.columns.get('zone'));
    const above = grid.rows
      .slice(0, header.index + header.height - 1)
      .flatMap((row) => row.cells.map((cell) => fold(cellText(cell))));
    this.printedAbove = new Set(above.filter((text) => text !== ''));
  }

  /** @returns how many rows were taken */
  take(index: number): number {
    const row = this.grid.rows[index]!;
    if (row.isStruck === true) {
      this.struck.push(row.row);
      return 1;
    }
    const recap = this.recapAt(row, index);
    if (recap) {
      this.columns = recap;
      this.inRecap = true;
      return 1;
    }
    const again = this.headerAgain(row, index);
    if (again) {
      this.columns = isSameHeader(again.columns, this.header.named) ? this.header.columns : again.columns;
      this.detailed = this.isDetailed(again);
      this.headUnit = quantityUnit(this.grid, again);
      this.inRecap = false;
      return again.height;
    }
    this.takeRow(row, index);
    return 1;
  }

  /** A summary of what stands above: it is announced as one, or its first row names a chapter or a lot. */
  private recapAt(row: GridRow, index: number): Columns | null {
    const countsWorks = this.header.columns.has('quantity') || this.header.columns.has('unit');
    const columns = countsWorks && this.lines.length > 0 ? recapColumns(row) : null;
    const next = this.grid.rows[index + 1];
    if (!columns || !next) return null;
    const { label } = readRow(next, columns, this.grid.hiddenColumns);
    const isKnown = [label, lotHeadingOf(label)?.title ?? ''].some((text) => this.named.has(fold(text)));
    return this.inRecap || isKnown ? columns : null;
  }

  private readRow(row: GridRow): BillRow {
    const read = readRow(row, this.columns, this.grid.hiddenColumns);
    const isSameColumn = this.columns.get('ref') === this.header.columns.get('ref');
    const typed = isSameColumn ? this.asTyped.byRow.get(row.row) : undefined;
    return this.withNumber(typed === undefined ? read : { ...read, ref: typed });
  }

  private tellDays(): void {
    const [first, ...more] = this.asTyped.days;
    if (first === undefined) return;
    this.problems.push({
      code: 'bill.refs.days',
      severity: 'info',
      place: cellPlace(this.grid.sheet, first, this.header.columns.get('ref')),
      found: this.asTyped.byRow.get(first) ?? null,
      expected: null,
      params: { count: more.length + 1 },
    });
  }

  private withNumber(read: BillRow): BillRow {
    const [, ref = '', label = ''] = (this.hasNumbersInWords && NUMBER_FIRST.exec(read.label)) || [];
    return ref === '' ? read : { ...read, ref, label, only: null };
  }

  private beginsBlocks(at: number | undefined): boolean {
    if (at === undefined) return false;
    const rows = this.grid.rows
      .slice(this.header.index + this.header.height)
      .map((row) => this.readRow(row))
      .filter((read) => hasMeasure(read) && read.label !== '');
    const [first] = rows;
    const filled = rows.filter(({ zone }) => zone !== '');
    const areBlocks = filled.length >= FEWEST_PARTS && filled.length <= rows.length * MOST;
    return areBlocks && first?.zone !== '';
  }

  /** Without a column for them, numbers begin the words: `01.11 Installation de chantier`. */
  private numbersInWords(at: number | undefined): boolean {
    if (this.columns.has('ref') || at === undefined) return false;
    const texts = this.grid.rows
      .slice(this.header.index + this.header.height)
      .map((row) => cellText(row.cells[at]))
      .filter((text) => text !== '' && !isSumLabel(text));
    const numbered = texts.filter((text) => NUMBER_FIRST.test(text));
    return numbered.length >= FEWEST_NUMBERED && numbered.length >= texts.length * MOST;
  }

  get hasMeasures(): boolean {
    return this.measureRows.size > 0;
  }

  /** A header further down, on one row or two: its own columns count from there. */
  private headerAgain(row: GridRow, index: number): FoundHeader | null {
    const isHeader = rememberedAt(this.grid, row) ?? headerOf(row, this.grid.hiddenColumns);
    return isHeader && headerAt(this.grid, index);
  }

  private isDetailed(header: FoundHeader): boolean {
    const cells = headerCells(this.grid, header);
    return cells !== null && isDetailedHeader(cells, header);
  }

  private takeRow(row: GridRow, index: number): void {
    const read = this.readRow(row);
    if (isColumnNumbers(row)) return;
    if (read.blank) {
      this.open = null;
      this.article = null;
      return;
    }
    const taken =
      this.takesLot(read) ||
      this.completesLine(read) ||
      this.takesIncluded(read) ||
      this.takesMeasuresOfArticle(read, index) ||
      this.takesMeasurement(read, index) ||
      this.takesSum(read) ||
      this.takesTitleWithSum(read, index) ||
      this.takesLine(read, index);
    if (!taken) this.takesText(read, index);
  }

  /** `2.1 | dont plafonds | m² | 40` below `2 | Peinture | m² | 100`: a part that is counted already. */
  private takesIncluded(read: BillRow): boolean {
    const line = this.open;
    if (line === null || !isOfWhich(read.label) || this.inRecap) return false;
    const isPart = read.ref === '' || isBelow(read.ref, line.ref);
    const isOfKind = read.unit === '' || fold(read.unit) === fold(line.row.unit);
    if (!isPart || !isOfKind || isTaxLabel(read.label)) return false;
    line.description.push(wordsOf(read.row));
    return true;
  }

  /** Rooms that each repeat the unit, below the number and words of an article, down to the row that adds them up. */
  private takesMeasuresOfArticle(read: BillRow, index: number): boolean {
    if (!this.detailed || this.article === null || this.open !== null) return false;
    for (const { row } of this.roomsAddedUpFrom(index)) this.rooms.add(row.row);
    if (!this.rooms.has(read.row.row)) return false;
    this.article.texts.push(wordsOf(read.row));
    return true;
  }

  /** None where no row below has what they come to. */
  private roomsAddedUpFrom(index: number): readonly BillRow[] {
    const rooms: BillRow[] = [];
    for (let at = index; at < this.grid.rows.length; at += 1) {
      const read = this.readRow(this.grid.rows[at]!);
      const isMeasure = read.ref === '' && !isBlank(read.quantity) && isBlank(read.unitPrice);
      if (!isMeasure || !isBlank(read.total)) return [];
      if (isNameless(read)) return this.addUp(rooms.map(signed), read.quantity) ? rooms : [];
      rooms.push(read);
    }
    return [];
  }

  /** A row without number, unit or price below a line shows how its quantity was measured, or adds it up. */
  private takesMeasurement(read: BillRow, index: number): boolean {
    // Among measures, `voir plan` is one that nobody can add up, and no line.
    const isMeasure = hasNumber(read) || (this.showsMeasures && !isBlank(read.quantity));
    if (!isBare(read) || !isMeasure || !isBlank(read.total) || this.inRecap) return false;
    const line = this.open !== null && this.open.ref !== '' && this.open.row.unit !== '' ? this.open : null;
    if (line !== null && isIncluded(read.label)) {
      line.description.push(wordsOf(read.row));
      return true;
    }
    if (line !== null && !isBlank(read.quantity)) {
      if (isBlank(line.row.quantity) && endsOpen([line.label]) && !isNameless(read)) {
        this.finishLine(line, read);
        return true;
      }
      if (!this.isMeasureOf(line, read, index)) return false;
      if (isNameless(read)) this.measured(line, read.quantity);
      else {
        line.description.push(wordsOf(read.row));
        line.measures.push(signed(read));
      }
      return true;
    }
    const texts = this.detailed ? (line?.description ?? this.article?.texts) : undefined;
    if (!texts || isSumLabel(read.label) || read.label === '') return false;
    texts.push(wordsOf(read.row));
    return true;
  }

  /** `1 | Fourniture et pose de | m²` above `carrelage | 45`: one line on two rows. */
  private finishLine(line: TableLine, { label, quantity }: BillRow): void {
    this.open = { ...line, label: `${line.label} ${label}`, row: { ...line.row, quantity } };
    this.lines[this.lines.length - 1] = this.open;
  }

  /** A row with words and a quantity is a line of its own, if those below a line do not add up to what it states. */
  private isMeasureOf(line: TableLine, read: BillRow, index: number): boolean {
    if (this.detailed || this.showsMeasures || isNameless(read) || this.measureRows.has(read.row.row))
      return true;
    const below = this.bareRowsFrom(index);
    const parts = below.filter((row) => !isNameless(row));
    const sum = isBlank(line.row.quantity) ? below.find(isNameless)?.quantity : line.row.quantity;
    const measures = parts.map(signed);
    // Rooms without a unit below a line that states no quantity are no works.
    const isProven = sum !== undefined && this.addUp(measures, sum);
    const inBrackets = parts.some(isInBrackets);
    if (!isProven && (sum !== undefined || inBrackets)) return false;
    if (parts.length < FEWEST_PARTS && !isBlank(line.row.quantity)) return false;
    for (const { row } of below) this.measureRows.add(row.row);
    return true;
  }

  /** Rows with a quantity and no number or unit of their own, down to the next line; texts between them do not count. */
  private bareRowsFrom(index: number): readonly BillRow[] {
    const found: BillRow[] = [];
    for (let at = index; at < this.grid.rows.length; at += 1) {
      const read = this.readRow(this.grid.rows[at]!);
      if (read.blank || !isBare(read) || !isBlank(read.total)) break;
      if (!isBlank(read.quantity) && !isIncluded(read.label)) found.push(read);
    }
    return found;
  }

  private addUp(parts: readonly GridCell[], sum: GridCell): boolean {
    const [whole, ...read] = [sum, ...parts].map((cell) => readNumber(cell, this.mark));
    const values = read.flatMap((part) => (part.kind === 'number' ? [part.value] : []));
    if (whole?.kind !== 'number' || values.length === 0 || values.length < parts.length) return false;
    return compareDecimals(values.reduce(addDecimals), whole.value) === 0;
  }

  /** `Phase 1 | Phase 2 | Montant` without a price: money of each part, where it adds up to that of the line. */
  private holdAmounts({ all }: Parts): boolean {
    const total = this.columns.get('total');
    if (total === undefined || this.columns.has('unitPrice')) return false;
    const stated = this.grid.rows
      .slice(this.header.index + this.header.height)
      .map(({ cells }) => ({ sum: cells[total] ?? null, amounts: all.flatMap((at) => cells[at] ?? []) }))
      .filter(({ sum, amounts }) => readNumber(sum, this.mark).kind === 'number' && amounts.length > 0);
    return stated.length > 0 && stated.every(({ sum, amounts }) => this.addUp(amounts, sum));
  }

  private takesLot(read: BillRow): boolean {
    const joined = read.only ?? [read.lot, read.ref, read.label].filter((text) => text !== '').join(' ');
    const heading = lotHeadingOf(read.label) ?? lotHeadingOf(joined);
    if (heading === null || hasMeasure(read) || !isBlank(read.total)) return false;
    const title =
      heading.title ?? (read.label !== '' && lotHeadingOf(read.label) === null ? read.label : null);
    this.lots.push({ ref: heading.ref, title, place: this.placeOf(read) });
    this.lot = heading.ref;
    this.inRecap = false;
    this.titles.close();
    if (title !== null) this.named.add(fold(title));
    this.article = null;
    this.open = null;
    return true;
  }

  /** `22.11 | Parement | m²`, its measures, then `Total | 62,96 | m² | 95,00 | 5981,20`: the end of a line is its own. */
  private completesLine(read: BillRow): boolean {
    const line = this.open;
    const isEnd = read.ref === '' && isNameless(read) && !isBlank(read.quantity) && !isBare(read);
    const isDetailed = line !== null && (this.detailed || line.measures.length > 0);
    if (!isEnd || !isDetailed || line.ref === '' || this.inRecap) return false;
    const { row } = line;
    if (![row.quantity, row.unitPrice, row.total].every(isBlank)) return false;
    const { quantity, unitPrice, total } = read;
    const unit = row.unit === '' ? read.unit : row.unit;
    this.lines[this.lines.length - 1] = { ...line, row: { ...row, unit, quantity, unitPrice, total } };
    this.open = null;
    return true;
  }

  /** What the rows below a line add up to is its quantity, where it states none. */
  private measured(line: TableLine, quantity: GridCell): void {
    if (!isBlank(line.row.quantity)) return;
    this.open = { ...line, row: { ...line.row, quantity } };
    this.lines[this.lines.length - 1] = this.open;
  }

  private takesSum(read: BillRow): boolean {
    const said = wordsOfSum(read);
    const words = this.inRecap && /^\d{1,3}$/.test(read.lot) ? `Lot ${read.lot} : ${said}` : said;
    const lotAmount = lotHeadingOf(words) !== null && !isBlank(read.total) && !hasMeasure(read);
    if (isRecapTitle(words) && !hasMeasure(read)) {
      this.inRecap = true;
    } else if (
      !(isSumLabel(words) && (!isMeasured(read) || words !== read.label)) &&
      !lotAmount &&
      !(this.inRecap && !isMeasured(read))
    ) {
      return false;
    }
    const amount = isBlank(read.total) ? lastNumber(read.row) : read.total;
    this.sums.push({
      label: words,
      amount,
      lotRef: this.inRecap ? null : (this.lotOfSum(words) ?? this.lot),
      inRecap: this.inRecap,
      place: this.placeOf(read),
    });
    this.article = null;
    this.open = null;
    return true;
  }

  /** `Total lot 1` may stand below all lots. */
  private lotOfSum(words: string): string | null {
    const named = lotNamedAtEnd(words);
    return this.lines.some(({ lotRef }) => lotRef === named) ? named : null;
  }

  private takesLine(read: BillRow, index: number): boolean {
    const lumpSum = !isBlank(read.total) && (!this.columns.has('quantity') || read.ref !== '');
    if (!hasMeasure(read) && !lumpSum && !this.isOpenOption(read, index)) return false;
    // A quantity without words or number is the article's above; with words of its own it is a line below a title.
    const goesOn = this.article !== null && endsOpen([this.article.row.label, ...this.article.texts]);
    const article = read.ref === '' && (isNameless(read) || goesOn) ? this.article : null;
    const merged = article ? null : this.mergedAbove(read);
    const own = wordsInPlaceOfNumber(read);
    const label = article?.row.label ?? merged?.label ?? own.label;
    const ref = article?.row.ref ?? merged?.ref ?? own.ref;
    if (label === '' && ref === '') return false;
    // The cells of one lot are often merged: its number is printed in the first.
    if (read.lot !== '') this.openLot(read);
    if (read.zone !== '') this.zone = read.zone;
    const zone = this.isZonePrintedOnce ? this.zone : read.zone;
    if (ref !== '') this.endArticleOfParts(ref);
    const section = article?.section ?? this.titles.textsAbove(ref);
    if (article) this.titles.closeFrom(article.row.ref);
    const line: TableLine = {
      row: zone === read.zone ? read : { ...read, zone },
      ref,
      label,
      wholeRef: article ? null : merged ? merged.wholeRef : this.numbers.line(ref),
      lotRef: this.lot,
      section,
      kindAbove: section.map(kindOfWords).find((kind) => kind !== 'base') ?? 'base',
      description: [
        ...(article ? [...article.texts, ...(isNameless(read) ? [] : [read.label])] : []),
        ...this.furtherWordsOf(read, label),
      ],
      measures: this.parts.ordered.map((at) => read.row.cells[at] ?? null),
      headUnit: this.headUnit,
      place: this.placeOf(read),
    };
    this.lines.push(line);
    if (!article) this.article = null;
    this.open = line;
    return true;
  }

  private openLot(read: BillRow): void {
    this.lot = lotHeadingOf(read.lot)?.ref ?? read.lot;
    const title = this.lotTitleAt === -1 ? '' : oneLine(cellText(read.row.cells[this.lotTitleAt]));
    if (title !== '' && this.lots.at(-1)?.ref !== this.lot)
      this.lots.push({ ref: this.lot, title, place: this.placeOf(read) });
  }

  /** `1 | Châssis` above parts without a number, then `2 | Portes`: an article that has parts, and no chapter. */
  private endArticleOfParts(ref: string): void {
    const above = this.titles.lastNumber;
    if (above !== '' && this.lines.at(-1)?.ref === '' && isNext(above, ref)) this.titles.closeFrom(above);
  }

  private furtherWordsOf({ row }: BillRow, label: string): readonly string[] {
    const texts = this.furtherWords.map((at) => oneLine(cellText(row.cells[at])));
    return texts.filter((text) => text !== '' && text !== label);
  }

  /** `5 | Eventualposition: Lackieren` above `6`: a line nobody has measured, and no title of the next. */
  private isOpenOption({ ref, label }: BillRow, index: number): boolean {
    if (ref === '' || !/[:–-]/u.test(label) || kindOfWords(label) === 'base') return false;
    const next = this.grid.rows[index + 1];
    return next !== undefined && isNext(ref, this.readRow(next).ref);
  }

  /** The line whose number and words are printed once, over several quantities of other units or rooms. */
  private mergedAbove({ ref, label, unit, quantity }: BillRow): TableLine | null {
    const isMerged = ref === '' && label === '' && unit !== '' && !isBlank(quantity);
    return isMerged && this.open !== null && !isBlank(this.open.row.quantity) ? this.open : null;
  }

  private takesText(read: BillRow, index: number): void {
    const text = read.only ?? [read.ref, read.label].filter((part) => part !== '').join(' ');
    if (isPageNumber(text) || this.printedAbove.has(fold(text))) return;
    if (read.only !== null && namesSite(text)) {
      this.titles.openSite(text);
      this.zone = '';
      this.article = null;
      this.open = null;
      return;
    }
    if (read.only !== null || read.ref === '' || read.label === '') {
      if (
        this.open &&
        !this.isTitle(this.open, read, index) &&
        (read.ref === '' || read.only === null) &&
        read.label !== '' &&
        isBlank(read.total)
      ) {
        this.open.description.push(read.label);
        return;
      }
      if (read.only === null) return this.tellUnread(read);
      if (read.label !== '') this.article?.texts.push(read.label);
      else this.article = null;
      this.opensWithTitle ||= this.lines.length === 0 && !this.columns.has('ref');
      this.openTitle('', text);
      return;
    }
    const below = this.titles.openAbove(read.ref);
    this.openTitle(read.ref, read.label);
    this.numbers.title(read.ref);
    this.article = { row: read, section: below, texts: [] };
  }

  private openTitle(number: string, text: string): void {
    this.titles.open(number, text);
    this.named.add(fold(text));
    this.open = null;
  }

  private *rowsBelow(index: number): Iterable<BillRow> {
    const end = Math.min(this.grid.rows.length, index + 1 + LONGEST_CHAPTER_ROWS);
    for (let at = index + 1; at < end; at += 1) yield this.readRow(this.grid.rows[at]!);
  }

  /** A title that has the sum of its lines beside it. */
  private takesTitleWithSum(read: BillRow, index: number): boolean {
    const mayBe = !hasMeasure(read) && !isBlank(read.total) && read.label !== '' && !this.inRecap;
    if (!mayBe || !headsChapter(read, this.rowsBelow(index), hasMeasure)) return false;
    this.openTitle(read.ref, read.label);
    this.numbers.title(read.ref);
    this.article = null;
    return true;
  }

  /** Whether a text right below a line is the title of those that follow, and not a word about it. */
  private isTitle(above: TableLine, { row, only }: BillRow, index: number): boolean {
    if (only === null) return false;
    if (this.opensWithTitle && isTitleText(only)) return true;
    if (!mayBeTitle(only)) return false;
    if (row.isBold === true && above.row.row.isBold !== true) return true;
    return this.titles.endsUnnumbered && (isChapterText(only) || this.changesChapter(above, index));
  }

  /** `1.2`, a text, `2.1`. */
  private changesChapter({ ref }: TableLine, index: number): boolean {
    const next = this.grid.rows[index + 1];
    const below = next === undefined ? '' : this.readRow(next).ref;
    const [own, other] = [ref, below].map((number) => number.split('.'));
    return own!.length > 1 && own!.length === other!.length && own!.at(-2) !== other!.at(-2);
  }

  private tellUnread(read: BillRow): void {
    const found = wordsOf(read.row);
    this.problems.push({
      code: 'bill.row.unread',
      severity: 'info',
      place: this.placeOf(read),
      found: found.slice(0, 200),
      expected: null,
    });
  }

  private placeOf(read: BillRow): Place {
    return cellPlace(this.grid.sheet, read.row.row, read.labelAt);
  }

  result(): ReadTable {
    const roles = ['quantity', 'unitPrice', 'total'] as const;
    const rows = this.lines.map((line) => line.row);
    return {
      grid: this.grid,
      headerRow: this.grid.rows[this.header.index]?.row ?? 1,
      columns: columnLetters(this.header.columns),
      ...factsOfHead(this.grid, this.header),
      lines: this.lines,
      lots: this.lots,
      sums: this.sums,
      marks: new Map(roles.map((role) => [role, decimalMarkOf(rows.map((row) => row[role]))])),
      hiddenLines: this.lines.filter((line) => line.row.row.hidden),
      struckRows: this.struck,
      parts: this.parts,
    };
  }
}
