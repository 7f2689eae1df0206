import { homeKey, pointOf, type Enterprise } from '../../registry/domain/index.js';
import { approvalCriterion } from './criteria/approval.js';
import { contactCriterion } from './criteria/contact.js';
import { credentialsCriterion, partOf, type Part } from './criteria/credentials.js';
import { dependencyWarning } from './criteria/dependency.js';
import { kindCriterion } from './criteria/kind.js';
import { legalCriterion } from './criteria/legal.js';
import { distanceToWork, type Service } from './criteria/zone.js';
import { CRITERIA, type Candidate, type Criterion, type MatchQuestion } from './criterion.js';
import {
  activityFindings,
  betterService,
  failsOf,
  together,
  unionOf,
  weakest,
  type ActivityFinding,
} from './evaluate-activities.js';
import { nearnessOf, type ScoreParts } from './score.js';
import { NEWCOMER, type Standing } from './standing.js';
import type { Weights } from './weights.js';

export type Fit = 'match' | 'partial' | 'none';

/** Everything decided about one package and one enterprise. */
export interface Evaluation {
  readonly enterprise: Enterprise;
  readonly standing: Standing;
  readonly fit: Fit;
  /** In the order of `CRITERIA`, all ten. */
  readonly criteria: readonly Criterion[];
  readonly fails: readonly Criterion[];
  /** How each cell (trade row x site) is covered. */
  readonly cells: readonly Service[];
  /** Share of the quantity it can take, 0 to 1. */
  readonly share: number;
  /** Of the value, what it would do itself. */
  readonly part: Part;
  readonly parts: ScoreParts;
  readonly distanceKm: number | null;
}

/**
 * What the enterprise does with all of its activities: of those that cover as much as all together, the ones of which
 * most is sure. None that adds nothing is looked at.
 */
function combine(question: MatchQuestion, findings: readonly ActivityFinding[]): ActivityFinding {
  const leading = findings[0]!;
  const able = findings.filter(({ criteria }) => failsOf(criteria).length === 0);
  if (able.length < 2) return leading;
  if (question.weights.method < 3) return withCellsOf(leading, able);
  const all = unionOf(able);
  const known = able.filter(({ criteria }) => criteria.every(({ result }) => result === 'pass'));
  const whole = known.filter(({ criteria }) => criteria.slice(3).every(({ extent }) => extent === 'full'));
  const isEnough = (some: readonly ActivityFinding[]): boolean =>
    some.length > 0 && unionOf(some).every((cell, i) => cell === all[i]);
  const doing = whoAdds([whole, known].find(isEnough) ?? able);
  if (doing.length === 1) return doing[0]!;
  const { trade, mode, zone, ...done } = together(question, doing);
  const [capacity, dates] = ([3, 4] as const).map((at) => weakest(doing.map(({ criteria }) => criteria[at])));
  return { ...doing[0]!, ...done, criteria: [trade, mode, zone, capacity!, dates!] };
}

/** Best first, each only if it covers what those before it do not. */
function whoAdds(able: readonly ActivityFinding[]): readonly ActivityFinding[] {
  const doing = able.slice(0, 1);
  let cells = doing[0]!.cells;
  for (const one of able.slice(1)) {
    const wider = cells.map((cell, i) => betterService(cell, one.cells[i]!));
    if (wider.every((cell, i) => cell === cells[i])) continue;
    doing.push(one);
    cells = wider;
  }
  return doing;
}

/** What the former methods said: the criteria of the leading one, whatever is not known of the others. */
function withCellsOf(leading: ActivityFinding, able: readonly ActivityFinding[]): ActivityFinding {
  if (leading.cells.every((cell) => cell === 'holds')) return leading;
  const cells = unionOf(able);
  const isWhole = cells.every((cell) => cell === 'holds');
  const widened = (criterion: Criterion): Criterion =>
    isWhole && criterion.extent === 'part' ? { ...criterion, extent: 'full' } : criterion;
  const [trade, mode, zone, capacity, dates] = leading.criteria;
  return { ...leading, cells, criteria: [widened(trade), mode, widened(zone), capacity, dates] };
}

function partsOf(
  finding: ActivityFinding,
  criteria: readonly Criterion[],
  distanceKm: number | null,
  { merit }: Standing,
  weights: Weights,
): ScoreParts {
  const size = criteria[CRITERIA.indexOf('capacity')]!;
  return {
    trade: finding.closeness,
    distance: nearnessOf(distanceKm, weights),
    capacity: size.result === 'fail' ? 0 : finding.size.isMeasured ? finding.share : 0.5,
    certainty: criteria.filter(({ result }) => result === 'pass').length / criteria.length,
    merit,
  };
}

export function fitOf(
  fails: readonly Criterion[],
  criteria: readonly Criterion[],
  cells: readonly Service[],
): Fit {
  if (fails.length > 0) return 'none';
  const isWhole = cells.every((cell) => cell === 'holds' || cell === 'unknown');
  return isWhole && criteria.every(({ extent }) => extent === 'full') ? 'match' : 'partial';
}

/** Depending on one client is said with the capacity, whatever becomes of it. */
function warned(capacity: Criterion, question: MatchQuestion, { engagements }: Candidate): Criterion {
  const warning = dependencyWarning(question, engagements);
  return warning ? { ...capacity, warning } : capacity;
}

export function candidateOf(
  enterprise: Enterprise,
  question: Pick<MatchQuestion, 'geography' | 'sites'>,
  standing: Standing = NEWCOMER,
): Candidate {
  const { location } = enterprise;
  const point = pointOf(location, question.geography);
  return {
    enterprise,
    point,
    homeKey: homeKey(location, question.geography),
    distanceKm: distanceToWork(question, point),
    engagements: standing.engagements,
  };
}

/** Puts a package to one enterprise: ten criteria, each with what is required, what is, and who could change it. */
export function evaluateEnterprise(
  question: MatchQuestion,
  enterprise: Enterprise,
  standing: Standing = NEWCOMER,
): Evaluation {
  const candidate = candidateOf(enterprise, question, standing);
  const finding = combine(question, activityFindings(question, candidate));
  const [trade, mode, zone, capacity, dates] = finding.criteria;
  const part = partOf(question.package, finding.size.taking);
  const criteria = [
    trade,
    mode,
    zone,
    kindCriterion(question, candidate),
    legalCriterion(question, candidate),
    approvalCriterion(question, candidate),
    warned(capacity, question, candidate),
    dates,
    credentialsCriterion(question, candidate, part),
    contactCriterion(question, candidate),
  ];
  const fails = failsOf(criteria);
  const { distanceKm } = candidate;
  return {
    enterprise,
    standing,
    fit: fitOf(fails, criteria, finding.cells),
    criteria,
    fails,
    cells: finding.cells,
    share: finding.share,
    part,
    parts: partsOf(finding, criteria, distanceKm, standing, question.weights),
    distanceKm,
  };
}

/** Share of the work that is covered: cells wholly served count one, partly served a half, times the quantity. */
export function coverageOf({ cells, share }: Pick<Evaluation, 'cells' | 'share'>): number {
  const worth: Readonly<Record<Service, number>> = { holds: 1, unknown: 1, part: 0.5, apart: 0 };
  return (cells.reduce((sum, cell) => sum + worth[cell], 0) / Math.max(1, cells.length)) * share;
}
