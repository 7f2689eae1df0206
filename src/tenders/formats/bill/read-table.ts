import type { Problem } from '../../../kernel/index.js';
import { ArticleNumbers, isNext, isOfOtherChapter } from './article-numbers.js';
import { headsChapter } from './chapter-sums.js';
import { columnLetters, furtherWordsAt, partsAt, type Columns, type FoundHeader } from './columns.js';
import { fold, oneLine } from './fold.js';
import { cellText, isBlank, type Grid, type GridRow } from './grid.js';
import { factsOfHead } from './head-facts.js';
import { nameOf, type OpenArticle } from './line-name.js';
import { isCountedIn, Measures } from './measures.js';
import { decimalMarkOf } from './numbers.js';
import { OpenLot } from './open-lot.js';
import { holdAmounts, NO_PARTS, type Parts } from './part-quantities.js';
import { readRow, type BillRow } from './row-reader.js';
import { hasMeasure, isColumnNumbers, isNameless, offersOption, wordsOf } from './row-words.js';
import { OpenTitles } from './sections.js';
import { namesKnown, recapColumns, sumIn } from './sum-rows.js';
import type { ReadTable, TableLine, TableSum } from './table.js';
import { TableRows } from './table-rows.js';
import { isChapterText, isTitleText, mayBeTitle, namesSite } from './title-words.js';
import { isIncluded, isPageNumber, isSumLabel, kindOfWords, type LotHeading } from './words.js';

/** More lines have no sum above them that could be told from a lump sum. */
const LONGEST_CHAPTER_ROWS = 500;

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

class TableWalk {
  private readonly rows: TableRows;
  private readonly measures: Measures;
  private readonly lot: OpenLot;
  private readonly titles = new OpenTitles();
  private readonly numbers = new ArticleNumbers();
  private readonly lines: TableLine[] = [];
  private readonly sums: TableSum[] = [];
  private readonly struck: number[] = [];
  private readonly parts: Parts;
  private readonly printedAbove: ReadonlySet<string>;
  private readonly furtherWords: readonly number[];
  private zone = '';
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
    showsMeasures: boolean,
  ) {
    const { columns } = header;
    const mark = decimalMarkOf(grid.rows.map((row) => row.cells[columns.get('quantity') ?? -1]));
    this.rows = new TableRows(grid, header);
    this.measures = new Measures(this.rows, mark, showsMeasures);
    this.lot = new OpenLot(grid, header, this.rows, sheetLot?.ref ?? null);
    this.furtherWords = furtherWordsAt(grid, header);
    this.isZonePrintedOnce = this.rows.areZonesPrintedOnce();
    const parts = partsAt(grid, header);
    const totalAt = columns.has('unitPrice') ? undefined : columns.get('total');
    const areAmounts = totalAt !== undefined && holdAmounts(parts, totalAt, this.rows.below, mark);
    this.parts = areAmounts ? NO_PARTS : parts;
    const above = grid.rows
      .slice(0, header.index + header.height - 1)
      .flatMap((row) => row.cells.map((cell) => fold(cellText(cell))));
    this.printedAbove = new Set(above.filter((text) => text !== ''));
    problems.push(...this.rows.daysTakenBack);
  }

  get hasMeasures(): boolean {
    return this.measures.areFound;
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
      this.rows.columns = recap;
      this.inRecap = true;
      return 1;
    }
    const again = this.rows.headerAgain(index);
    if (again) {
      this.rows.goOnUnder(again);
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
    const read = readRow(next, columns, this.grid.hiddenColumns);
    return this.inRecap || namesKnown(read, this.named) ? columns : null;
  }

  private takeRow(row: GridRow, index: number): void {
    const read = this.rows.read(row);
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

  private takesLot(read: BillRow): boolean {
    const lot = this.lot.headedBy(read);
    if (lot === null) return false;
    this.inRecap = false;
    this.titles.close();
    if (lot.title !== null) this.named.add(fold(lot.title));
    this.article = null;
    this.open = null;
    return true;
  }

  private completesLine(read: BillRow): boolean {
    const line = this.open === null || this.inRecap ? null : this.measures.completed(this.open, read);
    if (line === null) return false;
    this.lines[this.lines.length - 1] = line;
    this.open = null;
    return true;
  }

  private takesIncluded(read: BillRow): boolean {
    if (this.open === null || this.inRecap || !isCountedIn(this.open, read)) return false;
    this.open.description.push(wordsOf(read.row));
    return true;
  }

  private takesMeasuresOfArticle(read: BillRow, index: number): boolean {
    if (!this.rows.isDetailed || this.article === null || this.open !== null) return false;
    if (!this.measures.isRoom(read, index)) return false;
    this.article.texts.push(wordsOf(read.row));
    return true;
  }

  /** A row without number, unit or price below a line shows how its quantity was measured, or adds it up. */
  private takesMeasurement(read: BillRow, index: number): boolean {
    if (this.inRecap || !this.measures.mayBe(read)) return false;
    const line = this.open !== null && this.open.ref !== '' && this.open.row.unit !== '' ? this.open : null;
    if (line !== null && isIncluded(read.label)) {
      line.description.push(wordsOf(read.row));
      return true;
    }
    if (line !== null && !isBlank(read.quantity)) {
      const measured = this.measures.lineWith(line, read, index);
      if (measured === null) return false;
      this.lines[this.lines.length - 1] = measured;
      this.open = measured;
      return true;
    }
    const texts = this.rows.isDetailed ? (line?.description ?? this.article?.texts) : undefined;
    if (!texts || isSumLabel(read.label) || read.label === '') return false;
    texts.push(wordsOf(read.row));
    return true;
  }

  private takesSum(read: BillRow): boolean {
    const sum = sumIn(read, this.inRecap);
    if (sum === null) return false;
    const { label, amount, opensRecap } = sum;
    this.inRecap ||= opensRecap;
    this.sums.push({
      label,
      amount,
      lotRef: this.inRecap ? null : this.lot.ofSum(label, this.lines),
      inRecap: this.inRecap,
      place: this.rows.placeOf(read),
    });
    this.article = null;
    this.open = null;
    return true;
  }

  /** A title that has the sum of its lines beside it. */
  private takesTitleWithSum(read: BillRow, index: number): boolean {
    const mayBe = !hasMeasure(read) && !isBlank(read.total) && read.label !== '' && !this.inRecap;
    if (!mayBe || !headsChapter(read, this.rows.from(index + 1, LONGEST_CHAPTER_ROWS), hasMeasure))
      return false;
    this.openTitle(read.ref, read.label);
    this.numbers.title(read.ref);
    this.article = null;
    return true;
  }

  private takesLine(read: BillRow, index: number): boolean {
    const lumpSum = !isBlank(read.total) && (!this.rows.columns.has('quantity') || read.ref !== '');
    // An option above the next number is a line nobody has measured, and no title of it.
    const isOpenOption = (): boolean => offersOption(read) && isNext(read.ref, this.rows.refBelow(index));
    if (!hasMeasure(read) && !lumpSum && !isOpenOption()) return false;
    const name = nameOf(read, this.article, this.open);
    if (name === null) return false;
    const { ref, label, article, merged } = name;
    this.lot.besideLine(read);
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
      lotRef: this.lot.ref,
      section,
      kindAbove: section.map(kindOfWords).find((kind) => kind !== 'base') ?? 'base',
      description: [
        ...(article ? [...article.texts, ...(isNameless(read) ? [] : [read.label])] : []),
        ...this.furtherWordsOf(read, label),
      ],
      measures: this.parts.ordered.map((at) => read.row.cells[at] ?? null),
      headUnit: this.rows.headUnit,
      place: this.rows.placeOf(read),
    };
    this.lines.push(line);
    if (!article) this.article = null;
    this.open = line;
    return true;
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
      if (read.only === null) {
        this.problems.push(this.rows.unread(read));
        return;
      }
      if (read.label !== '') this.article?.texts.push(read.label);
      else this.article = null;
      this.opensWithTitle ||= this.lines.length === 0 && !this.rows.columns.has('ref');
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

  /** Whether a text right below a line is the title of those that follow, and not a word about it. */
  private isTitle(above: TableLine, { row, only }: BillRow, index: number): boolean {
    if (only === null) return false;
    if (this.opensWithTitle && isTitleText(only)) return true;
    if (!mayBeTitle(only)) return false;
    if (row.isBold === true && above.row.row.isBold !== true) return true;
    if (!this.titles.endsUnnumbered) return false;
    return isChapterText(only) || isOfOtherChapter(above.ref, this.rows.refBelow(index));
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
      lots: this.lot.found,
      sums: this.sums,
      marks: new Map(roles.map((role) => [role, decimalMarkOf(rows.map((row) => row[role]))])),
      hiddenLines: this.lines.filter((line) => line.row.row.hidden),
      struckRows: this.struck,
      parts: this.parts,
    };
  }
}
