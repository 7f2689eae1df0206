import {
  clauseOptions,
  type ClauseFacts,
  type LegalBasisService,
  type LegalRules,
} from '../legal-basis/index.js';
import type { Tx } from '../platform/db/index.js';
import { tendersWithLawAfter } from '../tenders/index.js';

/** A stored decision that does not come out as it was stored. */
export interface DecisionDiffers {
  readonly tenderId: string;
  /** First place in which the two differ, as a JSON pointer into the answer. */
  readonly pointer: string;
  readonly stored: unknown;
  readonly recomputed: unknown;
}

export interface Recheck {
  readonly checked: number;
  readonly differ: readonly DecisionDiffers[];
}

const PAGE = 500;

/**
 * Asks the law again what it was asked when each clause was decided: the same facts, the law as it was known at that
 * instant. Every stored answer must come out the same, to the letter.
 */
export async function recheckDecisions(tx: Tx, legalBasis: LegalBasisService): Promise<Recheck> {
  const known = new Map<string, LegalRules>();
  const rulesAt = async (instant: string): Promise<LegalRules> => {
    const found = known.get(instant) ?? (await legalBasis.rulesAsOf(tx, { knownAt: new Date(instant) }));
    known.set(instant, found);
    return found;
  };
  const differ: DecisionDiffers[] = [];
  let checked = 0;
  let after: string | null = null;
  for (;;) {
    const page = await tendersWithLawAfter(tx, after, PAGE);
    for (const { id, buyer, clause } of page) {
      const rules = await rulesAt(clause!.lawKnownAt);
      const recomputed = JSON.parse(
        JSON.stringify(clauseOptions(rules, buyer!.facts as unknown as ClauseFacts)),
      ) as unknown;
      const difference = firstDifference(clause!.answer, recomputed, '');
      checked += 1;
      if (difference) differ.push({ tenderId: id, ...difference });
    }
    if (page.length < PAGE) return { checked, differ };
    after = page.at(-1)!.id;
  }
}

type Difference = Omit<DecisionDiffers, 'tenderId'>;

function firstDifference(stored: unknown, recomputed: unknown, pointer: string): Difference | null {
  if (stored === recomputed) return null;
  if (!isBag(stored) || !isBag(recomputed) || Array.isArray(stored) !== Array.isArray(recomputed))
    return { pointer, stored, recomputed };
  for (const key of [...new Set([...Object.keys(stored), ...Object.keys(recomputed)])].sort()) {
    const found = firstDifference(stored[key], recomputed[key], `${pointer}/${key}`);
    if (found) return found;
  }
  return null;
}

function isBag(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
