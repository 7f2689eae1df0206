import { compareDecimals, type Cpv, type Decimal } from '../../kernel/index.js';
import type { ClauseFacts } from './facts.js';
import { lawOn, type LawOfDay } from './law-of-day.js';
import { remembered } from './remembered.js';
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

type Social = 'all' | 'some' | 'none' | null;

/** Whether all, some or none of the codes are on the list of social services; null without a code. */
export function onSocialList(rules: LegalRules, codes: readonly Cpv[]): Social {
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
  const { value, nature, level, buyer } = facts;
  const social = nature === 'works' || nature === 'supplies' ? null : onSocialList(rules, cpvCodes(facts));
  const law = lawOn(rules, facts.date);
  const { candidates, below, above, open, unvalued } = possible(
    law,
    `${buyer === 'public-utility'} ${nature} ${level} ${social}`,
    facts,
    social,
  );
  if (value === null || value === undefined) return unvalued;
  const reached = candidates.filter((rule) => compareDecimals(value, rule.amount) >= 0).length;
  if (reached < candidates.length) return reached === 0 ? below : open;
  return candidates.length === 0 ? open : above;
}

/** Every answer that the value may still give. */
interface Possible extends Readonly<Record<'below' | 'above' | 'open' | 'unvalued', ThresholdAnswer>> {
  readonly candidates: readonly ThresholdRule[];
}

const possible = remembered(({ thresholds }: LawOfDay, facts: ClauseFacts, social: Social): Possible => {
  const missing: string[] = [];
  const keys = [...new Set(thresholdKeys(thresholds, facts, social, missing))];
  const candidates = keys.flatMap((key) => thresholds.get(key) ?? []);
  const amounts = new Set(candidates.map((rule) => rule.amount));
  const amount = amounts.size === 1 ? candidates[0]!.amount : null;
  return {
    candidates,
    below: { candidates, amount, above: false, missing: [] },
    above: { candidates, amount, above: true, missing: [] },
    open: { candidates, amount, above: null, missing },
    unvalued: { candidates, amount, above: null, missing: [...missing, 'value'] },
  };
});

type Thresholds = LawOfDay['thresholds'];

function thresholdKeys(law: Thresholds, facts: ClauseFacts, social: Social, missing: string[]): string[] {
  switch (facts.nature) {
    case 'works':
      return ['WORKS'];
    case 'services':
      return serviceKeys(law, facts, social, missing);
    case 'supplies':
      return generalKeys(facts, missing);
    default:
      missing.push('nature');
      return ['WORKS', ...serviceKeys(law, facts, social, missing)];
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

function serviceKeys(law: Thresholds, facts: ClauseFacts, social: Social, missing: string[]): string[] {
  if (social === 'none') return generalKeys(facts, missing);
  const socialKeys = socialServiceKeys(law, facts);
  if (social === 'all') return socialKeys;
  missing.push('cpv');
  return [...generalKeys(facts, missing), ...socialKeys];
}

function socialServiceKeys(law: Thresholds, facts: ClauseFacts): string[] {
  const utility = facts.buyer === 'public-utility';
  if (law.has('SOCIAL')) return [utility ? 'SOCIAL-UTILITIES' : 'SOCIAL'];
  return [utility ? 'UTILITIES' : 'SUBCENTRAL'];
}
