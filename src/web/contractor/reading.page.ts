import { deadlineInstant, type ProblemInWords } from '../../kernel/index.js';
import type { Import, ParsedTender } from '../../tenders/index.js';
import { paged, type Pages } from '../shared/paging.js';
import { contractorPaths } from './paths.js';

const PROBLEMS_PER_PAGE = 25;

export interface ReadingPage {
  readonly state: Import['state'];
  readonly fileName: string;
  readonly receivedAt: Date;
  readonly href: string;
  /** The draft it became. */
  readonly tenderHref: string | null;
  /** Null while the file is being read, or when it was refused. */
  readonly understood: Understood | null;
  readonly counts: { readonly error: number; readonly warning: number; readonly info: number };
  readonly problemsRead: readonly ProblemInWords[];
  readonly pages: Pages;
}

export interface Understood {
  readonly format: ParsedTender['format'];
  readonly formatVersion: string | null;
  /** Two letters, only when it is one of our four. */
  readonly language: string | null;
  readonly title: string | null;
  readonly buyer: string | null;
  readonly place: string | null;
  readonly deadline: Date | null;
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly lots: readonly { readonly ref: string; readonly title: string | null; readonly lines: number }[];
  readonly lines: number;
}

export function readingPage(
  opened: Import,
  problems: readonly ProblemInWords[],
  asked: unknown,
): ReadingPage {
  const href = contractorPaths.reading(opened.id);
  const count = (severity: ProblemInWords['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const { items, pages } = paged(problems, PROBLEMS_PER_PAGE, asked, (page) => `${href}?page=${page}`);
  return {
    state: opened.state,
    fileName: opened.fileName,
    receivedAt: opened.receivedAt,
    href,
    tenderHref: opened.tenderId ? contractorPaths.tender(opened.tenderId) : null,
    understood: opened.parsed ? understood(opened.parsed) : null,
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
    problemsRead: items,
    pages,
  };
}

function understood(parsed: ParsedTender): Understood {
  const { tender, lots } = parsed;
  const { postalCode, municipality, nuts } = tender.place;
  const place = [postalCode, municipality].filter((part) => part !== null).join(' ');
  return {
    format: parsed.format,
    formatVersion: parsed.formatVersion,
    language: parsed.language,
    title: tender.title,
    buyer: tender.buyer?.name ?? null,
    place: place || nuts,
    deadline: tender.deadline === null ? null : deadlineInstant(tender.deadline),
    value: tender.value,
    lots: lots.map((lot) => ({ ref: lot.ref, title: lot.title, lines: lot.lines.length })),
    lines: lots.reduce((sum, lot) => sum + lot.lines.length, 0),
  };
}
