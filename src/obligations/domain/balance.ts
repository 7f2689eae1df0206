import {
  addDecimals,
  compareDecimals,
  multiplyDecimals,
  subtractDecimals,
  type Decimal,
} from '../../kernel/index.js';
import { routesOf, type Debt, type LedgerEntry, type Route, type Stage } from './obligation.js';

/** What a balance reads of a debt and of an entry. */
export type Due = Pick<Debt, 'clause' | 'hours' | 'amount'>;
export type Counted = Pick<
  LedgerEntry,
  'id' | 'stage' | 'route' | 'quantity' | 'parentId' | 'endedAt' | 'verdict'
>;

/** One route of one debt: hours for training, EUR without VAT for subcontracting. Nothing in it is ever negative. */
export interface RouteBalance {
  readonly route: Route;
  /** Null where the main contract fixes no effort by this route. */
  readonly due: Decimal | null;
  /**
   * Totals of standing entries, each stage by itself. What was performed is proven by an entry of its own, or by the
   * word of the enterprise that did it.
   */
  readonly totals: Readonly<Record<Stage, Decimal>>;
  /** Due less what was waived. */
  readonly owed: Decimal;
  /** Still to be performed, and still to be proven. */
  readonly remaining: Decimal;
  readonly toProve: Decimal;
  /** Performed beyond what is owed: shown, and of use to no other debt. */
  readonly over: Decimal;
  /** Where each part of it stands now, no part twice: what was planned and committed since is not planned any more. */
  readonly now: Readonly<Record<'planned' | 'committed' | 'performed' | 'proven', Decimal>>;
  /** Owed, and not even planned. */
  readonly open: Decimal;
  /** Performed, says the contractor, and the enterprise says otherwise; no document stands for it. */
  readonly disputed: Decimal;
}

const ZERO = '0';

/**
 * Where a debt stands, by route. Routes that the clause does not open are given too when something was entered on them:
 * nothing is due there.
 * @param entries of this obligation alone; those that ended do not count
 */
export function balanceOf(debt: Due, entries: readonly Counted[]): RouteBalance[] {
  const standing = entries.filter((entry) => entry.endedAt === null);
  const routes = new Set([...routesOf(debt.clause), ...standing.map((entry) => entry.route)]);
  return [...routes].sort().map((route) =>
    balanceOfRoute(
      route,
      dueBy(debt, route),
      standing.filter((entry) => entry.route === route),
    ),
  );
}

function dueBy(debt: Due, route: Route): Decimal | null {
  return route === 'training' ? debt.hours : debt.amount;
}

function balanceOfRoute(route: Route, due: Decimal | null, entries: readonly Counted[]): RouteBalance {
  const totalOf = (stage: Stage): Decimal => sum(entries.filter((entry) => entry.stage === stage));
  const attested = new Set(entries.filter(({ stage }) => stage === 'proven').map(({ parentId }) => parentId));
  const unattested = entries.filter(({ id, stage }) => stage === 'performed' && !attested.has(id));
  const said = (verdict: Counted['verdict']): Decimal =>
    sum(unattested.filter((entry) => entry.verdict === verdict));
  const totals = {
    planned: totalOf('planned'),
    committed: totalOf('committed'),
    performed: totalOf('performed'),
    proven: addDecimals(totalOf('proven'), said('confirmed')),
    waived: totalOf('waived'),
  };
  const owed = atLeastZero(subtractDecimals(due ?? ZERO, totals.waived));
  const children = Map.groupBy(entries, (entry) => entry.parentId);
  const beneath = (entry: Counted): Decimal => sum(children.get(entry.id) ?? []);
  const committed = unmet(entries, 'committed', beneath);
  const planned = unmet(entries, 'planned', (plan) =>
    add((children.get(plan.id) ?? []).map((commitment) => larger(commitment.quantity, beneath(commitment)))),
  );
  const now = {
    planned,
    committed,
    performed: subtractDecimals(totals.performed, totals.proven),
    proven: totals.proven,
  };
  return {
    route,
    due,
    totals,
    owed,
    remaining: atLeastZero(subtractDecimals(owed, totals.performed)),
    toProve: atLeastZero(subtractDecimals(owed, totals.proven)),
    over: atLeastZero(subtractDecimals(totals.performed, owed)),
    now,
    open: atLeastZero(subtractDecimals(owed, add(Object.values(now)))),
    disputed: said('disputed'),
  };
}

/** What of each entry of a stage has not gone on to the next one. */
function unmet(entries: readonly Counted[], stage: Stage, gone: (entry: Counted) => Decimal): Decimal {
  return add(
    entries
      .filter((entry) => entry.stage === stage)
      .map((entry) => atLeastZero(subtractDecimals(entry.quantity, gone(entry)))),
  );
}

function sum(entries: readonly Counted[]): Decimal {
  return add(entries.map((entry) => entry.quantity));
}

function add(values: readonly Decimal[]): Decimal {
  return values.reduce(addDecimals, ZERO);
}

function larger(left: Decimal, right: Decimal): Decimal {
  return compareDecimals(left, right) >= 0 ? left : right;
}

function atLeastZero(value: Decimal): Decimal {
  return compareDecimals(value, ZERO) > 0 ? value : ZERO;
}

/**
 * `open`: something is still to be done. `performed`: done, not all proven. `proven`: nothing is left to prove.
 * `disputed`: done only if the contractor is right where the enterprise says otherwise.
 * `person-decides`: a flexible clause was honoured partly by each route; how the parts add up is written in the
 * specification, not in a rule we know.
 */
export type DebtState = 'open' | 'performed' | 'disputed' | 'proven' | 'person-decides';

/** A part between 0 and 1 of what is owed; 1 when nothing is. */
export function shareDone(balance: RouteBalance, done: Decimal): number {
  if (compareDecimals(balance.owed, ZERO) === 0) return 1;
  return Math.min(1, Number(done) / Number(balance.owed));
}

/**
 * Whether a debt is honoured. Under a flexible clause the contractor chooses: one of the efforts, or a mix of both.
 * @source dossier sections 2.3 and 3.1, [S34]
 */
export function stateOf(balances: readonly RouteBalance[]): DebtState {
  const due = balances.filter((balance) => balance.due !== null);
  const isNothing = (value: Decimal): boolean => compareDecimals(value, ZERO) === 0;
  if (due.some((balance) => isNothing(balance.toProve))) return 'proven';
  const done = due.filter((balance) => isNothing(balance.remaining));
  if (done.some((balance) => !restsOnDispute(balance))) return 'performed';
  if (done.length > 0) return 'disputed';
  return isMixOfAll(due) ? 'person-decides' : 'open';
}

/** True when without what is disputed something is left to do. */
function restsOnDispute({ owed, totals, disputed }: RouteBalance): boolean {
  return compareDecimals(subtractDecimals(totals.performed, disputed), owed) < 0;
}

/** True when a part of each of two efforts was done, and the parts add up to one: a/A + b/B >= 1, kept exact. */
function isMixOfAll([first, second]: readonly RouteBalance[]): boolean {
  if (!first || !second) return false;
  const [a, b] = [first.totals.performed, second.totals.performed];
  if (compareDecimals(a, ZERO) === 0 || compareDecimals(b, ZERO) === 0) return false;
  const parts = addDecimals(multiplyDecimals(a, second.owed), multiplyDecimals(b, first.owed));
  return compareDecimals(parts, multiplyDecimals(first.owed, second.owed)) >= 0;
}
