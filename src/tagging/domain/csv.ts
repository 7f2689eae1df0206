/** Reads comma-separated text (RFC 4180 quoting) into rows keyed by the header. Our own data files only. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header, ...rows] = readRows(text.replace(/^\ufeff/, ''));
  if (!header) return [];
  return rows
    .filter((row) => row.length > 1 || row[0] !== '')
    .map((row) => {
      const record: Record<string, string> = {};
      for (const [column, name] of header.entries()) record[name] = row[column] ?? '';
      return record;
    });
}

function readRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [field, next] = readField(text, at);
    row.push(field);
    at = next;
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    if (text[at] === '\r') at += 1;
    at += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function readField(text: string, from: number): [string, number] {
  if (text[from] !== '"') {
    let to = from;
    while (to < text.length && text[to] !== ',' && text[to] !== '\n' && text[to] !== '\r') to += 1;
    return [text.slice(from, to), to];
  }
  let field = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return [field + text.slice(at), text.length];
    field += text.slice(at, quote);
    if (text[quote + 1] !== '"') return [field, quote + 1];
    field += '"';
    at = quote + 2;
  }
}
