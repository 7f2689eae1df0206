import { columnLetter, type GridCell, type GridRow } from './bill/grid.js';
import { limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';
import { cellOf } from './xlsx-strings.js';
import { XmlEvents } from './xml-events.js';

/** What the cells of a sheet point at. */
export interface SheetContext {
  readonly strings: readonly GridCell[];
  readonly dateStyles: ReadonlySet<number>;
  readonly boldStyles: ReadonlySet<number>;
  readonly struckStyles: ReadonlySet<number>;
  /** What the format of a number prints behind it, by style. */
  readonly printed: ReadonlyMap<number, string>;
  readonly date1904: boolean;
}

export interface ReadSheet {
  readonly rows: readonly GridRow[];
  readonly hiddenColumns: ReadonlySet<number>;
}

type Attributes = Readonly<Record<string, string>>;

const MS_PER_DAY = 86_400_000;
/** Day 0 of the two calendars of spreadsheets; the first one has a 29 February 1900 too many. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Excel's own: empty rows are no rows, but more than these are an attack. */
const MOST_ROW_ELEMENTS = 1_048_576;
const LAST_DAY_SERIAL = 2_958_465;

/** Reads the rows of one worksheet. @throws FormatRefusal `file.limit.rows`, `file.limit.columns` and those of XML */
export function readSheet(xml: string, name: string, context: SheetContext): ReadSheet {
  const reader = new SheetReader(name, context);
  new XmlEvents({
    open: (element, attributes) => reader.open(element, attributes),
    text: (part) => reader.text(part),
    close: (element) => reader.close(element),
  }).read(xml);
  return reader.result();
}

class SheetReader {
  private readonly rows: GridRow[] = [];
  private readonly hiddenColumns = new Set<number>();
  private row = 0;
  private seen = 0;
  private rowHidden = false;
  private cells: GridCell[] = [];
  private bold = 0;
  private struck = 0;
  private texts = 0;
  private printed: Map<number, string> | null = null;
  private column = -1;
  private type = '';
  private style = -1;
  private value = '';
  private inline = '';
  private reading: 'value' | 'inline' | null = null;

  constructor(
    private readonly name: string,
    private readonly context: SheetContext,
  ) {}

  open(element: string, attributes: Attributes): void {
    if (element === 'row') this.openRow(attributes);
    else if (element === 'c') this.openCell(attributes);
    else if (element === 'v') this.reading = 'value';
    else if (element === 't') this.reading = 'inline';
    else if (element === 'col') this.hideColumns(attributes);
  }

  text(part: string): void {
    if (this.reading === 'value') this.value += part;
    else if (this.reading === 'inline') this.inline += part;
  }

  close(element: string): void {
    if (element === 'v' || element === 't') this.reading = null;
    else if (element === 'c') this.closeCell();
    else if (element === 'row' && this.cells.length > 0) {
      const isBold = this.texts > 0 && this.bold === this.texts;
      const isStruck = this.texts > 0 && this.struck === this.texts;
      this.rows.push({
        row: this.row,
        cells: this.cells,
        hidden: this.rowHidden,
        ...(isBold ? { isBold } : {}),
        ...(isStruck ? { isStruck } : {}),
        ...(this.printed ? { printed: this.shared(this.printed) } : {}),
      });
    }
  }

  result(): ReadSheet {
    return { rows: this.rows, hiddenColumns: this.hiddenColumns };
  }

  private openRow(attributes: Attributes): void {
    const stated = Number(attributes['r']);
    this.row = Number.isSafeInteger(stated) && stated > this.row ? stated : this.row + 1;
    this.seen += 1;
    if (this.rows.length >= LIMITS.rows.value || this.seen > MOST_ROW_ELEMENTS)
      throw limitRefusal('rows', this.rows.length + 1, { sheet: this.name, row: this.row });
    this.rowHidden = isOn(attributes['hidden']);
    this.cells = [];
    this.bold = 0;
    this.struck = 0;
    this.texts = 0;
    this.printed = null;
    this.column = -1;
  }

  private openCell(attributes: Attributes): void {
    const stated = columnOf(attributes['r'] ?? '');
    this.column = stated ?? this.column + 1;
    this.type = attributes['t'] ?? 'n';
    this.style = Number(attributes['s'] ?? -1);
    this.value = '';
    this.inline = '';
  }

  private closeCell(): void {
    const cell = this.read();
    if (cell === null) return;
    if (this.column >= LIMITS.columns.value) {
      throw limitRefusal('columns', this.column + 1, {
        sheet: this.name,
        row: this.row,
        column: columnLetter(this.column),
      });
    }
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells[this.column] = cell;
    if (typeof cell === 'number') this.keepPrinted();
    if (typeof cell !== 'string') return;
    this.texts += 1;
    if (this.context.boldStyles.has(this.style)) this.bold += 1;
    if (this.context.struckStyles.has(this.style)) this.struck += 1;
  }

  /** The rows of a sheet are formatted alike: they share what is printed. */
  private shared(printed: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
    const above = this.rows.at(-1)?.printed;
    const isSame = above?.size === printed.size && [...printed].every(([at, text]) => above.get(at) === text);
    return isSame ? above : printed;
  }

  private keepPrinted(): void {
    const printed = this.context.printed.get(this.style);
    if (printed === undefined) return;
    this.printed ??= new Map();
    this.printed.set(this.column, printed);
  }

  private read(): GridCell {
    switch (this.type) {
      case 's':
        return this.context.strings[Number(this.value)] ?? null;
      case 'inlineStr':
        return cellOf(this.inline);
      case 'str':
      case 'd':
        return cellOf(this.value);
      case 'b':
        return this.value === '' ? null : String(this.value === '1');
      case 'e':
        return null;
      default:
        return this.readNumber();
    }
  }

  private readNumber(): GridCell {
    const number = Number(this.value);
    if (this.value.trim() === '' || !Number.isFinite(number)) return null;
    return this.context.dateStyles.has(this.style) ? this.moment(number) : number;
  }

  /** `2027-01-29T10:00`; a number that is no day stays a number. */
  private moment(serial: number): GridCell {
    if (serial < 1 || serial > LAST_DAY_SERIAL) return serial;
    const epoch = this.context.date1904 ? EPOCH_1904 : EPOCH_1900;
    return new Date(epoch + Math.round(serial * MS_PER_DAY)).toISOString().slice(0, 16);
  }

  private hideColumns(attributes: Attributes): void {
    if (!isOn(attributes['hidden'])) return;
    const [first, last] = [
      Number(attributes['min']),
      Math.min(Number(attributes['max']), LIMITS.columns.value),
    ];
    for (let column = first; column <= last; column += 1) this.hiddenColumns.add(column - 1);
  }
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** Position from 0 of `AB12`; null when the text is no cell. */
function columnOf(reference: string): number | null {
  let column = 0;
  let index = 0;
  for (; index < reference.length && index < 4; index += 1) {
    const code = reference.charCodeAt(index) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column === 0 ? null : column - 1;
}
