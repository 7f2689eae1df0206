import { plainText } from '../../kernel/index.js';
import { findingsOf, type Findings, type Finding } from '../../tagging/index.js';
import type { UndoableAct, PackageInShort, Tender } from '../../tenders/index.js';
import { lawPaths } from '../law/paths.js';
import { paged, type Pages } from '../shared/paging.js';
import { readSearch } from '../shared/search-words.js';
import { UNPLACED } from './lines.page.js';
import { teachAfter } from './package.page.js';
import { contractorPaths } from './paths.js';

const PACKAGES_PER_PAGE = 50;
/** Of so many packages it is asked without being told to; more would keep somebody waiting. */
const WHO_AT_ONCE = 10;

export interface PackageLine extends Findings {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly href: string;
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly hours: { readonly min: string; readonly max: string } | null;
  readonly confirmed: boolean;
  readonly offered: boolean;
  readonly version: number;
}

export interface TenderStep {
  /** Key below `tender.step.`. */
  readonly key: 'packages' | 'buyer' | 'clause' | 'publish';
  readonly href: string;
  readonly state: 'done' | 'next' | 'later';
}

export interface TenderPage {
  readonly id: string;
  readonly title: string;
  readonly status: Tender['status'];
  readonly place: string | null;
  readonly steps: readonly TenderStep[];
  readonly packages: readonly (PackageLine & { readonly suggested: boolean })[];
  /** What is to be made one with others: it stands first, and is ticked alone. */
  readonly merging: { readonly id: string; readonly title: string } | null;
  /** Where what the clause rests on can be read; null while it is not chosen. */
  readonly basisHref: string | null;
  /** Who could do each package of the page is asked for: at once for few, else when somebody wants it. */
  readonly asksWho: boolean;
  /** To ask who could do them; null where it is asked, or what is published says it. */
  readonly whoHref: string | null;
  readonly pages: Pages;
  readonly all: number;
  readonly toReview: number;
  readonly placeableCount: number;
  readonly offered: number;
  readonly isFiltered: boolean;
  readonly question: string;
  readonly allHref: string;
  readonly toReviewHref: string;
  readonly reviewHref: string;
  readonly packagesHref: string;
  /** Where the correction made just before can be made a rule. */
  readonly teachAfterHref: string | null;
  readonly historyHref: string;
  /** Lines in no package, and where they are. */
  readonly unplaced: number;
  readonly unplacedHref: string;
  /** The act that would be undone now. */
  readonly undoable: UndoableAct | null;
  readonly hasHistory: boolean;
  /** Which files enterprises may have. */
  readonly filesHref: string;
  /** Null for a tender that was taken back. */
  readonly correctionsHref: string | null;
  /** Packages of a published tender that could be offered, too; null when there are none. */
  readonly additions: { readonly count: number; readonly href: string } | null;
}

export interface TenderQuestion {
  /** Who could do the packages of the page. */
  readonly who?: unknown;
  readonly filter?: unknown;
  readonly page?: unknown;
  /** Words of a title or a reference. */
  readonly q?: unknown;
  /** Package that was corrected just before. */
  readonly corrected?: unknown;
  /** Package that somebody wants to make one with others. */
  readonly merge?: unknown;
}

/** What stands beside the packages of a tender. */
export interface Arrangement {
  readonly unplaced: number;
  readonly undoable: UndoableAct | null;
  readonly hasHistory: boolean;
  /** Packages that are not offered and could be. */
  readonly additions: readonly string[];
}

export function tenderPage(
  tender: Tender,
  packages: readonly PackageInShort[],
  tags: ReadonlyMap<string, readonly Finding[]>,
  question: TenderQuestion,
  { unplaced, undoable, hasHistory, additions }: Arrangement = {
    unplaced: 0,
    undoable: null,
    hasHistory: false,
    additions: [],
  },
): TenderPage {
  const lines = packages.map((item) => packageLine(item, tags.get(item.id) ?? []));
  const merging = (tender.status === 'draft' && lines.find(({ id }) => id === question.merge)) || null;
  const needReview = packagesToReview(lines);
  const href = contractorPaths.tender(tender.id);
  const isFiltered = question.filter === 'review';
  const search = readSearch(question.q);
  const kept = {
    ...(isFiltered ? { filter: 'review' } : {}),
    ...(search.question === '' ? {} : { q: search.question }),
    ...(question.who === '1' ? { who: '1' } : {}),
    ...(merging ? { merge: merging.id } : {}),
  };
  const { items, pages } = paged(
    // What is to be merged stands on each page: it goes with what is ticked there.
    (isFiltered ? needReview : lines).filter((line) => line !== merging && saysAll(line, search.words)),
    PACKAGES_PER_PAGE,
    question.page,
    (page) => `${href}?${new URLSearchParams({ ...kept, page: String(page) })}`,
  );
  const asksWho =
    tender.status === 'draft' && items.length > 0 && (items.length <= WHO_AT_ONCE || question.who === '1');
  return {
    id: tender.id,
    title: tender.title,
    status: tender.status,
    place: tender.place.municipality ?? tender.place.postalCode ?? tender.place.nuts,
    steps: tenderSteps(tender, lines),
    packages: [
      ...(merging ? [{ ...merging, suggested: true }] : []),
      ...items.map((item) => ({ ...item, suggested: !merging && isSuggested(item) })),
    ],
    merging: merging && { id: merging.id, title: merging.title },
    pages,
    basisHref: typeof tender.clause?.basis === 'string' ? lawPaths.basis(tender.clause.basis) : null,
    asksWho,
    whoHref:
      asksWho || tender.status !== 'draft'
        ? null
        : `${href}?${new URLSearchParams({ ...kept, page: String(pages.current), who: '1' })}`,
    all: lines.length,
    toReview: needReview.length,
    placeableCount: lines.filter((line) => line.placeable === 'yes' || line.placeable === 'part').length,
    offered: lines.filter((line) => line.offered).length,
    isFiltered: isFiltered || search.question !== '',
    question: search.question,
    allHref: href,
    toReviewHref: `${href}?filter=review`,
    reviewHref: contractorPaths.review(tender.id),
    packagesHref: contractorPaths.packages(tender.id),
    teachAfterHref: teachAfter(tender.id, question.corrected),
    historyHref: contractorPaths.history(tender.id),
    unplaced,
    unplacedHref: contractorPaths.lines(tender.id, UNPLACED),
    undoable,
    hasHistory,
    filesHref: contractorPaths.files(tender.id),
    correctionsHref: tender.status === 'withdrawn' ? null : contractorPaths.corrections(tender.id),
    additions:
      tender.status === 'published' && additions.length > 0
        ? { count: additions.length, href: contractorPaths.additions(tender.id) }
        : null,
  };
}

/** Packages the machine is not sure of and nobody has looked at. */
export function packagesToReview(lines: readonly PackageLine[]): readonly PackageLine[] {
  return lines.filter((line) => line.toReview && !line.confirmed);
}

/** Ticked beforehand: what the machine is sure can be placed, and nobody has decided on yet. */
function isSuggested(item: PackageLine): boolean {
  const canBePlaced = item.placeable === 'yes' || item.placeable === 'part';
  return canBePlaced && !item.toReview && !item.confirmed && item.trades.length > 0;
}

function saysAll({ title, ref }: PackageLine, words: readonly string[]): boolean {
  const text = plainText(`${title} ${ref}`);
  return words.every((word) => text.includes(word));
}

export function packageLine(item: Omit<PackageInShort, 'lotId'>, tags: readonly Finding[]): PackageLine {
  return {
    ...findingsOf(tags),
    id: item.id,
    ref: item.ref,
    title: item.title,
    href: contractorPaths.package(item.tenderId, item.id),
    value: item.value === null ? null : { amount: item.value, currency: item.currency ?? 'EUR' },
    hours:
      item.hoursMin === null || item.hoursMax === null ? null : { min: item.hoursMin, max: item.hoursMax },
    confirmed: item.confirmed,
    offered: item.offered,
    version: item.version,
  };
}

/** What is done on a draft and what comes next, in the order of the journey. */
export function tenderSteps(
  tender: Tender,
  packages: readonly { readonly offered: boolean }[],
): TenderStep[] {
  const done = {
    packages: packages.some((item) => item.offered),
    buyer: tender.buyer !== null,
    clause: typeof tender.clause?.instrument === 'string',
    publish: tender.status !== 'draft',
  };
  const hrefs = {
    packages: '#work-packages',
    buyer: contractorPaths.buyer(tender.id),
    clause: contractorPaths.clauses(tender.id),
    publish: contractorPaths.publish(tender.id),
  };
  const keys = ['packages', 'buyer', 'clause', 'publish'] as const;
  const next = keys.find((key) => !done[key]);
  return keys.map((key) => ({
    key,
    href: hrefs[key],
    state: done[key] ? 'done' : key === next ? 'next' : 'later',
  }));
}
