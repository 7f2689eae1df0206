import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';

/** The kind of enterprise, when the contractor asks for some. */
export function kindCriterion({ package: asked }: MatchQuestion, { enterprise }: Candidate): Criterion {
  const actual = enterprise.kind;
  if (asked.kinds === null || asked.kinds.length === 0)
    return criterion('kind', 'pass', 'any', { required: '', actual });
  const required = asked.kinds.join(', ');
  return asked.kinds.includes(enterprise.kind)
    ? criterion('kind', 'pass', 'asked', { required, actual })
    : criterion('kind', 'fail', 'not-asked', { required, actual, changeableBy: 'contractor' });
}
