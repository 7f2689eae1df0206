import { readXlsx as readWorkbookFile } from 'hucre/xlsx';
import { columnLetter, type Grid, type GridCell, type GridRow } from './bill/grid.js';
import { FormatRefusal, limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';

/** A workbook as we read it. The only file that knows the spreadsheet library. */
export interface Workbook {
  readonly title: string | null;
  readonly grids: readonly Grid[];
}

type LibrarySheet = Awaited<ReturnType<typeof readWorkbookFile>>['sheets'][number];
type LibraryCell = LibrarySheet['rows'][number][number];

/**
 * Reads the values of a workbook whose archive was already counted. Formulas give the value the program stored.
 * @throws FormatRefusal `file.corrupt`, `file.limit.sheets`, `file.limit.rows`, `file.limit.columns`, `file.limit.cell`
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const workbook = await open(bytes);
  if (workbook.sheets.length > LIMITS.sheets.value) throw limitRefusal('sheets', workbook.sheets.length);
  const title = workbook.properties?.title?.trim().normalize('NFC');
  return { title: title ? title : null, grids: workbook.sheets.map(toGrid) };
}

async function open(bytes: Uint8Array): Promise<Awaited<ReturnType<typeof readWorkbookFile>>> {
  try {
    return await readWorkbookFile(bytes, { maxRows: LIMITS.rows.value + 1 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new FormatRefusal('file.corrupt', { found: message, expected: 'XLSX' });
  }
}

function toGrid(sheet: LibrarySheet): Grid {
  if (sheet.rows.length > LIMITS.rows.value)
    throw limitRefusal('rows', sheet.rows.length, { sheet: sheet.name });
  const hidden = sheet.columns?.flatMap((column, index) => (column?.hidden === true ? [index] : [])) ?? [];
  return {
    sheet: sheet.name,
    hidden: sheet.hidden === true || sheet.veryHidden === true,
    hiddenColumns: new Set(hidden),
    rows: sheet.rows.map((cells, index): GridRow => {
      const row = index + 1;
      return {
        row,
        hidden: sheet.rowDefs?.get(index)?.hidden === true,
        cells: cellsOf(cells, sheet.name, row),
      };
    }),
  };
}

function cellsOf(cells: readonly LibraryCell[], sheet: string, row: number): readonly GridCell[] {
  const last = cells.findLastIndex((cell) => cell !== null && cell !== '');
  if (last >= LIMITS.columns.value) {
    throw limitRefusal('columns', last + 1, { sheet, row, column: columnLetter(last) });
  }
  return cells.slice(0, last + 1).map((cell, index) => {
    const value = toCell(cell);
    if (typeof value === 'string' && value.length > LIMITS.cell.value) {
      throw limitRefusal('cell', value.length, { sheet, row, column: columnLetter(index) });
    }
    return value;
  });
}

function toCell(cell: LibraryCell): GridCell {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return cell;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(0, 16);
  const text = String(cell).normalize('NFC').trim();
  return text === '' ? null : text;
}
