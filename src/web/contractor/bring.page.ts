import type { DescriptionDraft } from '../../tenders/index.js';
import { contractorPaths } from './paths.js';

export interface BringPage {
  /** Largest file, in words. */
  readonly limit: string;
  /** Descriptions that were begun and became no document yet. */
  readonly descriptions: readonly { readonly href: string; readonly title: string; readonly keptAt: Date }[];
}

export function bringPage(open: readonly DescriptionDraft[], limit: string): BringPage {
  return {
    limit,
    descriptions: open.map(({ id, entries, keptAt }) => ({
      href: contractorPaths.description(id),
      title: entries['title']?.trim() ?? '',
      keptAt,
    })),
  };
}
