import { isLanguage, plainText, type Language } from '../../kernel/index.js';
import type { StoredBillLine, Tender, WorkPackage } from '../../tenders/index.js';
import { paged, type Pages } from '../shared/paging.js';
import { readSearch } from '../shared/search-words.js';
import { contractorPaths } from './paths.js';

const LINES_PER_PAGE = 100;

/** Lines in no package stand where a package's id would. */
export const UNPLACED = 'unplaced';

export interface LinesPage {
  readonly title: string | null;
  readonly href: string;
  readonly backHref: string;
  readonly tenderTitle: string;
  readonly isDraft: boolean;
  readonly isPlaced: boolean;
  readonly question: string;
  readonly lines: readonly StoredBillLine[];
  /** All lines the question finds, on every page. */
  readonly found: number;
  readonly all: number;
  readonly pages: Pages;
  /** Where lines can go: the other packages of the same lot. */
  readonly targets: readonly { readonly id: string; readonly title: string }[];
  readonly documentLanguage: Language | null;
}

/** @param item null for the lines that are in no package */
export function linesPage(
  tender: Tender,
  item: WorkPackage | null,
  packages: readonly WorkPackage[],
  lines: readonly StoredBillLine[],
  asked: { readonly q?: unknown; readonly page?: unknown },
): LinesPage {
  const href = contractorPaths.lines(tender.id, item?.id ?? UNPLACED);
  const { question } = readSearch(asked.q);
  const found = linesAsked(lines, question);
  const { items, pages } = paged(found, LINES_PER_PAGE, asked.page, (page) => {
    return `${href}?${new URLSearchParams({ ...(question === '' ? {} : { q: question }), page: String(page) })}`;
  });
  const lots = new Set(lines.map((line) => line.lotId));
  return {
    title: item?.title ?? null,
    href,
    backHref: item === null ? contractorPaths.tender(tender.id) : contractorPaths.package(tender.id, item.id),
    tenderTitle: tender.title,
    isDraft: tender.status === 'draft',
    isPlaced: item !== null,
    question,
    lines: items,
    found: found.length,
    all: lines.length,
    pages,
    targets: packages
      .filter((other) => other.id !== item?.id && lots.has(other.lotId))
      .map(({ id, title }) => ({ id, title })),
    documentLanguage: isLanguage(tender.language) ? tender.language : null,
  };
}

/** The lines that hold every word asked for, in number, words or titles above, whatever their accents and case. */
export function linesAsked(lines: readonly StoredBillLine[], question: string): readonly StoredBillLine[] {
  const { words } = readSearch(question);
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    const text = plainText([line.ref, line.label, line.zone, ...line.section].join(' '));
    return words.every((word) => text.includes(word));
  });
}
