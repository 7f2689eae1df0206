import type { Place } from '../../../kernel/index.js';
import type { Lot, ParsedTender } from '../../domain/index.js';
import { readBill } from '../bill/read-bill.js';
import { gridsOf, type PdfGrids } from './pdf-grid.js';
import { readPdfText } from './pdf-text.js';

/**
 * A bill of quantities in a PDF with a text layer. A place is a page and a line of its text; a line of the bill has its
 * position among those of the page as well.
 */
export async function readPdf(bytes: Uint8Array): Promise<ParsedTender> {
  const { title, pages } = await readPdfText(bytes);
  const { grids, lineAt } = gridsOf(pages);
  const tender = readBill({
    format: 'pdf',
    formatVersion: null,
    propertyTitle: title,
    grids,
    relocate: (lots) => onPages(lots, lineAt),
  });
  return {
    ...tender,
    layout: tender.layout.map((layout) => ({ ...layout, sheet: 'PDF', fingerprint: null })),
  };
}

function onPages(lots: readonly Lot[], lineAt: PdfGrids['lineAt']): (place: Place) => Place {
  const positions = positionsOf(lots, lineAt);
  return (place) => {
    if (!('sheet' in place)) return place;
    const line = lineAt(place.sheet, place.row ?? 1);
    const position = positions.get(keyOf(place));
    return position === undefined ? line : { ...line, position };
  };
}

function keyOf(place: Place): string {
  return 'sheet' in place ? `${place.row ?? ''}!${place.sheet}` : '';
}

/** Lines of the bill, counted anew on every page. */
function positionsOf(lots: readonly Lot[], lineAt: PdfGrids['lineAt']): ReadonlyMap<string, number> {
  const places = lots.flatMap(({ lines }) =>
    lines.flatMap(({ place }) => ('sheet' in place ? [{ sheet: place.sheet, row: place.row ?? 1 }] : [])),
  );
  const counts = new Map<number, number>();
  return new Map(
    places
      .toSorted((a, b) => a.row - b.row)
      .map((place) => {
        const { page } = lineAt(place.sheet, place.row);
        const position = (counts.get(page) ?? 0) + 1;
        counts.set(page, position);
        return [keyOf(place), position] as const;
      }),
  );
}
