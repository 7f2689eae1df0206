import { VERDICTS, type Performance, type Verdict } from '../../obligations/index.js';
import { enterprisePaths } from './paths.js';

export interface PerformancesPage {
  readonly rows: readonly (Performance & { readonly href: string })[];
  /** How many wait for a word. */
  readonly waiting: number;
}

export interface PerformancePage extends Performance {
  readonly href: string;
  readonly listHref: string;
  readonly verdicts: readonly Verdict[];
}

export function performancesPage(found: readonly Performance[]): PerformancesPage {
  return {
    rows: found.map((one) => ({ ...one, href: enterprisePaths.performance(one.id) })),
    waiting: found.filter(({ verdict }) => verdict === null).length,
  };
}

export function performancePage(found: Performance): PerformancePage {
  return {
    ...found,
    href: enterprisePaths.performance(found.id),
    listHref: enterprisePaths.performances(),
    verdicts: VERDICTS,
  };
}
