import { compareDecimals, cpvCovers, type Cpv, type Day } from '../../../kernel/index.js';
import type { Credential } from '../../../registry/domain/index.js';
import { criterion, type Candidate, type Criterion, type MatchQuestion } from '../criterion.js';
import type { CredentialRequirement } from '../package-to-match.js';

/** Asbestos removal needs an approval of its own, whatever the package says. @source legal basis dossier, 5.2 */
const ASBESTOS_TRADES = ['45262660', '90650000'];
/** The one technique without approval. */
const SIMPLE_TREATMENT = 'SIMPLE';

function isOfAsbestos(trade: Cpv): boolean {
  return ASBESTOS_TRADES.some((code) => cpvCovers(code, trade));
}

/** Whether any of the trades removes asbestos. */
export function touchesAsbestos(trades: readonly Cpv[]): boolean {
  return trades.some(isOfAsbestos);
}

/** What is asked in words or by the trade itself. */
export function credentialsAsked({
  package: asked,
}: Pick<MatchQuestion, 'package'>): readonly CredentialRequirement[] {
  const isAsbestos = asked.trades.length > 0 && asked.trades.every(isOfAsbestos);
  if (!isAsbestos || asked.credentials.some(({ kind }) => kind === 'asbestos')) return asked.credentials;
  return [...asked.credentials, { kind: 'asbestos', category: null, class: null, technique: null }];
}

export function describeCredential(asked: {
  kind: string;
  category: string | null;
  class: number | null;
  technique: string | null;
}): string {
  return [asked.kind, asked.category, asked.class, asked.technique].filter((part) => part !== null).join(' ');
}

export type Holding = 'held' | 'perhaps' | 'missing';

/** Whether one required proof is held over the works. */
export function holdingOf(
  question: MatchQuestion,
  held: readonly Credential[],
  asked: CredentialRequirement,
): Holding {
  if (asked.kind === 'asbestos' && asked.technique === SIMPLE_TREATMENT) return 'held';
  const until: Day = question.package.end ?? question.package.start ?? question.on;
  const holdings = held
    .filter(({ kind, validUntil }) => kind === asked.kind && (validUntil === null || validUntil >= until))
    .filter(({ technique }) => asked.technique === null || technique === asked.technique)
    .filter((credential) => classAllows(question, credential, asked))
    .map((credential): Holding => {
      if (asked.category === null || credential.category === asked.category) return 'held';
      // A main category may stand for its sub-categories: a person reads the certificate.
      const isMain = credential.category?.length === 1 && asked.category.startsWith(credential.category);
      return isMain ? 'perhaps' : 'missing';
    });
  return holdings.includes('held') ? 'held' : holdings.includes('perhaps') ? 'perhaps' : 'missing';
}

function classAllows(question: MatchQuestion, credential: Credential, asked: CredentialRequirement): boolean {
  if (asked.class !== null) return (credential.class ?? 0) >= asked.class;
  if (credential.class === null || question.package.value === null) return true;
  const ceiling = question.law.classCeiling(credential.class);
  return ceiling === null || ceiling === undefined || compareDecimals(question.package.value, ceiling) <= 0;
}

/** Contractor approval by category and class, asbestos technique, safety certificate: each proof asked is held. */
export function credentialsCriterion(question: MatchQuestion, { enterprise }: Candidate): Criterion {
  const asked = credentialsAsked(question);
  if (asked.length === 0) return criterion('credentials', 'pass', 'none-asked', { required: '', actual: '' });
  const required = asked.map(describeCredential).join(', ');
  const actual = enterprise.credentials.map(describeCredential).join(', ');
  const holdings = asked.map((requirement) => ({
    requirement,
    holding: holdingOf(question, enterprise.credentials, requirement),
  }));
  const missing = holdings.filter(({ holding }) => holding === 'missing');
  if (missing.length > 0) {
    const params = { missing: missing.map(({ requirement }) => describeCredential(requirement)).join(', ') };
    return criterion('credentials', 'fail', 'missing', { required, actual, params });
  }
  return holdings.some(({ holding }) => holding === 'perhaps')
    ? criterion('credentials', 'unknown', 'main-category', { required, actual })
    : criterion('credentials', 'pass', 'held', { required, actual });
}
