import { stateOfRule, type StoredRule } from '../../tagging/index.js';

/** A rule as pages list it. */
export interface RuleShown {
  readonly id: string;
  readonly pattern: string;
  readonly trade: string | null;
  readonly placeable: string | null;
  readonly numbering: StoredRule['numbering'];
  readonly scope: StoredRule['scope'];
  readonly state: ReturnType<typeof stateOfRule>;
  readonly taughtBy: string | null;
  readonly taughtAt: Date;
  readonly acceptedBy: string | null;
  readonly acceptedAt: Date | null;
  readonly endedAt: Date | null;
  /** Known answers that were looked at when it was accepted. */
  readonly measured: number | null;
  /** Null where this person decides nothing on it. */
  readonly acceptHref: string | null;
  readonly endHref: string | null;
}

/** @param hrefs where the person may accept or end it; null where not */
export function ruleShown(
  rule: StoredRule,
  hrefs: { readonly accept: string | null; readonly end: string | null },
): RuleShown {
  const { id, pattern, trade, placeable, numbering, scope, taughtAt, acceptedAt, endedAt, measure } = rule;
  const state = stateOfRule(rule);
  return {
    id,
    pattern,
    trade,
    placeable,
    numbering,
    scope,
    state,
    taughtBy: rule.taughtByName,
    taughtAt,
    acceptedBy: rule.acceptedByName,
    acceptedAt,
    endedAt,
    measured: measure && measure.bench.lines + measure.confirmed.packages,
    acceptHref: state === 'waiting' ? hrefs.accept : null,
    endHref: state === 'ended' ? null : hrefs.end,
  };
}
