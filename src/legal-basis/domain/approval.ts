import type { Day } from '../../kernel/index.js';
import type { EligibilityReason } from './answers.js';
import type { ApprovalFacts, EnterpriseFacts } from './facts.js';
import { inForce } from './in-force.js';
import { addMonths } from './months.js';
import type { KindRule, LegalRules } from './rules.js';

export type KindStatus = 'in-force' | 'not-yet' | 'lapsed';

/** Whether a kind of enterprise existed on the day, and what followed it. */
export function kindOn(
  rules: LegalRules,
  kind: string,
  on: Day,
): { readonly rule: KindRule; readonly status: KindStatus } | null {
  const versions = rules.kinds.get(kind);
  const first = versions?.[0];
  const last = versions?.at(-1);
  if (!first || !last) return null;
  const rule = inForce(versions, on);
  if (rule) return { rule, status: 'in-force' };
  return on < (first.valid.from ?? on)
    ? { rule: first, status: 'not-yet' }
    : { rule: last, status: 'lapsed' };
}

/**
 * Last day on which an approval may be relied on before a fresh proof is asked for.
 * @param rank 1 for the first approval of its kind, 2 for the second ...
 * @returns null when it is open-ended
 * @source dossier 4.2, column "validity"
 */
export function approvalEnd(rule: KindRule, validFrom: Day, rank: number): Day | null {
  const years = rule.maxYears[Math.min(rank, rule.maxYears.length) - 1] ?? null;
  return years === null ? null : addMonths(validFrom, years * 12);
}

/** `null` is stated to be open; absent lets the kind's own maximum run, first approval first. */
function endOf(approval: ApprovalFacts, rank: number, rule: KindRule): Day | null {
  if (approval.validUntil !== undefined) return approval.validUntil;
  return approval.validFrom ? approvalEnd(rule, approval.validFrom, approval.rank ?? rank) : null;
}

interface Held {
  readonly validFrom?: Day | null | undefined;
  readonly validUntil?: Day | null | undefined;
}

/** Both days inside; an open side is null or absent. */
export function covers(range: Held, on: Day): boolean {
  return (range.validFrom ?? on) <= on && on <= (range.validUntil ?? on);
}

/** The approvals of one kind, oldest first, each with the last day it may be relied on. */
export function approvalEnds(
  rule: KindRule,
  enterprise: EnterpriseFacts,
): (Held & { readonly approval: ApprovalFacts })[] {
  return (enterprise.approvals ?? [])
    .filter((approval) => approval.kind === rule.key)
    .sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))
    .map((approval, index) => ({
      validFrom: approval.validFrom,
      validUntil: endOf(approval, index + 1, rule),
      approval,
    }));
}

export interface ApprovalStanding {
  /** `unstated`: the register says the kind and no more; `none`: it says there is no approval on file. */
  readonly standing: 'valid' | 'expired' | 'unstated' | 'none';
  readonly reasons: readonly EligibilityReason[];
}

/** How the approval of one kind stands on the day. */
export function approvalOn(rule: KindRule, enterprise: EnterpriseFacts, on: Day): ApprovalStanding {
  if (!rule.approved) return { standing: 'valid', reasons: [] };
  const own = approvalEnds(rule, enterprise);
  const required = `${rule.key} ${on}`;
  const reason = (result: EligibilityReason['result'], actual: string): EligibilityReason => ({
    key: 'approval',
    result,
    required,
    actual,
    source: rule.citation.fr,
  });
  if (own.length === 0)
    return {
      standing: enterprise.approvals ? 'none' : 'unstated',
      reasons: [reason('unknown', '-')],
    };
  const valid = own.find((range) => covers(range, on));
  const shown = valid ?? own.at(-1)!;
  const actual = `${shown.validFrom ?? '...'} / ${shown.validUntil ?? '...'}`;
  const reasons = [reason(valid ? 'pass' : 'fail', actual), ...report(rule, shown.approval, on)];
  return { standing: valid ? 'valid' : 'expired', reasons };
}

/** A report that did not come in is a flag for people, never a refusal. */
function report(rule: KindRule, approval: ApprovalFacts, on: Day): EligibilityReason[] {
  if (approval.reportFiledOn === undefined && approval.reportDue === undefined) return [];
  const due = approval.reportDue ?? (rule.reportDue === null ? null : `${on.slice(0, 4)}-${rule.reportDue}`);
  if (due === null || on <= due) return [];
  const filed = approval.reportFiledOn ?? null;
  return [
    {
      key: 'annual-report',
      result: filed === null ? 'unknown' : 'pass',
      required: due,
      actual: filed ?? '-',
      source: rule.citation.fr,
    },
  ];
}
