import { addDecimals, compareDecimals, multiplyDecimals } from '../../kernel/index.js';
import type { ClauseDuty } from './answers.js';
import type { ClauseFacts } from './facts.js';
import { inForce } from './in-force.js';
import type { LegalRules, OverlayCase, OverlayRule } from './rules.js';
import type { ThresholdAnswer } from './threshold.js';
import { ask, rely, type Trail } from './trail.js';

/** True, false, or the facts that would tell. */
type Verdict = boolean | readonly string[];

/**
 * What regional and federal texts and grants make of "may": it must, it must be motivated, or the grant asks for
 * it. They never change who is eligible.
 */
export function duties(
  rules: LegalRules,
  facts: ClauseFacts,
  threshold: ThresholdAnswer | null,
  trail: Trail,
): ClauseDuty[] {
  const found: ClauseDuty[] = [];
  const open = new Map<string, string[]>();
  for (const [key, versions] of rules.overlays) {
    const rule = inForce(versions, facts.date);
    if (rule === null) {
      if (facts.subsidy === key) ask(trail, 'subsidy.not-in-force', { rule: key, date: facts.date });
      continue;
    }
    if (!concerns(rule, facts)) continue;
    const verdict = applies(rule, facts, threshold, trail);
    if (verdict === true) found.push(dutyOf(rule, facts, trail));
    else if (verdict !== false) {
      const missing = [...new Set(verdict)].join(', ');
      open.set(missing, [...(open.get(missing) ?? []), key]);
    }
  }
  for (const [missing, keys] of open) ask(trail, 'duty.unknown', { missing, rules: keys.join(', ') });
  return found;
}

function concerns(rule: OverlayRule, facts: ClauseFacts): boolean {
  if (rule.duty === 'guidance' || !rule.buyers.includes(facts.buyer)) return false;
  return rule.duty !== 'subsidy-condition' || facts.subsidy === rule.key;
}

function dutyOf(rule: OverlayRule, facts: ClauseFacts, trail: Trail): ClauseDuty {
  rely(trail, rule);
  const unsureStart = rule.startUncertainUntil !== null && facts.date < rule.startUncertainUntil;
  if (unsureStart) {
    ask(trail, 'duty.start-uncertain', { rule: rule.key, from: rule.valid.from ?? '' });
    trail.confidence = 'uncertain';
  }
  if (rule.status === 'pending') ask(trail, 'duty.pending', { rule: rule.key });
  return {
    kind: rule.duty as ClauseDuty['kind'],
    basis: rule.key,
    status: rule.status,
    confidence: unsureStart ? 'uncertain' : rule.confidence,
    citation: rule.citation,
  };
}

function applies(
  rule: OverlayRule,
  facts: ClauseFacts,
  threshold: ThresholdAnswer | null,
  trail: Trail,
): Verdict {
  // A grant rule names its region by being named; the facts were checked not to contradict it.
  const region = rule.duty === 'subsidy-condition' ? true : among(rule.region, facts.region, 'region');
  const cases = any(rule.cases.map((one) => caseApplies(one, facts, threshold)));
  const verdict = all([region, cases]);
  if (verdict === true && rule.cases.some((one) => one.reachesEuThreshold))
    for (const candidate of threshold?.candidates ?? []) rely(trail, candidate);
  return verdict;
}

function among(only: string | null, value: string | null | undefined, name: string): Verdict {
  if (only === null) return true;
  return value === null || value === undefined ? [name] : value === only;
}

function caseApplies(one: OverlayCase, facts: ClauseFacts, threshold: ThresholdAnswer | null): Verdict {
  return all([
    inList(one.levels, facts.level, 'level'),
    inList(one.natures, facts.nature, 'nature'),
    inList(one.workKinds, facts.workKind, 'workKind'),
    valueApplies(one, facts),
    one.reachesEuThreshold ? (threshold?.above ?? threshold?.missing ?? false) : true,
    one.overDays === null ? true : over(one.overDays, facts.durationDays),
  ]);
}

function inList(list: readonly string[] | null, value: string | null | undefined, name: string): Verdict {
  if (list === null) return true;
  return value === null || value === undefined ? [name] : list.includes(value);
}

function valueApplies(one: OverlayCase, facts: ClauseFacts): Verdict {
  if (one.above === null && one.from === null) return true;
  if (facts.value === null || facts.value === undefined) return ['value'];
  const rate = one.vatRate === null ? null : (facts.vatRate ?? one.vatRate);
  const value = rate === null ? facts.value : multiplyDecimals(facts.value, addDecimals('1', rate));
  return (
    (one.above === null || compareDecimals(value, one.above) > 0) &&
    (one.from === null || compareDecimals(value, one.from) >= 0)
  );
}

function over(days: number, durationDays: number | null | undefined): Verdict {
  return durationDays === null || durationDays === undefined ? ['durationDays'] : durationDays > days;
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  const missing = verdicts.flatMap((verdict) => (typeof verdict === 'boolean' ? [] : verdict));
  return missing.length === 0 ? true : missing;
}

function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  const missing = verdicts.flatMap((verdict) => (typeof verdict === 'boolean' ? [] : verdict));
  return missing.length === 0 ? false : missing;
}
