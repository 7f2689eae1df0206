import { isLanguage, plainText, type Language } from '../../kernel/index.js';
import type {
  LineFigures,
  LinesFound,
  PackageInShort,
  StoredBillLine,
  Tender,
  WorkPackage,
} from '../../tenders/index.js';
import { pagesOf, type Pages } from '../shared/paging.js';
import { readSearch } from '../shared/search-words.js';
import { contractorPaths } from './paths.js';

export const LINES_PER_PAGE = 100;

/** In a list of more packages than these nobody finds one: it is looked for by its title. */
export const TARGETS_LISTED = 50;

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
  readonly lines: readonly (StoredBillLine & {
    readonly isCorrected: boolean;
    /** What the document says, where a person corrected it. */
    readonly quantityRead: string | null;
  })[];
  /** All lines the question finds, on every page. */
  readonly found: number;
  readonly all: number;
  readonly pages: Pages;
  /** Where lines can go: the other packages of the same lot; where they are too many, the first of those looked for. */
  readonly targets: readonly { readonly id: string; readonly title: string }[];
  /** Null where all are listed. */
  readonly targetSearch: {
    readonly question: string;
    readonly all: number;
    /** Null while nothing was looked for. */
    readonly found: number | null;
  } | null;
  readonly documentLanguage: Language | null;
}

/** @param item null for the lines that are in no package */
export function linesPage(
  tender: Tender,
  item: WorkPackage | null,
  packages: readonly PackageInShort[],
  { items, found, all, lotIds }: LinesFound,
  asked: { readonly q?: unknown; readonly page?: unknown; readonly target?: unknown },
  read: ReadonlyMap<string, LineFigures> = new Map(),
): LinesPage {
  const href = contractorPaths.lines(tender.id, item?.id ?? UNPLACED);
  const { question } = readSearch(asked.q);
  const pages = pagesOf(found, LINES_PER_PAGE, asked.page, (page) => {
    return `${href}?${new URLSearchParams({ ...(question === '' ? {} : { q: question }), page: String(page) })}`;
  });
  const targets = packages.filter((other) => other.id !== item?.id && lotIds.includes(other.lotId));
  return {
    title: item?.title ?? null,
    href,
    backHref: item === null ? contractorPaths.tender(tender.id) : contractorPaths.package(tender.id, item.id),
    tenderTitle: tender.title,
    isDraft: tender.status === 'draft',
    isPlaced: item !== null,
    question,
    lines: items.map((line) => ({
      ...line,
      isCorrected: read.has(line.id),
      quantityRead: read.get(line.id)?.quantity ?? null,
    })),
    found,
    all,
    pages,
    ...targetsShown(targets, asked.target),
    documentLanguage: isLanguage(tender.language) ? tender.language : null,
  };
}

function targetsShown(
  all: readonly PackageInShort[],
  asked: unknown,
): Pick<LinesPage, 'targets' | 'targetSearch'> {
  const named = (some: readonly PackageInShort[]): LinesPage['targets'] =>
    some.slice(0, TARGETS_LISTED).map(({ id, title }) => ({ id, title }));
  if (all.length <= TARGETS_LISTED) return { targets: named(all), targetSearch: null };
  const { question, words } = readSearch(asked);
  if (words.length === 0) return { targets: [], targetSearch: { question, all: all.length, found: null } };
  const found = all.filter(({ title, ref }) => {
    const text = plainText(`${title} ${ref}`);
    return words.every((word) => text.includes(word));
  });
  return { targets: named(found), targetSearch: { question, all: all.length, found: found.length } };
}
