import { addDecimals, compareDecimals, multiplyDecimals } from '../../kernel/index.js';
import type { ClauseDuty } from './answers.js';
import type { Buyer, ClauseFacts } from './facts.js';
import type { LawOfDay } from './law-of-day.js';
import { remembered } from './remembered.js';
import type { BasisRule, OverlayCase, OverlayRule } from './rules.js';
import type { ThresholdAnswer } from './threshold.js';
import { ask, askOnce, rely, type Trail } from './trail.js';

/** True, false, or the facts that would tell. */
type Verdict = boolean | readonly string[];

/**
 * What regional and federal texts and grants make of "may": it must, it must be motivated, or the grant asks for
 * it. They never change who is eligible.
 */
export function duties(
  law: LawOfDay,
  facts: ClauseFacts,
  threshold: ThresholdAnswer | null,
  trail: Trail,
): ClauseDuty[] {
  const found: ClauseDuty[] = [];
  let open: Map<string, string[]> | null = null;
  for (const [key, rule] of concerned(law, facts)) {
    if (rule === null) {
      askOnce(trail, 'subsidy.not-in-force', { rule: key, date: facts.date });
      continue;
    }
    const verdict = applies(rule, facts, threshold, trail);
    if (verdict === true) found.push(dutyOf(rule, facts, trail));
    else if (verdict !== false) {
      const missing = [...new Set(verdict)].join(', ');
      open ??= new Map();
      open.set(missing, [...(open.get(missing) ?? []), key]);
    }
  }
  for (const [missing, keys] of open ?? []) {
    const rules = keys.join(', ');
    ask(trail, law, 'duty.unknown', { missing, rules }, `${missing}: ${rules}`);
  }
  return found;
}

function concerned(law: LawOfDay, { buyer, subsidy }: ClauseFacts): LawOfDay['overlays'] {
  return addressed(law, subsidy ? `${buyer} ${subsidy}` : buyer, buyer, subsidy);
}

/** Overlays for a buyer; those that are not in force, where it is the grant that was named. */
const addressed = remembered((law: LawOfDay, buyer: Buyer, subsidy: ClauseFacts['subsidy']) =>
  law.overlays.filter(([key, rule]) => {
    if (rule === null) return key === subsidy;
    if (rule.duty === 'guidance' || !rule.buyers.includes(buyer)) return false;
    return rule.duty !== 'subsidy-condition' || key === subsidy;
  }),
);

function dutyOf(rule: OverlayRule, facts: ClauseFacts, trail: Trail): ClauseDuty {
  rely(trail, rule);
  const unsureStart = rule.startUncertainUntil !== null && facts.date < rule.startUncertainUntil;
  if (unsureStart) {
    ask(trail, rule, 'duty.start-uncertain', { rule: rule.key, from: rule.valid.from ?? '' });
    trail.confidence = 'uncertain';
  }
  if (rule.status === 'pending') ask(trail, rule, 'duty.pending', { rule: rule.key });
  return owed(rule, unsureStart ? 'unsure' : '', unsureStart);
}

const owed = remembered((rule: OverlayRule, unsureStart: boolean): ClauseDuty => ({
  kind: rule.duty as ClauseDuty['kind'],
  basis: rule.key,
  status: rule.status,
  confidence: unsureStart ? 'uncertain' : rule.confidence,
  citation: rule.citation,
}));

const passedOn = remembered(({ key, confidence, citation }: BasisRule): ClauseDuty => ({
  kind: 'inherited',
  basis: key,
  status: 'in-force',
  confidence,
  citation,
}));

/** What a contractor owes that executes a contract under the basis. */
export function inheritedDuty(basis: BasisRule): ClauseDuty {
  return passedOn(basis, '');
}

function applies(
  rule: OverlayRule,
  facts: ClauseFacts,
  threshold: ThresholdAnswer | null,
  trail: Trail,
): Verdict {
  // A grant rule names its region by being named; the facts were checked not to contradict it.
  const region = rule.duty === 'subsidy-condition' ? true : among(rule.region, facts.region, 'region');
  if (region === false) return false;
  const verdict = both(region, anyCase(rule.cases, facts, threshold));
  if (verdict === true && rule.cases.some((one) => one.reachesEuThreshold))
    for (const candidate of threshold?.candidates ?? []) rely(trail, candidate);
  return verdict;
}

function among(only: string | null, value: string | null | undefined, name: string): Verdict {
  if (only === null) return true;
  return value === null || value === undefined ? [name] : value === only;
}

function anyCase(
  cases: readonly OverlayCase[],
  facts: ClauseFacts,
  threshold: ThresholdAnswer | null,
): Verdict {
  let missing: readonly string[] | null = null;
  for (const one of cases) {
    const verdict = caseApplies(one, facts, threshold);
    if (verdict === true) return true;
    if (verdict !== false) missing = missing === null ? verdict : [...missing, ...verdict];
  }
  return missing ?? false;
}

function caseApplies(one: OverlayCase, facts: ClauseFacts, threshold: ThresholdAnswer | null): Verdict {
  let verdict = inList(one.levels, facts.level, 'level');
  verdict = both(verdict, inList(one.natures, facts.nature, 'nature'));
  verdict = both(verdict, inList(one.workKinds, facts.workKind, 'workKind'));
  // To work out the value costs most.
  if (verdict === false) return false;
  verdict = both(verdict, valueApplies(one, facts));
  if (one.reachesEuThreshold) verdict = both(verdict, threshold?.above ?? threshold?.missing ?? false);
  return one.overDays === null ? verdict : both(verdict, over(one.overDays, facts.durationDays));
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

/** One that fails settles it, whatever else is missing. */
function both(left: Verdict, right: Verdict): Verdict {
  if (left === false || right === false) return false;
  if (left === true) return right;
  return right === true ? left : [...left, ...right];
}
