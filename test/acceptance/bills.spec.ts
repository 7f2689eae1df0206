import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTender, type BillLine, type ParsedTender } from '../../src/tenders/index.js';
import {
  ARGUED,
  EXAMPLES,
  csvRecords,
  expectedOf,
  forEachDocument,
  parsedExample,
  type Expected,
} from './examples.js';

interface FoundLine extends BillLine {
  readonly lot: string;
}

function linesByPlace(read: ParsedTender): ReadonlyMap<string, FoundLine> {
  const lines = read.lots.flatMap((lot) => lot.lines.map((line) => ({ ...line, lot: lot.ref })));
  return new Map(
    lines.map((line) => {
      const place = line.place as { sheet?: string; row?: number; page?: number; position?: number };
      const at =
        place.page === undefined ? `${place.sheet}!${place.row}` : `page ${place.page}!${place.position}`;
      return [at, line] as const;
    }),
  );
}

const number = (text: string | null | undefined): number | null =>
  text === '' || text === null || text === undefined ? null : Number(text);

function facts(line: FoundLine): Record<string, unknown> {
  return {
    key: line.key,
    lot: line.lot,
    ref: line.ref,
    label: line.label,
    unit: line.unit ?? '',
    unit_norm: line.unitNorm ?? '',
    quantity: number(line.quantity),
    nature: line.nature ?? '',
    kind: line.kind,
    unit_price: number(line.unitPrice?.amount),
    amount: number(line.total?.amount),
  };
}

function asked(record: Record<string, string>): Record<string, unknown> {
  const { key, lot, ref, label, unit, unit_norm, quantity, nature, kind, unit_price, amount } = record;
  return {
    key,
    lot,
    ref,
    label,
    unit,
    unit_norm,
    quantity: number(quantity),
    nature,
    kind,
    unit_price: number(unit_price),
    amount: number(amount),
  };
}

function whole(read: ParsedTender): Expected {
  return {
    language: read.language,
    title: read.tender.title,
    deadline: read.tender.deadline,
    site: {
      municipality: read.tender.place.municipality,
      postal_code: read.tender.place.postalCode,
      locality: read.tender.place.locality,
    },
    lots: read.lots.map((lot) => ({
      ref: lot.ref,
      title: lot.title,
      lines: lot.lines.length,
      ...(lot.declared ? {} : { declared: false }),
    })),
    excl_vat: number(read.tender.value?.amount),
  };
}

async function checkWhole(name: string): Promise<void> {
  const expected = expectedOf('metre', name);
  const totals = expected['totals'] as Expected | null;
  const read = whole(await parsedExample('metre', name));
  const want: Expected = { ...expected, excl_vat: totals?.['excl_vat'] ?? null };
  for (const field of Object.keys(read).filter((one) => !ARGUED.has(`${name} ${one}`))) {
    expect([field, read[field]]).toEqual([field, want[field]]);
  }
}

async function checkLines(name: string): Promise<void> {
  const read = await parsedExample('metre', name);
  const found = linesByPlace(read);
  const records = csvRecords(readFileSync(join(EXAMPLES, 'metre', `${name}.lines.csv`), 'utf8'));
  const differences = records.flatMap((record) => {
    const line = found.get(`${record['sheet']}!${record['row']}`);
    if (!line) return [`${record['key']}: not found`];
    const [have, want] = [facts(line), asked(record)];
    return Object.keys(want)
      .filter((field) => have[field] !== want[field] && !ARGUED.has(`${name} ${record['key']} ${field}`))
      .map((field) => `${record['key']} ${field}: ${String(have[field])}, expected ${String(want[field])}`);
  });
  expect(differences).toEqual([]);
  expect(found.size).toBe(records.length);
}

/** What was read, printed and brought again says the same of the whole and of each line. */
async function checkAgain(name: string): Promise<void> {
  const { tender, lots, language, layout } = await parsedExample('metre', name);
  const again = await parseTender(
    new TextEncoder().encode(JSON.stringify({ tender, lots, language, layout })),
    '',
  );
  expect(again).toMatchObject({ tender, lots, language, layout });
}

describe('the bills of quantities, against what an independent reader found', () => {
  forEachDocument('metre', 'is read alike as a whole', checkWhole);
  forEachDocument('metre', 'is read alike line by line', checkLines);
  forEachDocument('metre', 'is read alike from our own JSON', checkAgain);
});
