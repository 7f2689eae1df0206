import { looksLikeFormula, type Cell } from './table.js';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Delimited text as spreadsheet programs here open it: UTF-8 with its mark, `;` between fields, lines ended by CRLF.
 * A text that would be taken for a formula gets an apostrophe in front: the program then shows it as text.
 * @param decimalSign what stands before the decimals of a number
 * @source RFC 4180, with `;`
 */
export function writeCsv(rows: readonly (readonly Cell[])[], decimalSign: ',' | '.'): string {
  const field = (cell: Cell): string => {
    if (cell === null) return '';
    if (typeof cell === 'number') return String(cell).replace('.', decimalSign);
    const text = looksLikeFormula(cell) ? `'${cell}` : cell;
    return /[;"\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(field).join(';')}\r\n`).join('');
}
