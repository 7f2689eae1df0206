import type { Day } from '../../kernel/index.js';
import {
  countrySite,
  sitesOf,
  type Enterprise,
  type Geography,
  type Site,
} from '../../registry/domain/index.js';
import { coverageOf, evaluateEnterprise, type Evaluation } from './evaluate-enterprise.js';
import type { Criterion, MatchQuestion } from './criterion.js';
import type { LawOfPackage } from './law-of-package.js';
import { smallestChanges } from './near-miss.js';
import type { PackageToMatch } from './package-to-match.js';
import type { SmallestChange } from './propose-changes.js';
import { scoreOf, type ScoreParts } from './score.js';
import { WEIGHTS, type Weights } from './weights.js';

export type MatchVerdict = 'match' | 'partial' | 'near-miss';

/** The verdict on package x enterprise with its reasons. */
export interface Match {
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly verdict: MatchVerdict;
  readonly score: number;
  /** What the score is made of. */
  readonly parts: ScoreParts;
  /** From 1; a total order: score, best first, then id. */
  readonly rank: number;
  readonly criteria: readonly Criterion[];
  /** Only of a near miss: the changes that would help, smallest first. */
  readonly changes: readonly SmallestChange[];
  readonly distanceKm: number | null;
  readonly basis: string;
  readonly lawAsOf: Day;
}

/** As many near misses as a person looks at. */
export const NEAR_MISSES_KEPT = 10;

/** Works out once what every enterprise will be asked. The package must have been checked. */
export function questionOf(
  asked: PackageToMatch,
  law: LawOfPackage,
  geography: Geography,
  on: Day,
  weights: Weights = WEIGHTS,
  contractor: string | null = null,
): MatchQuestion {
  return { package: asked, sites: placesOf(asked, geography), law, geography, on, weights, contractor };
}

/** Where the work is. */
export function placesOf({ place }: PackageToMatch, geography: Geography): readonly Site[] {
  return place.wholeCountry ? [countrySite(place.country, geography)] : sitesOf(place.sites, geography).sites;
}

/** Puts the package to every enterprise given, in any order. */
export function evaluateAll(
  question: MatchQuestion,
  enterprises: readonly Enterprise[],
): readonly Evaluation[] {
  return enterprises.map((enterprise) => evaluateEnterprise(question, enterprise));
}

/**
 * The enterprises that can do the package, whole or in part, and those that nearly can, ranked.
 * Candidates may be too many: who does not fit is left out. Their order changes nothing.
 */
export function matchEnterprises(
  question: MatchQuestion,
  enterprises: readonly Enterprise[],
): readonly Match[] {
  return rankEvaluations(question, evaluateAll(question, enterprises));
}

/** @see matchEnterprises; for a caller that also needs the evaluations */
export function rankEvaluations(
  question: MatchQuestion,
  evaluations: readonly Evaluation[],
): readonly Match[] {
  const found = evaluations.flatMap((evaluation) => {
    if (evaluation.fit !== 'none') return [toMatch(question, evaluation, evaluation.fit, [])];
    const changes = smallestChanges(question, evaluation);
    return changes.length > 0 ? [toMatch(question, evaluation, 'near-miss', changes)] : [];
  });
  const ordered = found.sort((a, b) => b.score - a.score || (a.enterpriseId < b.enterpriseId ? -1 : 1));
  const nearMisses = ordered.filter(({ verdict }) => verdict === 'near-miss').slice(0, NEAR_MISSES_KEPT);
  return ordered
    .filter((match) => match.verdict !== 'near-miss' || nearMisses.includes(match))
    .map((match, i) => ({ ...match, rank: i + 1 }));
}

function scoreAs(verdict: MatchVerdict, evaluation: Evaluation, weights: Weights): number {
  return scoreOf(verdict, evaluation.parts, coverageOf(evaluation), weights);
}

/** What an enterprise that fits is ranked by; nothing when it does not. */
export function scoreOfEvaluation({ weights }: MatchQuestion, evaluation: Evaluation): number {
  return evaluation.fit === 'none' ? 0 : scoreAs(evaluation.fit, evaluation, weights);
}

function toMatch(
  { package: asked, law, weights }: MatchQuestion,
  evaluation: Evaluation,
  verdict: MatchVerdict,
  changes: readonly SmallestChange[],
): Match {
  return {
    packageId: asked.id,
    enterpriseId: evaluation.enterprise.id,
    verdict,
    score: scoreAs(verdict, evaluation, weights),
    parts: evaluation.parts,
    rank: 0,
    criteria: evaluation.criteria,
    changes,
    distanceKm: evaluation.distanceKm === null ? null : Math.round(evaluation.distanceKm * 10) / 10,
    basis: law.basis,
    lawAsOf: law.lawAsOf,
  };
}
