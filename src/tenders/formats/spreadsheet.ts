import { columnLetter, type Grid, type GridCell, type GridRow } from './bill/grid.js';
import type { Archive } from './archive.js';
import { decodeXml } from './decode-text.js';
import { FormatRefusal, limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';
import { readSheet, type SheetContext } from './xlsx-sheet.js';
import { descendants, isOn, pathsWith, readXmlTree, type XmlNode } from './xml-tree.js';
import { readSharedStrings } from './xlsx-strings.js';

/** A workbook as we read it. */
export interface Workbook {
  readonly title: string | null;
  readonly grids: readonly Grid[];
}

const at = pathsWith({});
const WORKBOOK = 'xl/workbook.xml';

/**
 * Reads the values of an Excel workbook. Formulas give the value the program stored; styles only tell dates from
 * numbers. Every part is read strictly: half a sheet is no sheet.
 * @throws FormatRefusal `file.corrupt`, `file.xml.malformed`, `file.xml.doctype`, and the limits of sheets
 */
export function readWorkbook(archive: Archive): Workbook {
  const workbook = treeOf(archive, WORKBOOK);
  const relations = treeOf(archive, 'xl/_rels/workbook.xml.rels');
  if (!workbook || !relations) throw new FormatRefusal('file.corrupt', { found: WORKBOOK, expected: 'XLSX' });
  const sheets = at(workbook, 'sheets/sheet');
  if (sheets.length > LIMITS.sheets.value) throw limitRefusal('sheets', sheets.length);
  const targets = new Map(
    at(relations, 'Relationship').map(
      (relation) => [relation.attributes.get('Id'), partName(relation)] as const,
    ),
  );
  const context: SheetContext = {
    strings: stringsOf(archive),
    ...stylesOf(archive),
    date1904: ['1', 'true'].includes(at(workbook, 'workbookPr')[0]?.attributes.get('date1904') ?? ''),
  };
  const core = treeOf(archive, 'docProps/core.xml');
  const title = core ? (at(core, 'title')[0]?.text ?? '') : '';
  return {
    title: title === '' ? null : title,
    grids: sheets.map((sheet) => gridOf(archive, sheet, targets.get(sheet.attributes.get('id')), context)),
  };
}

/** Targets are relative to `xl/`, or absolute. */
function partName(relation: XmlNode): string {
  const target = relation.attributes.get('Target') ?? '';
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

function treeOf(archive: Archive, name: string): XmlNode | null {
  const bytes = archive.read(name);
  return bytes ? readXmlTree(decodeXml(bytes)) : null;
}

function gridOf(archive: Archive, sheet: XmlNode, part: string | undefined, context: SheetContext): Grid {
  const name = (sheet.attributes.get('name') ?? '').normalize('NFC');
  const bytes = part === undefined ? null : archive.read(part);
  if (!bytes)
    throw new FormatRefusal('file.corrupt', {
      place: { sheet: name },
      found: part ?? name,
      expected: 'XLSX',
    });
  const state = sheet.attributes.get('state');
  const read = part?.includes('worksheets') === false ? EMPTY : readSheet(decodeXml(bytes), name, context);
  return {
    sheet: name,
    hidden: state === 'hidden' || state === 'veryHidden',
    hiddenColumns: read.hiddenColumns,
    rows: read.rows.map((row) => limited(row, name)),
  };
}

const EMPTY: { rows: readonly GridRow[]; hiddenColumns: ReadonlySet<number> } = {
  rows: [],
  hiddenColumns: new Set(),
};

function limited(row: GridRow, sheet: string): GridRow {
  for (const [index, cell] of row.cells.entries()) {
    if (typeof cell === 'string' && cell.length > LIMITS.cell.value) {
      throw limitRefusal('cell', cell.length, { sheet, row: row.row, column: columnLetter(index) });
    }
  }
  return row;
}

function stringsOf(archive: Archive): readonly GridCell[] {
  const bytes = archive.read('xl/sharedStrings.xml');
  return bytes ? readSharedStrings(decodeXml(bytes)) : [];
}

/** Built-in number formats that show a day. */
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/** Excel's own. */
const LONGEST_FORMAT = 255;
const CURRENCY = /[€$£]|\p{Lu}{3}/u;
/** `0%`, `0.00%`. */
const BUILT_IN_PERCENT = new Map([
  [9, '0%'],
  [10, '0.00%'],
]);

const NO_STYLES: Omit<SheetContext, 'strings' | 'date1904'> = {
  dateStyles: new Set(),
  boldStyles: new Set(),
  struckStyles: new Set(),
  printed: new Map(),
};

/** Positions of cell styles whose number format shows a day, of those in bold or struck out, and what formats print behind numbers. */
function stylesOf(archive: Archive): Omit<SheetContext, 'strings' | 'date1904'> {
  const styles = treeOf(archive, 'xl/styles.xml');
  if (!styles) return NO_STYLES;
  const codes = new Map(
    descendants(styles, 'numFmt').map(
      ({ attributes }) =>
        [
          Number(attributes.get('numFmtId')),
          (attributes.get('formatCode') ?? '').slice(0, LONGEST_FORMAT),
        ] as const,
    ),
  );
  const custom = new Set([...codes].flatMap(([id, code]) => (showsDay(code) ? [id] : [])));
  const fonts = at(styles, 'fonts/font').map((font) => ({
    isBold: at(font, 'b').some(isOn),
    isStruck: at(font, 'strike').some(isOn),
  }));
  const formats = at(styles, 'cellXfs/xf').map(({ attributes }) => ({
    number: Number(attributes.get('numFmtId') ?? 0),
    font: Number(attributes.get('fontId') ?? 0),
  }));
  const having = (has: (format: (typeof formats)[number]) => boolean): ReadonlySet<number> =>
    new Set(formats.flatMap((format, index) => (has(format) ? [index] : [])));
  return {
    dateStyles: having(({ number }) => BUILT_IN_DATES.has(number) || custom.has(number)),
    boldStyles: having(({ font }) => fonts[font]?.isBold === true),
    struckStyles: having(({ font }) => fonts[font]?.isStruck === true),
    printed: new Map(
      formats.flatMap(({ number }, index) => {
        const printed = printedBehind(codes.get(number) ?? BUILT_IN_PERCENT.get(number) ?? '');
        return printed === '' || CURRENCY.test(printed) ? [] : [[index, printed] as const];
      }),
    ),
  };
}

/** What stands behind the last digit of a positive number: `m²` of `#,##0.00\\ "m²";-0`. */
function printedBehind(code: string): string {
  const parts: readonly string[] = code.match(/"[^"]*"|\[[^\]]*\]|[\\_*].|[^"]/g) ?? [];
  const end = parts.indexOf(';');
  const positive = end < 0 ? parts : parts.slice(0, end);
  const last = positive.findLastIndex((part) => /^[0#?]$/.test(part));
  const behind = last < 0 ? [] : positive.slice(last + 1).filter((part) => !/^[[_*]/.test(part));
  return behind
    .map((part) => part.replace(/^\\|"/g, ''))
    .join('')
    .trim();
}

/** Letters in quotes or brackets are text, not parts of a date. */
function showsDay(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /y/i.test(bare) || (/d/i.test(bare) && /m/i.test(bare));
}
