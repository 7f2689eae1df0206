import type { Day } from '../../kernel/index.js';
import type { ClauseAnswer } from '../../legal-basis/index.js';
import type { Tender } from '../../tenders/index.js';
import { contractorPaths } from './paths.js';

export interface ClausesPage {
  readonly tenderTitle: string;
  readonly tenderHref: string;
  readonly href: string;
  readonly buyerHref: string;
  readonly isDraft: boolean;
  readonly buyer: string;
  readonly regime: string;
  readonly options: readonly {
    /** What the form sends: instrument and basis in one. */
    readonly value: string;
    readonly chosen: boolean;
    readonly label: string;
    readonly instrument: string;
    readonly basis: string;
    readonly groups: readonly string[];
    readonly confidence: string;
    readonly citation: { readonly fr: string; readonly nl: string } | null;
    readonly inspiredBy: string | null;
  }[];
  readonly duties: ClauseAnswer['duties'];
  readonly askPerson: readonly string[];
  readonly lawAsOf: Day;
}

const SEPARATOR = '/';

/** @param answer what the law says today, in the person's language */
export function clausesPage(tender: Tender, answer: ClauseAnswer): ClausesPage {
  return {
    tenderTitle: tender.title,
    tenderHref: contractorPaths.tender(tender.id),
    href: contractorPaths.clauses(tender.id),
    buyerHref: contractorPaths.buyer(tender.id),
    isDraft: tender.status === 'draft',
    buyer: answer.buyer,
    regime: answer.regime,
    options: answer.options.map((option) => ({
      value: `${option.instrument}${SEPARATOR}${option.basis}`,
      chosen: tender.clause?.instrument === option.instrument && tender.clause.basis === option.basis,
      label: option.label,
      instrument: option.instrument,
      basis: option.basis,
      groups: option.groups,
      confidence: option.confidence,
      citation: option.citation,
      inspiredBy: option.inspiredBy,
    })),
    duties: answer.duties,
    askPerson: answer.askPerson,
    lawAsOf: answer.lawAsOf,
  };
}

/** Reads back what the form sent; null when it is neither. */
export function readClauseChoice(text: unknown): { instrument: string; basis: string } | null {
  if (typeof text !== 'string') return null;
  const [instrument, basis, ...rest] = text.split(SEPARATOR);
  return instrument && basis && rest.length === 0 ? { instrument, basis } : null;
}
