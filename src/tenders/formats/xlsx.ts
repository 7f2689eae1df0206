import type { ParsedTender } from '../domain/index.js';
import { readBill } from './bill/read-bill.js';
import { readWorkbook } from './spreadsheet.js';

/** A bill of quantities in an Excel workbook: métré, DPGF, meetstaat, Leistungsverzeichnis. */
export async function readXlsx(bytes: Uint8Array): Promise<ParsedTender> {
  const workbook = await readWorkbook(bytes);
  return readBill({
    format: 'xlsx',
    formatVersion: null,
    propertyTitle: workbook.title,
    grids: workbook.grids,
  });
}
