import type { ColumnLayout, ParsedTender } from '../domain/index.js';
import type { GridRow } from './bill/grid.js';
import { columnLetter } from './bill/grid.js';
import { readBill } from './bill/read-bill.js';
import type { DecodedText } from './decode-text.js';
import { limitRefusal } from './format-refusal.js';
import { LIMITS } from './limits.js';

const SEPARATORS = [';', '\t', ',', '|'] as const;
const PREVIEW_RECORDS = 60;
const PREVIEW_CHARACTERS = 64 * 1024;

/** A bill of quantities as delimited text; `row` counts records. */
export function readCsv(
  { text, encoding }: DecodedText,
  layouts: readonly ColumnLayout[] = [],
): ParsedTender {
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
  return readBill(
    {
      format: 'csv',
      formatVersion: `${encoding} ${separator === '\t' ? 'tab' : separator}`,
      propertyTitle: null,
      grids: [{ sheet: '', hidden: false, rows, hiddenColumns: new Set() }],
    },
    layouts,
  );
}

/** The separator that gives the first records the most columns, alike from record to record. */
function separatorOf(text: string): string {
  const scored = SEPARATORS.map((separator) => {
    const widths = new Map<number, number>();
    let count = 0;
    for (const fields of records(text.slice(0, PREVIEW_CHARACTERS), separator)) {
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
  const end = new RegExp(`[\\n\\r${separator === '|' ? '\\|' : separator}]`, 'g');
  let fields: string[] = [];
  let from = 0;
  while (from < text.length) {
    const field = text[from] === '"' ? quotedField(text, from) : null;
    end.lastIndex = field?.until ?? from;
    const stop = end.exec(text)?.index ?? text.length;
    fields.push(field ? field.text + text.slice(field.until, stop) : text.slice(from, stop));
    if (text[stop] !== separator || stop === text.length) {
      yield fields;
      fields = [];
    } else if (stop + 1 === text.length) fields.push('');
    from = stop + (text[stop] === '\r' && text[stop + 1] === '\n' ? 2 : 1);
  }
  if (fields.length > 0) yield fields;
}

/** A quoted field: two quotes are one; a quote that is never closed runs to the end of the file. */
function quotedField(text: string, from: number): { text: string; until: number } {
  const parts: string[] = [];
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { text: [...parts, text.slice(at)].join(''), until: text.length };
    parts.push(text.slice(at, quote));
    if (text[quote + 1] !== '"') return { text: parts.join(''), until: quote + 1 };
    parts.push('"');
    at = quote + 2;
  }
}
