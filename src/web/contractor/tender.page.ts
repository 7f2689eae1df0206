import type { Tag } from '../../tagging/index.js';
import type { Tender, WorkPackage } from '../../tenders/index.js';
import { paged, type Pages } from '../shared/paging.js';
import { FIRST_QUESTION } from './buyer-questions.js';
import { findingsOf, type Findings } from './package-findings.js';
import { contractorPaths } from './paths.js';

const PACKAGES_PER_PAGE = 50;

export interface PackageLine extends Findings {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly href: string;
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly hours: { readonly min: string; readonly max: string } | null;
  readonly confirmed: boolean;
  readonly offered: boolean;
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
  readonly packages: readonly PackageLine[];
  readonly pages: Pages;
  readonly all: number;
  readonly toReview: number;
  readonly placeableCount: number;
  readonly offered: number;
  readonly isFiltered: boolean;
  readonly allHref: string;
  readonly toReviewHref: string;
}

export interface TenderQuestion {
  readonly filter?: unknown;
  readonly page?: unknown;
}

export function tenderPage(
  tender: Tender,
  packages: readonly WorkPackage[],
  tags: readonly Tag[],
  question: TenderQuestion,
): TenderPage {
  const byPackage = Map.groupBy(tags, (tag) => tag.packageId);
  const lines = packages.map((item) => packageLine(item, byPackage.get(item.id) ?? []));
  const needReview = lines.filter((line) => line.toReview && !line.confirmed);
  const href = contractorPaths.tender(tender.id);
  const isFiltered = question.filter === 'review';
  const { items, pages } = paged(
    isFiltered ? needReview : lines,
    PACKAGES_PER_PAGE,
    question.page,
    (page) => `${href}?${isFiltered ? 'filter=review&' : ''}page=${page}`,
  );
  return {
    id: tender.id,
    title: tender.title,
    status: tender.status,
    place: tender.place.municipality ?? tender.place.nuts,
    steps: tenderSteps(tender, lines),
    packages: items,
    pages,
    all: lines.length,
    toReview: needReview.length,
    placeableCount: lines.filter((line) => line.placeable === 'yes' || line.placeable === 'part').length,
    offered: lines.filter((line) => line.offered).length,
    isFiltered,
    allHref: href,
    toReviewHref: `${href}?filter=review`,
  };
}

export function packageLine(item: WorkPackage, tags: readonly Tag[]): PackageLine {
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
    buyer: contractorPaths.buyer(tender.id, FIRST_QUESTION),
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
