import type { Problem } from '../../kernel/index.js';
import { clauseOptions, type Ask, type Citation, type LegalRules } from '../../legal-basis/domain/index.js';
import type { DebtLaw, DebtTerms } from './obligation.js';

/** What the law says of a debt: where it comes from, and what a person must look at. */
export interface LawOfDebt extends DebtLaw {
  readonly citation: Citation;
  readonly asks: readonly Ask[];
}

/**
 * The regime and the basis under which a contractor inherits the clause of its main contract: those of the day of the
 * main notice, whatever the day of the subcontract.
 * @returns problems when the law of that day knows no clause that could be inherited; never a guess
 * @source dossier sections 0 (rules 3 and 4) and 2.3
 */
export function debtUnderLaw(
  rules: LegalRules,
  terms: Pick<DebtTerms, 'noticeDate' | 'region' | 'clause'>,
): LawOfDebt | Problem[] {
  const answer = clauseOptions(rules, {
    buyer: 'pep',
    date: terms.noticeDate,
    region: terms.region,
    mainClause: terms.clause,
  });
  if (Array.isArray(answer)) return answer;
  const inherited = answer.duties.find((duty) => duty.kind === 'inherited');
  if (!inherited) {
    return [
      {
        code: 'obligation.no-basis',
        severity: 'error',
        place: { pointer: '/noticeDate' },
        found: terms.noticeDate,
        expected: null,
      },
    ];
  }
  return {
    regime: answer.regime,
    basis: inherited.basis,
    lawVersions: answer.versions,
    confidence: answer.confidence,
    citation: inherited.citation,
    asks: answer.asks,
  };
}
