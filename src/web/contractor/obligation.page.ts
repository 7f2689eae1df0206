import type { LawOfDebt } from '../../obligations/index.js';
import {
  balanceOf,
  stateOf,
  type AttemptLog,
  type Debt,
  type DebtState,
  type LedgerEntry,
  type ObligationShown,
  type Stage,
} from '../../obligations/index.js';
import { routeShown, type RouteShown } from './obligations.page.js';
import { contractorPaths } from './paths.js';

/** A line of the ledger, indented by what it leans on. */
export interface EntryLine extends LedgerEntry {
  readonly depth: number;
  readonly endHref: string;
  /** The next thing that can be entered on it. */
  readonly next: { readonly stage: Stage; readonly href: string } | null;
}

export interface ObligationPage {
  readonly mainContract: string;
  readonly debt: Debt;
  readonly formerDebts: readonly Debt[];
  /** Null when the law of then is not in the register any more, which never is the case. */
  readonly law: LawOfDebt | null;
  /** Why a person must look at the law of it, in words. */
  readonly asks: readonly string[];
  readonly state: DebtState;
  readonly routes: readonly RouteShown[];
  readonly lines: readonly EntryLine[];
  readonly waivers: readonly EntryLine[];
  readonly ended: readonly LedgerEntry[];
  readonly tried: number;
  readonly backHref: string;
  readonly debtHref: string;
  readonly planHref: string;
  readonly waiveHref: string;
  readonly attemptsHref: string;
}

const NEXT: Partial<Record<Stage, Stage>> = {
  planned: 'committed',
  committed: 'performed',
  performed: 'proven',
};

export function obligationPage(
  { obligation, debt, formerDebts, entries }: ObligationShown,
  law: LawOfDebt | null,
  asks: readonly string[],
  log: AttemptLog,
): ObligationPage {
  const { id } = obligation;
  const balances = balanceOf(debt, entries);
  const standing = entries.filter((entry) => entry.endedAt === null);
  return {
    mainContract: obligation.mainContract,
    debt,
    formerDebts,
    law,
    asks,
    state: stateOf(balances),
    routes: balances.map(routeShown),
    lines: linesUnder(id, null, 0, standing),
    waivers: standing
      .filter((entry) => entry.stage === 'waived')
      .map((entry) => entryLine(id, entry, 0, standing)),
    ended: entries.filter((entry) => entry.endedAt !== null),
    tried: log.offers.length + log.attempts.filter((line) => !line.isCorrected).length,
    backHref: contractorPaths.obligations(),
    debtHref: contractorPaths.debt(id),
    planHref: contractorPaths.entry(id, 'planned'),
    waiveHref: contractorPaths.entry(id, 'waived'),
    attemptsHref: contractorPaths.attempts(id),
  };
}

/** Each plan, then its commitments, then what was performed and proven under each. */
function linesUnder(
  id: string,
  parentId: string | null,
  depth: number,
  entries: readonly LedgerEntry[],
): EntryLine[] {
  return entries
    .filter((entry) => entry.parentId === parentId && entry.stage !== 'waived')
    .flatMap((entry) => [
      entryLine(id, entry, depth, entries),
      ...linesUnder(id, entry.id, depth + 1, entries),
    ]);
}

function entryLine(
  id: string,
  entry: LedgerEntry,
  depth: number,
  entries: readonly LedgerEntry[],
): EntryLine {
  const stage = NEXT[entry.stage];
  const isProven = entries.some((one) => one.stage === 'proven' && one.parentId === entry.id);
  const href = stage === undefined ? '' : `${contractorPaths.entry(id, stage)}?on=${entry.id}`;
  return {
    ...entry,
    depth,
    endHref: contractorPaths.endEntry(id, entry.id),
    next: stage === undefined || isProven ? null : { stage, href },
  };
}
