import type { ColumnLayout, ParsedTender } from '../domain/index.js';
import type { Archive } from './archive.js';
import { readBill } from './bill/read-bill.js';
import { readWorkbook } from './spreadsheet.js';

/** A bill of quantities in an Excel workbook: métré, DPGF, meetstaat, Leistungsverzeichnis. */
export function readXlsx(archive: Archive, layouts: readonly ColumnLayout[] = []): ParsedTender {
  const workbook = readWorkbook(archive);
  return readBill(
    { format: 'xlsx', formatVersion: null, propertyTitle: workbook.title, grids: workbook.grids },
    layouts,
  );
}
