import { addDays } from '../../kernel/index.js';
import type { Approval } from './enterprise.js';

/** Approvals of one kind, in order of their first day, with those that share a day joined: one truth per day. */
export function mergeApprovals(approvals: readonly Approval[]): readonly Approval[] {
  const sorted = [...approvals].sort(
    (a, b) =>
      a.kind.localeCompare(b.kind) ||
      (a.validFrom ?? '').localeCompare(b.validFrom ?? '') ||
      (a.validUntil ?? '9').localeCompare(b.validUntil ?? '9'),
  );
  const merged: Approval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    const shares =
      last?.kind === next.kind && (last.validUntil === null || (next.validFrom ?? '') <= last.validUntil);
    if (!last || !shares) merged.push(next);
    else if (last.state === next.state) merged[merged.length - 1] = join(last, next);
    else merged.push(...withoutOverlap(merged.pop()!, next));
  }
  return merged;
}

function join(a: Approval, b: Approval): Approval {
  const isOpen = a.validUntil === null || b.validUntil === null;
  return { ...a, validUntil: isOpen ? null : a.validUntil! > b.validUntil! ? a.validUntil : b.validUntil };
}

/** Of two states on one day the verified one counts; what is left of the other keeps its own days. */
function withoutOverlap(a: Approval, b: Approval): Approval[] {
  const [kept, other] = a.state === 'verified' || b.state !== 'verified' ? [a, b] : [b, a];
  const before =
    kept.validFrom !== null && (other.validFrom === null || other.validFrom < kept.validFrom)
      ? [{ ...other, validUntil: addDays(kept.validFrom, -1) }]
      : [];
  const after =
    kept.validUntil !== null && (other.validUntil === null || other.validUntil > kept.validUntil)
      ? [{ ...other, validFrom: addDays(kept.validUntil, 1) }]
      : [];
  return [...before, kept, ...after];
}

/** True when both are valid on some day. */
export function shareDays(a: Days, b: Days): boolean {
  return (a.validFrom ?? '') <= (b.validUntil ?? '9999') && (b.validFrom ?? '') <= (a.validUntil ?? '9999');
}

type Days = Pick<Approval, 'validFrom' | 'validUntil'>;
