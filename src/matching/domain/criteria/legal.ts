import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';

/**
 * Whether the basis of the package's instrument lets this enterprise in, on the day the notice fixes. What the
 * law leaves to a person is unknown here. A kind that serves only private persons never passes.
 */
export function legalCriterion({ law }: MatchQuestion, candidate: Candidate): Criterion {
  const { enterprise } = candidate;
  const kind = law.kind(enterprise.kind);
  const required = law.basis;
  if (kind && !kind.b2bMarket) {
    return criterion('legal', 'fail', 'customer-limit', {
      required,
      actual: enterprise.kind,
      changeableBy: 'nobody',
    });
  }
  const { verdict, reasons } = law.eligibility(enterprise);
  const against = reasons.find(
    (reason) => reason.result === (verdict === 'not-eligible' ? 'fail' : 'unknown'),
  );
  const params = { kind: enterprise.kind, basis: required, reason: against?.key ?? '' };
  const actual = against?.actual || enterprise.kind;
  const say = { required: against?.required || required, actual, params };
  switch (verdict) {
    case 'eligible':
      return criterion('legal', 'pass', 'eligible', { required, actual: enterprise.kind, params });
    case 'person-decides':
      return criterion('legal', 'unknown', 'person-decides', { ...say, changeableBy: 'nobody' });
    case 'pending':
      return criterion('legal', 'unknown', 'pending', say);
    case 'not-eligible':
      return criterion('legal', 'fail', 'not-eligible', {
        ...say,
        changeableBy: against ? 'enterprise' : 'nobody',
      });
    case 'not-available':
      return criterion('legal', 'fail', 'instrument-not-available', { ...say, changeableBy: 'contractor' });
  }
}
