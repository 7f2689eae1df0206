import { addDecimals, type Decimal } from '../../kernel/index.js';
import { ROUTES, type Counted, type Route } from '../../obligations/domain/index.js';

/** What a performance rests on, the strongest first: every performance that a contractor declares is in one class. */
export const EVIDENCE = ['evidenced', 'confirmed', 'disputed', 'declared'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** What was declared as performed, by what it rests on. Hours for training, EUR without VAT for subcontracting. */
export interface EvidenceMix {
  /** Performances that were declared, and those of them that the enterprise named as doing them confirmed. */
  readonly performances: number;
  readonly confirmed: number;
  readonly byRoute: Readonly<Record<Route, Readonly<Record<Evidence, Decimal>>>>;
}

/**
 * Adds up performances that stand. `confirmed` counts every word of an enterprise, whether a document stands beside it or
 * not; in the quantities a document comes first, as in the balance of a debt.
 */
export function evidenceMix(ledgers: readonly { readonly entries: readonly Counted[] }[]): EvidenceMix {
  const classed = ledgers.flatMap(({ entries }) => performancesOf(entries));
  const total = (route: Route, evidence: Evidence): Decimal =>
    classed
      .filter((one) => one.performance.route === route && one.evidence === evidence)
      .map((one) => one.performance.quantity)
      .reduce(addDecimals, '0');
  const byRoute = ROUTES.map((route) => [
    route,
    Object.fromEntries(EVIDENCE.map((evidence) => [evidence, total(route, evidence)])),
  ]);
  return {
    performances: classed.length,
    confirmed: classed.filter(({ performance }) => performance.verdict === 'confirmed').length,
    byRoute: Object.fromEntries(byRoute) as EvidenceMix['byRoute'],
  };
}

function performancesOf(entries: readonly Counted[]): { performance: Counted; evidence: Evidence }[] {
  const standing = entries.filter(({ endedAt }) => endedAt === null);
  const attested = new Set(
    standing.filter(({ stage }) => stage === 'proven').map(({ parentId }) => parentId),
  );
  return standing
    .filter(({ stage }) => stage === 'performed')
    .map((performance) => ({
      performance,
      evidence: attested.has(performance.id) ? 'evidenced' : (performance.verdict ?? 'declared'),
    }));
}
