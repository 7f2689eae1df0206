import { addDays, daysBetween, type Day } from '../../../kernel/index.js';
import type { Approval } from '../../../registry/domain/index.js';
import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';

/** The last day that a chain of approvals without a gap reaches, starting on `from`; null is open-ended, undefined where none is in force. */
function coveredUntil(approvals: readonly Approval[], from: Day): Day | null | undefined {
  const inForce = approvals.filter(
    ({ validFrom, validUntil }) =>
      (validFrom === null || validFrom <= from) && (validUntil === null || validUntil >= from),
  );
  if (inForce.length === 0) return undefined;
  if (inForce.some(({ validUntil }) => validUntil === null)) return null;
  const last = inForce
    .map(({ validUntil }) => validUntil!)
    .sort()
    .at(-1)!;
  const after = addDays(last, 1);
  // The calendar ends.
  const next = after > last ? coveredUntil(approvals, after) : undefined;
  return next === undefined ? last : next;
}

/**
 * The approval of the enterprise's own kind, in force today and when the works start. One that ends during the
 * works is unknown, since a renewal may follow, and so is one that ends some day when it is not stated when the works
 * do; a pending one is unknown; an expired one fails.
 */
export function approvalCriterion(
  { package: asked, law, on, weights: { method } }: MatchQuestion,
  { enterprise }: Candidate,
): Criterion {
  const own = enterprise.approvals.filter(
    ({ kind, state }) => kind === enterprise.kind && state !== 'withdrawn',
  );
  const kind = law.kind(enterprise.kind);
  const works = `${asked.start ?? on}..${asked.end ?? ''}`;
  const required = `${enterprise.kind} ${works}`;
  if (kind && !kind.approved)
    return criterion('approval', 'pass', 'none-needed', { required: '', actual: enterprise.kind });
  const verified = own.filter(({ state }) => state === 'verified');
  const actual = own.map(({ validFrom, validUntil }) => `${validFrom ?? ''}..${validUntil ?? ''}`).join(', ');
  const say = { required, actual };
  if (own.length === 0) return criterion('approval', 'unknown', 'none-on-file', say);
  if (verified.length === 0) return criterion('approval', 'unknown', 'pending', say);
  const start = asked.start !== null && asked.start > on ? asked.start : on;
  const last = coveredUntil(verified, start);
  if (coveredUntil(verified, on) === undefined || last === undefined) {
    const isRenewing = coveredUntil(own, on) !== undefined && coveredUntil(own, start) !== undefined;
    if (method > 1 && isRenewing) return criterion('approval', 'unknown', 'pending', say);
    const ended = expiry(verified, start);
    const from = beginning(verified, on);
    return ended === null && from !== null
      ? criterion('approval', 'fail', 'not-yet', { ...say, params: { from } })
      : criterion('approval', 'fail', 'expired', { ...say, params: ended ?? { until: '', days: 0 } });
  }
  if (last !== null && asked.end !== null && last < asked.end) {
    return criterion('approval', 'unknown', 'ends-during-works', { ...say, params: { until: last } });
  }
  if (method > 1 && last !== null && asked.end === null) {
    const stated = { ...say, params: { until: last }, changeableBy: 'contractor' } as const;
    return criterion('approval', 'unknown', 'works-end-not-stated', stated);
  }
  return criterion('approval', 'pass', 'in-force', { ...say, params: { until: last ?? '' } });
}

/** When the last of them ended before a day, and how long before. */
function expiry(approvals: readonly Approval[], start: Day): { until: string; days: number } | null {
  const ended = approvals.flatMap(({ validUntil }) =>
    validUntil !== null && validUntil < start ? [validUntil] : [],
  );
  const until = ended.sort().at(-1);
  return until ? { until, days: daysBetween(until, start) } : null;
}

/** The first day of the next of them. */
function beginning(approvals: readonly Approval[], on: Day): Day | null {
  const later = approvals.flatMap(({ validFrom }) =>
    validFrom !== null && validFrom > on ? [validFrom] : [],
  );
  return later.sort()[0] ?? null;
}
