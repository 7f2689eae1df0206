import type { Enterprise } from '../../../registry/domain/index.js';
import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';

/** Whether there is an address that a mail can be sent to. */
export function isReachable({ contactEmail }: Pick<Enterprise, 'contactEmail'>): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contactEmail?.trim() ?? '');
}

/** An enterprise that nobody can write to cannot be told, and one that has stopped cannot do the work. */
export function contactCriterion(_question: MatchQuestion, { enterprise }: Candidate): Criterion {
  const required = 'e-mail';
  if (!enterprise.active || enterprise.delisted) {
    return criterion('contact', 'fail', 'not-active', { required, actual: '', changeableBy: 'nobody' });
  }
  // The address itself is the enterprise's; who reads the reasons only learns that there is one.
  return isReachable(enterprise)
    ? criterion('contact', 'pass', 'reachable', { required, actual: required })
    : criterion('contact', 'fail', 'no-address', { required, actual: '' });
}
