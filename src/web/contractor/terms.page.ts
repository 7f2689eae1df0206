import type { PackageTerms, Tender, TermName, TermsKnown, WorkPackage } from '../../tenders/index.js';
import { contractorPaths } from './paths.js';

export interface TermsPage {
  readonly title: string;
  readonly packageHref: string;
  readonly href: string;
  readonly version: number;
  readonly terms: PackageTerms;
  /** Only what the law needs to know of this package. */
  readonly asked: readonly TermName[];
  readonly known: TermsKnown;
}

export function termsPage(
  tender: Pick<Tender, 'id'>,
  item: WorkPackage,
  asked: readonly TermName[],
  known: TermsKnown,
): TermsPage {
  return {
    title: item.title,
    packageHref: contractorPaths.package(tender.id, item.id),
    href: contractorPaths.terms(tender.id, item.id),
    version: item.version,
    terms: item.terms,
    asked,
    known,
  };
}
