import { compareDecimals, type Cpv, type Day, type Decimal, type Problem } from '../../kernel/index.js';
import { checkDay } from './check-clause-facts.js';
import { checkGateFacts } from './check-gate-facts.js';
import type { Citation } from './answers.js';
import type { Confidence } from './facts.js';
import type { GateFacts } from './gate-facts.js';
import { inForce } from './in-force.js';
import type { ClassRule, GateRule, LegalRules } from './rules.js';

/**
 * `pass` and `fail` decide; `needed` is a duty still to be done; `remind` and `warn` are for people to read; `ask`
 * is for a person to decide.
 */
export interface GateAnswer {
  readonly key: string;
  readonly result: 'pass' | 'fail' | 'needed' | 'remind' | 'warn' | 'ask';
  readonly required: string;
  readonly actual: string;
  readonly citation: Citation;
  readonly confidence: Confidence;
  readonly version: string;
}

type Check = (rules: LegalRules, facts: GateFacts, on: Day) => GateAnswer[];

/**
 * What an enterprise must pass on a site besides the clause: approval, declarations, attendance, asbestos, chain,
 * payment. Only gates that the facts touch are answered.
 * @param on day of the tender for the law of approval; of the works for declarations
 * @source docs/legal-basis/README.md; dossier section 5
 */
export function gates(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] | Problem[] {
  const problems = [...checkDay(rules, '/on', on, 'gate'), ...checkGateFacts(rules, facts)];
  if (problems.length > 0) return problems;
  const checks: readonly Check[] = [
    approval,
    worksDeclaration,
    attendance,
    asbestos,
    chain,
    passOn,
    subcontracting,
    generalRules,
    payment,
  ];
  return checks.flatMap((check) => check(rules, facts, on));
}

/** An answer that rests on a recalled or uncertain rule is never a refusal. */
function answer(rule: GateRule, result: GateAnswer['result'], required: string, actual: unknown): GateAnswer {
  return {
    key: rule.key,
    result: result === 'fail' && rule.confidence !== 'sourced' ? 'ask' : result,
    required,
    actual: String(actual ?? '-'),
    citation: rule.citation,
    confidence: rule.confidence,
    version: rule.versionId,
  };
}

function gateOn(rules: LegalRules, key: string, on: Day): GateRule | null {
  return inForce(rules.gates.get(key), on);
}

function number(found: GateRule, name: string): Decimal {
  return String(found.values[name]);
}

function touches(found: GateRule, cpv: readonly Cpv[] | null | undefined): boolean {
  const codes = found.values['cpv'] as readonly string[];
  return (cpv ?? []).some((code) => codes.includes(code));
}

/** The class must reach this enterprise's own part; for private works an approval is a signal, not a gate. */
function approval(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const needed = gateOn(rules, 'APPROVAL-NEEDED', on);
  if (needed === null || facts.nature !== 'works') return [];
  if (!facts.public) return facts.approvalClass ? [] : [answer(needed, 'warn', '-', '-')];
  const asked = requiredClass(rules, facts, on);
  if (asked !== null && (asked.result !== 'pass' || !facts.partValue)) return [asked];
  return byValue(rules, facts, on, needed, asked !== null);
}

/** What the documents of the contract ask for holds without a limit; null when they name no class. */
function requiredClass(
  rules: LegalRules,
  { requiredClass: required, approvalClass: held }: GateFacts,
  on: Day,
): GateAnswer | null {
  const found = inForce(rules.classes.get(`CLASS-${required}`), on);
  if (!required || found === null) return null;
  const result = held === undefined ? 'needed' : (held ?? 0) >= required ? 'pass' : 'fail';
  return ofClass(found, result, `>= ${required}`, String(held ?? '-'));
}

/** @param isAsked the documents ask for an approval: no limit of value is too high to need one */
function byValue(
  rules: LegalRules,
  { partValue, approvalLevel, approvalClass }: GateFacts,
  on: Day,
  needed: GateRule,
  isAsked: boolean,
): GateAnswer[] {
  if (!partValue || (!approvalLevel && !isAsked))
    return [answer(needed, 'ask', 'partValue, approvalLevel', '-')];
  if (!isAsked) {
    const limit = number(needed, approvalLevel === 'category' ? 'category_above' : 'sub_category_above');
    if (compareDecimals(partValue, limit) <= 0)
      return [answer(needed, needed.confidence === 'sourced' ? 'pass' : 'ask', `<= ${limit}`, partValue)];
    if (approvalClass === undefined) return [answer(needed, 'needed', `> ${limit}`, partValue)];
    if (approvalClass === null) return [answer(needed, 'fail', `> ${limit}`, '-')];
  }
  const found = inForce(rules.classes.get(`CLASS-${approvalClass}`), on);
  if (found === null) return [answer(needed, 'ask', '1 - 8', approvalClass)];
  const isEnough = found.max === null || compareDecimals(partValue, found.max) <= 0;
  return [ofClass(found, isEnough ? 'pass' : 'fail', `<= ${found.max ?? '...'}`, partValue)];
}

function ofClass(
  { key, citation, confidence, versionId }: ClassRule,
  result: GateAnswer['result'],
  required: string,
  actual: string,
): GateAnswer {
  return { key, result, required, actual, citation, confidence, version: versionId };
}

function worksDeclaration(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const found = gateOn(rules, 'WORKS-DECLARATION', on);
  const { siteValue, subcontractors } = facts;
  if (found === null || facts.nature !== 'works' || !siteValue || typeof subcontractors !== 'number')
    return [];
  const actual = `${siteValue}, ${subcontractors}`;
  if (subcontractors > 1) return [answer(found, 'needed', '<= 1', actual)];
  const limit = number(found, subcontractors === 0 ? 'no_subcontractor_below' : 'one_subcontractor_below');
  const exempt = compareDecimals(siteValue, limit) < 0;
  return [answer(found, exempt ? 'pass' : 'needed', `< ${limit}`, actual)];
}

function attendance(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const found = gateOn(rules, 'ATTENDANCE', on);
  if (found === null || facts.nature !== 'works' || !facts.siteValue) return [];
  const limit = number(found, 'from_value');
  return compareDecimals(facts.siteValue, limit) < 0
    ? []
    : [answer(found, 'remind', `>= ${limit}`, facts.siteValue)];
}

/** Approval of the remover goes by technique; the simple one has none and still wants care. */
function asbestos(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const answers: GateAnswer[] = [];
  const declaration = gateOn(rules, 'ASBESTOS-DECLARATION', on);
  if (declaration && touches(declaration, facts.cpv))
    answers.push(answer(declaration, 'needed', `${number(declaration, 'days_ahead')} d`, '-'));
  const inventory = gateOn(rules, 'ASBESTOS-INVENTORY', on);
  if (inventory && touches(inventory, facts.cpv)) answers.push(answer(inventory, 'remind', '-', '-'));
  const removal = gateOn(rules, 'ASBESTOS-REMOVAL', on);
  if (removal && touches(removal, facts.cpv)) answers.push(asbestosRemoval(removal, facts));
  return answers;
}

function asbestosRemoval(found: GateRule, facts: GateFacts): GateAnswer {
  const technique = facts.asbestosTechnique ?? null;
  const known = found.values['techniques'] as readonly string[];
  const free = found.values['techniques_without_approval'] as readonly string[];
  if (technique === null || !known.includes(technique))
    return answer(found, 'ask', known.join(', '), technique);
  if (free.includes(technique)) return answer(found, 'warn', technique, '-');
  if (!facts.asbestosApprovals) return answer(found, 'ask', technique, '-');
  const held = facts.asbestosApprovals.includes(technique);
  return answer(found, held ? 'pass' : 'fail', technique, facts.asbestosApprovals.join(', ') || '-');
}

function chain(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  if (!facts.public || typeof facts.chainLevel !== 'number') return [];
  const key = chainKey(facts);
  const found = key === null ? null : gateOn(rules, key, on);
  if (found === null) return [];
  const limit = Number(found.values['max_level']);
  return [answer(found, facts.chainLevel <= limit ? 'pass' : 'fail', `<= ${limit}`, facts.chainLevel)];
}

function chainKey(facts: GateFacts): string | null {
  if (facts.nature === 'works' && facts.approvalLevel)
    return facts.approvalLevel === 'category' ? 'CHAIN-CATEGORY' : 'CHAIN-SUB-CATEGORY';
  return facts.nature === 'services' && facts.fraudSensitiveServices === true
    ? 'CHAIN-SENSITIVE-SERVICES'
    : null;
}

/** A subcontractor may not pass on the whole of its part; the contractor itself may. */
function passOn(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const found = gateOn(rules, 'PASS-ON', on);
  if (found === null || !facts.public || !facts.passedOn || (facts.chainLevel ?? 1) === 0) return [];
  const limit = number(found, 'share_below');
  const allowed = compareDecimals(facts.passedOn, limit) < 0;
  return [answer(found, allowed ? 'pass' : 'fail', `< ${limit}`, facts.passedOn)];
}

/** What one part owes or risks through the firms below and above it: works, and services sensitive to fraud. */
function subcontracting(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const { nature, fraudSensitiveServices, subcontractors, chainLevel } = facts;
  const isWorks = nature === 'works';
  if (!isWorks && !(nature === 'services' && fraudSensitiveServices === true)) return [];
  const remind = (applies: boolean, key: string, actual: unknown): GateAnswer[] => {
    const found = applies ? gateOn(rules, key, on) : null;
    return found === null ? [] : [answer(found, 'remind', '-', actual)];
  };
  const hasSubcontractors = (subcontractors ?? 0) > 0;
  return [
    ...remind(hasSubcontractors, 'DEBT-CHECK', subcontractors),
    ...remind(hasSubcontractors, 'WAGE-LIABILITY', subcontractors),
    ...remind(facts.public && (chainLevel ?? 0) > 0, 'SUBCONTRACTOR-CHECK', chainLevel),
    ...remind(isWorks && chainLevel === 1, 'DIRECT-CLAIM', chainLevel),
  ];
}

/** `remind`: the general rules of execution apply; `pass`: they are off unless the documents say so. */
function generalRules(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const found = gateOn(rules, 'RGE-MIN-VALUE', on);
  if (found === null || !facts.public || !facts.contractValue) return [];
  const limit = number(found, 'from_value');
  const apply = compareDecimals(facts.contractValue, limit) >= 0;
  return [answer(found, apply ? 'remind' : 'pass', `>= ${limit}`, facts.contractValue)];
}

function payment(rules: LegalRules, facts: GateFacts, on: Day): GateAnswer[] {
  const found = gateOn(rules, 'PAYMENT-B2B', on);
  if (found === null || facts.paymentDays === undefined) return [];
  const limit = Number(found.values['max_days']);
  if (facts.paymentDays === null) return [answer(found, 'remind', `<= ${limit} d`, null)];
  return [answer(found, facts.paymentDays <= limit ? 'pass' : 'fail', `<= ${limit} d`, facts.paymentDays)];
}
