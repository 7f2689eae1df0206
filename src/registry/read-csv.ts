import { readFileSync } from 'node:fs';

/** Rows of a comma-separated reference file with a header, RFC 4180 quoting, UTF-8. */
export function readCsv(path: string): Record<string, string>[] {
  const [header = [], ...records] = parse(readFileSync(path, 'utf8'));
  return records.map((fields) => Object.fromEntries(header.map((name, i) => [name, fields[i] ?? ''])));
}

function parse(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) throw new Error(`not comma-separated values at character ${field.lastIndex}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') {
      records.push(record);
      record = [];
    }
  }
  return records;
}
