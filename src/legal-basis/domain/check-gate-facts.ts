import { isDecimal, type Problem } from '../../kernel/index.js';
import { factProblem } from './check-clause-facts.js';
import { NATURES } from './facts.js';
import { APPROVAL_LEVELS, type GateFacts } from './gate-facts.js';
import type { LegalRules } from './rules.js';

type Found = Readonly<Record<keyof GateFacts, unknown>>;

function stated(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What stands in the way of the gates of a site; see `checkClauseFacts`. */
export function checkGateFacts(rules: LegalRules, facts: GateFacts): Problem[] {
  const found: Found = facts as unknown as Found;
  return [...checkAmounts(found), ...checkWords(found), ...checkNumbers(found), ...checkClass(rules, found)];
}

function checkAmounts(found: Found): Problem[] {
  return (['partValue', 'siteValue', 'contractValue', 'passedOn'] as const).flatMap((name) => {
    const value = found[name];
    return !stated(value) || (isDecimal(value) && !value.startsWith('-'))
      ? []
      : [factProblem('gate.value.unreadable', `/${name}`, value, '"125000.00"')];
  });
}

function checkWords({ nature, approvalLevel }: Found): Problem[] {
  const problems: Problem[] = [];
  if (!(NATURES as readonly unknown[]).includes(nature))
    problems.push(factProblem('gate.fact.unknown', '/nature', nature, NATURES.join(', ')));
  if (stated(approvalLevel) && !(APPROVAL_LEVELS as readonly unknown[]).includes(approvalLevel))
    problems.push(
      factProblem('gate.fact.unknown', '/approvalLevel', approvalLevel, APPROVAL_LEVELS.join(', ')),
    );
  return problems;
}

function checkNumbers(found: Found): Problem[] {
  return (['subcontractors', 'chainLevel', 'paymentDays'] as const).flatMap((name) => {
    const value = found[name];
    return !stated(value) || (Number.isInteger(value) && (value as number) >= 0)
      ? []
      : [factProblem('gate.number.unreadable', `/${name}`, value, '0, 1, 2 ...')];
  });
}

function checkClass(rules: LegalRules, found: Found): Problem[] {
  const classes = [...rules.classes.keys()].map((key) => Number(key.slice('CLASS-'.length)));
  return (['approvalClass', 'requiredClass'] as const).flatMap((name) =>
    !stated(found[name]) || (classes as readonly unknown[]).includes(found[name])
      ? []
      : [factProblem('gate.class.unknown', `/${name}`, found[name], classes.join(', '))],
  );
}
