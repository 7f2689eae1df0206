import type { Import, TenderSummary } from '../../tenders/index.js';
import { contractorPaths } from './paths.js';

export interface TendersPage {
  readonly readings: readonly {
    readonly fileName: string;
    readonly state: Import['state'];
    readonly receivedAt: Date;
    readonly href: string;
  }[];
  readonly tenders: readonly (TenderSummary & { readonly href: string })[];
  /** Address of the next page of older tenders, or null. */
  readonly olderHref: string | null;
}

/** @param limit how many tenders were asked for: a full page has older ones behind it */
export function tendersPage(
  readings: readonly Import[],
  tenders: readonly TenderSummary[],
  limit: number,
): TendersPage {
  const last = tenders.at(-1);
  return {
    readings: readings.map(({ id, fileName, state, receivedAt }) => ({
      fileName,
      state,
      receivedAt,
      href: contractorPaths.reading(id),
    })),
    tenders: tenders.map((tender) => ({ ...tender, href: hrefOf(tender) })),
    olderHref: last && tenders.length === limit ? `${contractorPaths.tenders()}?before=${last.id}` : null,
  };
}

/** A draft is worked on; once published, the answers are what matters. */
function hrefOf({ id, status }: TenderSummary): string {
  return status === 'draft' ? contractorPaths.tender(id) : contractorPaths.board(id);
}
