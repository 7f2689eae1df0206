import type { Place } from '../../../kernel/index.js';
import type { Lot, ParsedTender } from '../../domain/index.js';
import { readBill } from '../bill/read-bill.js';
import { TABLE_SHEET, gridsOf } from './pdf-grid.js';
import { readPdfText } from './pdf-text.js';

/** A bill of quantities in a PDF with a text layer; a place is a page and a position among the lines of that page. */
export async function readPdf(bytes: Uint8Array): Promise<ParsedTender> {
  const { title, pages } = await readPdfText(bytes);
  const { grids, pageOf } = gridsOf(pages);
  const page = (place: Place): Place =>
    'sheet' in place && place.sheet === TABLE_SHEET ? { page: pageOf.get(place.row ?? 1) ?? 1 } : { page: 1 };
  const tender = readBill({
    format: 'pdf',
    formatVersion: null,
    propertyTitle: title,
    grids,
    relocate: (lots) => withPositions(lots, page),
  });
  const problems = tender.problems.map((problem) =>
    problem.place === null || !('sheet' in problem.place)
      ? problem
      : { ...problem, place: page(problem.place) },
  );
  return {
    ...tender,
    layout: tender.layout.map((layout) => ({ ...layout, sheet: 'PDF', fingerprint: null })),
    problems,
    sources: Object.fromEntries(
      Object.entries(tender.sources ?? {}).map(([fact, place]) => [fact, page(place)]),
    ),
  };
}

function rowOf(place: Place): number {
  return 'sheet' in place ? (place.row ?? 0) : 0;
}

function withPositions(lots: readonly Lot[], page: (place: Place) => Place): readonly Lot[] {
  const rows = lots.flatMap((lot) => lot.lines.map((line) => rowOf(line.place))).toSorted((a, b) => a - b);
  const counts = new Map<number, number>();
  const places = new Map<number, Place>();
  for (const row of rows) {
    const found = page({ sheet: TABLE_SHEET, row });
    const number = 'page' in found ? found.page : 1;
    counts.set(number, (counts.get(number) ?? 0) + 1);
    places.set(row, { page: number, position: counts.get(number) ?? 1 });
  }
  return lots.map((lot) => ({
    ...lot,
    at: lot.at === null ? null : page(lot.at),
    lines: lot.lines.map((line) => ({ ...line, place: places.get(rowOf(line.place)) ?? line.place })),
  }));
}
