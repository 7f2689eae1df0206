import type { ParsedTender } from '../domain/index.js';
import type { GridRow } from './bill/grid.js';
import { columnLetter } from './bill/grid.js';
import { readBill } from './bill/read-bill.js';
import type { DecodedText } from './decode-text.js';
import { limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';

const SEPARATORS = [';', '\t', ',', '|'] as const;
const PREVIEW_RECORDS = 60;

/** A bill of quantities as delimited text; `row` counts records. */
export function readCsv({ text, encoding }: DecodedText): ParsedTender {
  const separator = separatorOf(text);
  const rows: GridRow[] = [];
  for (const fields of records(text, separator)) {
    const row = rows.length + 1;
    if (row > LIMITS.rows.value) throw limitRefusal('rows', row, { line: row });
    if (fields.length > LIMITS.columns.value) throw limitRefusal('columns', fields.length, { line: row });
    const cells = fields.map((field, index) => {
      if (field.length > LIMITS.cell.value) {
        throw limitRefusal('cell', field.length, { sheet: '', row, column: columnLetter(index) });
      }
      const value = field.normalize('NFC').trim();
      return value === '' ? null : value;
    });
    rows.push({ row, cells, hidden: false });
  }
  return readBill({
    format: 'csv',
    formatVersion: `${encoding} ${separator === '\t' ? 'tab' : separator}`,
    propertyTitle: null,
    grids: [{ sheet: '', hidden: false, rows, hiddenColumns: new Set() }],
  });
}

/** The separator that gives the first records the most columns, alike from record to record. */
function separatorOf(text: string): string {
  const scored = SEPARATORS.map((separator) => {
    const widths = new Map<number, number>();
    let count = 0;
    for (const fields of records(text, separator)) {
      widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
      count += 1;
      if (count >= PREVIEW_RECORDS) break;
    }
    const [width = 1, times = 0] = [...widths].toSorted(([a, x], [b, y]) => (y - x) * 100 + (b - a))[0] ?? [];
    return { separator, score: width > 1 ? times * Math.min(width, 12) : 0 };
  });
  return scored.toSorted((a, b) => b.score - a.score)[0]?.separator ?? ';';
}

/** Records of RFC 4180 with any separator and any line end; a stray quote inside a field is text. */
function* records(text: string, separator: string): Generator<readonly string[]> {
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === separator) {
      fields.push(field);
      field = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[i + 1] === '\n') i += 1;
      yield [...fields, field];
      fields = [];
      field = '';
    } else field += character;
  }
  if (field !== '' || fields.length > 0) yield [...fields, field];
}
