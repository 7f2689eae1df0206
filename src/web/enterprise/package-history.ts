import type { Clarification } from '../../answers/index.js';
import type {
  DeadlineChange,
  LineDifference,
  PackageAmendment,
  PackageWithdrawal,
  SharedFile,
} from '../../tenders/index.js';

/** One thing that happened to a package since it was published. */
export type HistoryEntry = { readonly at: Date } & (
  | { readonly kind: 'published' | 'tender-withdrawn' }
  | { readonly kind: 'amended'; readonly differences: readonly LineDifference[] }
  | ({ readonly kind: 'extended' } & Pick<DeadlineChange, 'before' | 'after' | 'reason'>)
  | { readonly kind: 'clarified'; readonly question: string }
  | { readonly kind: 'shared'; readonly name: string }
  | ({ readonly kind: 'withdrawn' } & Pick<PackageWithdrawal, 'reason'>)
);

export interface HistoryFacts {
  readonly publishedAt: Date | null;
  readonly tenderWithdrawnAt: Date | null;
  readonly withdrawal: PackageWithdrawal | null;
  readonly amendments: readonly PackageAmendment[];
  readonly deadlineChanges: readonly DeadlineChange[];
  readonly clarifications: readonly Clarification[];
  readonly shared: readonly SharedFile[];
}

/** What happened to a package, the newest first; what was there when it was published is no change. */
export function packageHistory(facts: HistoryFacts): HistoryEntry[] {
  const { publishedAt, tenderWithdrawnAt, withdrawal } = facts;
  if (publishedAt === null) return [];
  const entries: HistoryEntry[] = [
    { at: publishedAt, kind: 'published' },
    ...facts.amendments.map(
      ({ amendedAt, differences }) => ({ at: amendedAt, kind: 'amended', differences }) as const,
    ),
    ...facts.deadlineChanges.map(
      ({ changedAt, ...change }) => ({ at: changedAt, kind: 'extended', ...change }) as const,
    ),
    ...facts.clarifications.map(
      ({ repliedAt, question }) => ({ at: repliedAt, kind: 'clarified', question }) as const,
    ),
    ...facts.shared
      .filter(({ addedAt }) => addedAt > publishedAt)
      .map(({ addedAt, name }) => ({ at: addedAt, kind: 'shared', name }) as const),
    ...(withdrawal
      ? [{ at: withdrawal.withdrawnAt, kind: 'withdrawn', reason: withdrawal.reason } as const]
      : []),
    ...(tenderWithdrawnAt ? [{ at: tenderWithdrawnAt, kind: 'tender-withdrawn' } as const] : []),
  ];
  // Of one instant, what stands later above came later.
  return entries.reverse().sort((one, other) => other.at.getTime() - one.at.getTime());
}
