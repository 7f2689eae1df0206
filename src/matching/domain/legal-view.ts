import {
  clauseOptions,
  eligibility,
  inForce,
  kindOn,
  type EligibilityAnswer,
  type LegalRules,
} from '../../legal-basis/domain/index.js';
import type { LegalView } from './law-of-package.js';

/** The law as entered, as matching asks it. Facts that the law refuses open nothing and let nobody in silently. */
export function legalView(rules: LegalRules): LegalView {
  return {
    lawAsOf: rules.lawAsOf,
    stamp: rules.stamp,
    kinds: [...rules.kinds.keys()],
    clauseOptions(facts) {
      const answer = clauseOptions(rules, facts);
      return 'options' in answer ? answer : { options: [] };
    },
    eligibility(question, on) {
      const answer = eligibility(rules, question, on);
      return 'verdict' in answer ? answer : unanswerable(answer[0]?.code ?? '', rules);
    },
    kind(kind, on) {
      const found = kindOn(rules, kind, on);
      return found ? { approved: found.rule.approved, b2bMarket: found.rule.b2bMarket } : null;
    },
    classCeiling(approvalClass, on) {
      return inForce(rules.classes.get(`CLASS-${approvalClass}`), on)?.max;
    },
  };
}

/** What the register holds makes no sense to the law: a person looks. */
function unanswerable(code: string, rules: LegalRules): EligibilityAnswer {
  return {
    verdict: 'person-decides',
    group: null,
    reasons: [{ key: 'facts', result: 'unknown', required: '', actual: code, source: '' }],
    kind: '',
    kindStatus: 'in-force',
    suggestion: null,
    confidence: 'uncertain',
    lawAsOf: rules.lawAsOf,
    versions: [],
  };
}
