import { compareDecimals, type Day, type Decimal } from '../../kernel/index.js';
import type { EligibilityReason } from './answers.js';
import { approvalEnds, covers, kindOn } from './approval.js';
import type { EnterpriseFacts, RatioFacts } from './facts.js';
import { inForce } from './in-force.js';
import { addMonths } from './months.js';
import type { Evidence, GateRule, LegalRules } from './rules.js';

/** How a proof stands on the day; `fail` is shown to be contrary, `missing` and `stale` are asked for. */
export type Standing = 'pass' | 'fail' | 'missing' | 'stale' | 'disagree' | 'person';

export interface Proof {
  readonly standing: Standing;
  readonly reason: EligibilityReason;
  readonly versions: readonly string[];
}

/** How one proof stands for an enterprise on a day. */
export function prove(rules: LegalRules, evidence: Evidence, enterprise: EnterpriseFacts, on: Day): Proof {
  switch (evidence) {
    case 'art59':
      return art59(rules, enterprise, on);
    case 'ratio30':
    case 'majority-disabled':
      return ratio(rules, enterprise, on, evidence);
    case 'main-aim':
      return yesNo(evidence, enterprise.mainAimIntegration);
    case 'equivalence':
      return yesNo(evidence, enterprise.equivalenceShown);
    case 'statutes':
      return statutes(rules, enterprise, on);
    case 'person':
      return proof(evidence, 'person', '-', '-', '-');
  }
}

const RESULT: Readonly<Record<Standing, EligibilityReason['result']>> = {
  pass: 'pass',
  fail: 'fail',
  missing: 'unknown',
  stale: 'unknown',
  disagree: 'unknown',
  person: 'unknown',
};

function proof(
  key: string,
  standing: Standing,
  required: string,
  actual: string,
  source: string,
  versions: readonly string[] = [],
): Proof {
  return { standing, reason: { key, result: RESULT[standing], required, actual, source }, versions };
}

function yesNo(key: string, value: boolean | null | undefined): Proof {
  if (value === null || value === undefined) return proof(key, 'missing', 'true', '-', 'register');
  return proof(key, value ? 'pass' : 'fail', 'true', String(value), 'register');
}

/** A recognition under art. 59, on its own record or as an approval of that kind. */
function art59(rules: LegalRules, enterprise: EnterpriseFacts, on: Day): Proof {
  const kind = kindOn(rules, 'FED_ESI59', on);
  const ranges = [
    ...(enterprise.art59 ? [enterprise.art59] : []),
    ...(kind ? approvalEnds(kind.rule, enterprise) : []),
  ];
  if (ranges.length === 0) return proof('art59', 'missing', on, '-', 'register');
  const held = ranges.some((range) => covers(range, on));
  const actual = ranges
    .map((range) => `${range.validFrom ?? '...'} / ${range.validUntil ?? '...'}`)
    .join('; ');
  return proof('art59', held ? 'pass' : 'fail', on, actual, 'register');
}

function gate(rules: LegalRules, key: string, on: Day): GateRule | null {
  return inForce(rules.gates.get(key), on);
}

/** The newest ratio of a method taken by the day. */
function newest(ratios: readonly RatioFacts[], method: RatioFacts['method'], on: Day): RatioFacts | null {
  return ratios
    .filter((one) => one.method === method && one.asOf <= on)
    .reduce<RatioFacts | null>((best, one) => (best === null || one.asOf > best.asOf ? one : best), null);
}

type RatioKey = 'ratio30' | 'majority-disabled';

/** Heads and full-time equivalents are kept apart: no source says which counts, so both must agree. */
function ratio(rules: LegalRules, enterprise: EnterpriseFacts, on: Day, key: RatioKey): Proof {
  const limit = gate(rules, key === 'ratio30' ? 'PROOF-RATIO30' : 'PROOF-MAJORITY', on);
  const age = gate(rules, 'PROOF-RATIO-AGE', on);
  if (limit === null || age === null) return proof(key, 'person', '-', '-', '-');
  const bar = String(limit.values[key === 'ratio30' ? 'share_from' : 'share_above']);
  const held = (['fte', 'heads'] as const).flatMap(
    (method) => newest(enterprise.ratios ?? [], method, on) ?? [],
  );
  const fresh = held.filter((one) => on <= addMonths(one.asOf, Number(age.values['months'])));
  const verdicts = fresh.flatMap((one) => ratioVerdict(one, key, bar) ?? []);
  return proof(
    key,
    standingOf(verdicts, held.length > fresh.length),
    `${key === 'ratio30' ? '>=' : '>'} ${bar}`,
    held.map((one) => `${one.method} ${shareOf(one, key) ?? '-'} (${one.asOf})`).join('; ') || '-',
    limit.citation.fr,
    [limit.versionId, age.versionId],
  );
}

function standingOf(verdicts: readonly boolean[], someStale: boolean): Standing {
  if (verdicts.length === 0) return someStale ? 'stale' : 'missing';
  if (verdicts.every((verdict) => verdict === verdicts[0])) return verdicts[0] ? 'pass' : 'fail';
  return 'disagree';
}

function shareOf(one: RatioFacts, key: RatioKey): Decimal | null {
  return (key === 'ratio30' ? (one.share ?? one.disabledShare) : (one.disabledShare ?? one.share)) ?? null;
}

/** Disabled workers are among the share, so each figure bounds the other; null when neither tells. */
function ratioVerdict(one: RatioFacts, key: RatioKey, bar: Decimal): boolean | null {
  const { share, disabledShare } = one;
  if (key === 'ratio30') {
    if (share) return compareDecimals(share, bar) >= 0;
    return disabledShare && compareDecimals(disabledShare, bar) >= 0 ? true : null;
  }
  if (disabledShare) return compareDecimals(disabledShare, bar) > 0;
  return share && compareDecimals(share, bar) <= 0 ? false : null;
}

function statutes(rules: LegalRules, enterprise: EnterpriseFacts, on: Day): Proof {
  const held = enterprise.statutes ?? {};
  const ban = gate(rules, 'PROOF-REPEAT-BAN', on);
  const { lastSameAward } = held;
  const free = lastSameAward && ban ? on >= addMonths(lastSameAward, Number(ban.values['months'])) : true;
  const conditions = [held.publicServiceMission, held.profitsReinvested, held.participatoryGovernance];
  const required = 'publicServiceMission, profitsReinvested, participatoryGovernance, lastSameAward';
  const actual = `${conditions.map((one) => one ?? '-').join(', ')}, ${lastSameAward ?? '-'}`;
  const standing: Standing =
    !free || conditions.includes(false)
      ? 'fail'
      : conditions.every((one) => one === true)
        ? 'pass'
        : 'missing';
  return proof('statutes', standing, required, actual, ban?.citation.fr ?? '-', ban ? [ban.versionId] : []);
}
