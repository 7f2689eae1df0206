import type { Day } from '../../kernel/index.js';
import {
  LEANS_ON,
  routesOf,
  type Acceptable,
  type FreePackage,
  type LedgerEntry,
  type ObligationShown,
  type Route,
  type Stage,
} from '../../obligations/index.js';
import { contractorPaths } from './paths.js';

/** The form of one stage: what it can lean on, and who or what can be chosen. */
export interface EntryPage {
  readonly mainContract: string;
  readonly stage: Stage;
  readonly href: string;
  readonly backHref: string;
  readonly today: Day;
  /** Routes to choose among; empty when there is no choice. */
  readonly routes: readonly Route[];
  /** The only route there is, or that of what was chosen beforehand; null while it is open. */
  readonly route: Route | null;
  readonly parents: readonly LedgerEntry[];
  /** Chosen on the page before. */
  readonly parentId: string | null;
  readonly quantity: string | null;
  readonly packages: readonly FreePackage[];
  readonly answers: readonly (Acceptable & { readonly packageTitle: string })[];
  /** Whether the other side is written by hand. */
  readonly asksParty: boolean;
}

export function entryPage(
  { obligation, debt, entries }: ObligationShown,
  stage: Stage,
  chosen: string | null,
  world: {
    readonly today: Day;
    readonly packages: readonly FreePackage[];
    readonly answers: readonly Acceptable[];
  },
): EntryPage {
  const standing = entries.filter((entry) => entry.endedAt === null);
  const parents = standing.filter((entry) => entry.stage === LEANS_ON[stage] && canCarry(entry, standing));
  const parent = parents.find((entry) => entry.id === chosen) ?? null;
  const open = LEANS_ON[stage] === null ? routesOf(debt.clause) : [];
  const titles = new Map(standing.map((entry) => [entry.packageId, entry.packageTitle ?? '']));
  const isOutside = parent ? parent.packageId === null : parents.some((entry) => entry.packageId === null);
  return {
    mainContract: obligation.mainContract,
    stage,
    href: contractorPaths.entry(obligation.id, stage),
    backHref: contractorPaths.obligation(obligation.id),
    today: world.today,
    routes: open.length > 1 ? open : [],
    route: parent?.route ?? (open.length === 1 ? open[0]! : null),
    parents,
    parentId: parent?.id ?? null,
    quantity: stage === 'committed' || stage === 'performed' ? (parent?.quantity ?? null) : null,
    packages: world.packages,
    answers: world.answers
      .filter((answer) => !parent || answer.packageId === parent.packageId)
      .map((answer) => ({ ...answer, packageTitle: titles.get(answer.packageId) ?? '' })),
    asksParty: stage === 'proven' || stage === 'waived' || (stage === 'committed' && isOutside),
  };
}

/** What was performed is proven once; plans and commitments carry several. */
function canCarry(entry: LedgerEntry, entries: readonly LedgerEntry[]): boolean {
  return (
    entry.stage !== 'performed' || !entries.some((one) => one.stage === 'proven' && one.parentId === entry.id)
  );
}
