import { compareDecimals, type Cpv, type Decimal } from '../../kernel/index.js';
import type { ClauseFacts } from './facts.js';
import { inForce } from './in-force.js';
import type { LegalRules, ThresholdRule } from './rules.js';

/** The EU threshold of a contract, as far as the facts settle it. */
export interface ThresholdAnswer {
  /** Every threshold that could be the one; several when a fact is missing, none when none was entered. */
  readonly candidates: readonly ThresholdRule[];
  readonly amount: Decimal | null;
  /** The value is equal to it or above; null when the facts leave it open. */
  readonly above: boolean | null;
  /** Facts that would settle it. */
  readonly missing: readonly string[];
}

/** The CPV codes of a contract as a list. */
export function cpvCodes(facts: ClauseFacts): readonly Cpv[] {
  if (facts.cpv === null || facts.cpv === undefined) return [];
  return typeof facts.cpv === 'string' ? [facts.cpv] : facts.cpv;
}

/** Whether all, some or none of the codes are on the list of social services; null without a code. */
export function onSocialList(rules: LegalRules, codes: readonly Cpv[]): 'all' | 'some' | 'none' | null {
  const list = rules.cpvLists.get('ART77')?.at(-1)?.codes;
  if (codes.length === 0) return null;
  const found = codes.filter((code) => list?.has(code)).length;
  return found === 0 ? 'none' : found === codes.length ? 'all' : 'some';
}

/**
 * The threshold that counts for these facts on the day of the notice.
 * @source docs/legal-basis/README.md, thresholds: works have one; social services their own from 30 June 2017, and
 * before it the sub-central one; other services and supplies go by the level of the buyer
 */
export function euThreshold(rules: LegalRules, facts: ClauseFacts): ThresholdAnswer {
  const missing: string[] = [];
  const keys = [...new Set(thresholdKeys(rules, facts, missing))];
  const candidates = keys.flatMap((key) => {
    const rule = inForce(rules.thresholds.get(key), facts.date);
    return rule ? [rule] : [];
  });
  const amounts = new Set(candidates.map((rule) => rule.amount));
  const { value } = facts;
  if (value === null || value === undefined) missing.push('value');
  const verdicts =
    value === null || value === undefined
      ? []
      : candidates.map((rule) => compareDecimals(value, rule.amount) >= 0);
  const settled = verdicts.length > 0 && verdicts.every((verdict) => verdict === verdicts[0]);
  return {
    candidates,
    amount: amounts.size === 1 ? (candidates[0]?.amount ?? null) : null,
    above: settled ? verdicts[0]! : null,
    missing: settled ? [] : missing,
  };
}

function thresholdKeys(rules: LegalRules, facts: ClauseFacts, missing: string[]): string[] {
  switch (facts.nature) {
    case 'works':
      return ['WORKS'];
    case 'services':
      return serviceKeys(rules, facts, missing);
    case 'supplies':
      return generalKeys(facts, missing);
    default:
      missing.push('nature');
      return ['WORKS', ...serviceKeys(rules, facts, missing)];
  }
}

function generalKeys(facts: ClauseFacts, missing: string[]): string[] {
  if (facts.buyer === 'public-utility') return ['UTILITIES'];
  switch (facts.level) {
    case 'federal':
      return ['CENTRAL'];
    case 'regional':
    case 'local':
    case 'eco-dev-op':
      return ['SUBCENTRAL'];
    default:
      missing.push('level');
      return ['CENTRAL', 'SUBCENTRAL'];
  }
}

function serviceKeys(rules: LegalRules, facts: ClauseFacts, missing: string[]): string[] {
  const social = onSocialList(rules, cpvCodes(facts));
  if (social === 'none') return generalKeys(facts, missing);
  const socialKeys = socialServiceKeys(rules, facts);
  if (social === 'all') return socialKeys;
  missing.push('cpv');
  return [...generalKeys(facts, missing), ...socialKeys];
}

function socialServiceKeys(rules: LegalRules, facts: ClauseFacts): string[] {
  const utility = facts.buyer === 'public-utility';
  const lightRegime = inForce(rules.thresholds.get('SOCIAL'), facts.date) !== null;
  if (lightRegime) return [utility ? 'SOCIAL-UTILITIES' : 'SOCIAL'];
  return [utility ? 'UTILITIES' : 'SUBCENTRAL'];
}
