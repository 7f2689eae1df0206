import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';

/** An enterprise that nobody can write to cannot be told, and one that has stopped cannot do the work. */
export function contactCriterion(_question: MatchQuestion, { enterprise }: Candidate): Criterion {
  const required = 'e-mail';
  if (!enterprise.active || enterprise.delisted) {
    return criterion('contact', 'fail', 'not-active', { required, actual: '', changeableBy: 'nobody' });
  }
  const email = enterprise.contactEmail?.trim() ?? '';
  if (email === '') return criterion('contact', 'fail', 'no-address', { required, actual: '' });
  // The address itself is the enterprise's; who reads the reasons only learns that there is one.
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)
    ? criterion('contact', 'pass', 'reachable', { required, actual: required })
    : criterion('contact', 'fail', 'no-address', { required, actual: '' });
}
