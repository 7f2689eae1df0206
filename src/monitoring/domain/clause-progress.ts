import { addDecimals, compareDecimals, type Decimal } from '../../kernel/index.js';
import { balanceOf, stateOf, type Counted, type Due, type Route } from '../../obligations/domain/index.js';

/** What is owed by one route, and what of it was done: never more than is owed, debt by debt. */
export interface EffortDone {
  readonly owed: Decimal;
  readonly performed: Decimal;
  readonly proven: Decimal;
}

/** Where the debts of main contracts stand. */
export interface ClauseProgress {
  readonly debts: number;
  /** Of which nothing is left to prove. */
  readonly honoured: number;
  /** Honoured partly by each route: a person says whether that is enough. */
  readonly toDecide: number;
  /** Hours. */
  readonly training: EffortDone;
  /** Hours that are to be done after all: a flexible clause that was honoured by subcontracting asks for none beyond those done. */
  readonly hoursDue: Decimal;
  /** EUR without VAT. */
  readonly subcontracting: EffortDone;
}

/**
 * Adds debts up. A flexible clause asks for one of two efforts; both stand under what is owed, so the efforts have no share
 * of their own: only the number of debts honoured has one.
 */
export function clauseProgress(
  ledgers: readonly { readonly debt: Due; readonly entries: readonly Counted[] }[],
): ClauseProgress {
  const balances = ledgers.map(({ debt, entries }) => balanceOf(debt, entries));
  const states = balances.map(stateOf);
  const hoursDue = balances.flatMap((balance, at) =>
    balance
      .filter(({ route, due }) => route === 'training' && due !== null)
      .map(({ owed, totals }) => (states[at] === 'proven' ? smaller(owed, totals.performed) : owed)),
  );
  const effort = (route: Route): EffortDone => {
    const due = balances.flat().filter((balance) => balance.route === route && balance.due !== null);
    const total = (value: (balance: (typeof due)[number]) => Decimal): Decimal =>
      due.map(value).reduce(addDecimals, '0');
    return {
      owed: total(({ owed }) => owed),
      performed: total(({ owed, totals }) => smaller(owed, totals.performed)),
      proven: total(({ owed, totals }) => smaller(owed, totals.proven)),
    };
  };
  return {
    debts: ledgers.length,
    honoured: states.filter((state) => state === 'proven').length,
    toDecide: states.filter((state) => state === 'person-decides').length,
    training: effort('training'),
    hoursDue: hoursDue.reduce(addDecimals, '0'),
    subcontracting: effort('subcontracting'),
  };
}

function smaller(left: Decimal, right: Decimal): Decimal {
  return compareDecimals(left, right) <= 0 ? left : right;
}
