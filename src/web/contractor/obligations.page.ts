import {
  balanceOf,
  shareDone,
  stateOf,
  type Debt,
  type DebtState,
  type ObligationShown,
  type RouteBalance,
} from '../../obligations/index.js';
import type { Tender } from '../../tenders/index.js';
import { shareInForm } from './obligation-form.js';
import type { WaitingTender } from './waiting-tenders.query.js';
import { contractorPaths } from './paths.js';

/** One route of a debt, with its parts between 0 and 1 for the drawing. */
export interface RouteShown extends RouteBalance {
  readonly performedShare: number;
  readonly provenShare: number;
  /** Segments of the bar, from left to right, as start and width in per cent. */
  readonly segments: readonly { readonly stage: string; readonly start: number; readonly width: number }[];
}

export interface ObligationsPage {
  readonly rows: readonly {
    readonly mainContract: string;
    readonly href: string;
    readonly clause: string;
    readonly state: DebtState;
    readonly routes: readonly RouteShown[];
  }[];
  readonly waiting: readonly { readonly title: string; readonly href: string }[];
  readonly newHref: string;
}

export function obligationsPage(
  shown: readonly ObligationShown[],
  waiting: readonly WaitingTender[],
): ObligationsPage {
  return {
    rows: shown.map(({ obligation, debt, entries }) => {
      const balances = balanceOf(debt, entries);
      return {
        mainContract: obligation.mainContract,
        href: contractorPaths.obligation(obligation.id),
        clause: debt.clause,
        state: stateOf(balances),
        routes: balances.map(routeShown),
      };
    }),
    waiting: waiting.map(({ id, title }) => ({ title, href: newObligationHref(id) })),
    newHref: contractorPaths.newObligation(),
  };
}

export function newObligationHref(tenderId: string): string {
  return `${contractorPaths.newObligation()}?tender=${tenderId}`;
}

const IN_BAR = ['proven', 'performed', 'committed', 'planned'] as const;

export function routeShown(balance: RouteBalance): RouteShown {
  let start = 0;
  const segments = IN_BAR.map((stage) => {
    const width = Math.min(100 - start, shareDone(balance, balance.now[stage]) * 100);
    const segment = { stage, start, width: balance.now[stage] === '0' ? 0 : width };
    start += segment.width;
    return segment;
  });
  return {
    ...balance,
    performedShare: shareDone(balance, balance.totals.performed),
    provenShare: shareDone(balance, balance.totals.proven),
    segments: segments.filter(({ width }) => width > 0),
  };
}

export interface DebtForm {
  readonly href: string;
  readonly backHref: string;
  readonly isCorrection: boolean;
  readonly tenderId: string | null;
  readonly values: Readonly<Record<string, string | null>>;
}

/** The form for a new debt; what the tender says of its main contract is filled in. */
export function newDebtForm(tender: Tender | null): DebtForm {
  const facts = tender?.buyer?.facts ?? {};
  const fact = (name: string): string | null => {
    const value = facts[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    href: contractorPaths.newObligation(),
    backHref: contractorPaths.obligations(),
    isCorrection: false,
    tenderId: tender?.id ?? null,
    values: {
      mainContract: fact('mainContract'),
      noticeDate: fact('date'),
      clause: fact('mainClause'),
      region: fact('region'),
      source: 'specification',
    },
  };
}

export function correctDebtForm(id: string, debt: Debt): DebtForm {
  const { noticeDate, region, clause, hours, share, offer, source, document, clauseNumber } = debt;
  return {
    href: contractorPaths.debt(id),
    backHref: contractorPaths.obligation(id),
    isCorrection: true,
    tenderId: null,
    values: {
      noticeDate,
      region,
      clause,
      hours,
      sharePercent: share === null ? null : shareInForm(share),
      offer,
      source,
      document,
      clauseNumber,
    },
  };
}
