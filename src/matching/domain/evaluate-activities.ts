import type { Cpv } from '../../kernel/index.js';
import type { Activity, Capacity } from '../../registry/domain/index.js';
import { sizeFinding, type SizeFinding } from './criteria/capacity.js';
import { datesCriterion } from './criteria/dates.js';
import { modeCriterion } from './criteria/mode.js';
import { tradeCriterion } from './criteria/trade.js';
import { zoneCriterion, type Service } from './criteria/zone.js';
import type { Candidate, Criterion, MatchQuestion } from './criterion.js';

/**
 * A cell is what has to be done at one site: any of the trades, or one of them when all are needed. An activity
 * covers cells; trade, mode and zone must hold on one and the same activity.
 */
export interface ActivityFinding {
  readonly criteria: readonly [
    trade: Criterion,
    mode: Criterion,
    zone: Criterion,
    capacity: Criterion,
    dates: Criterion,
  ];
  readonly cells: readonly Service[];
  readonly closeness: number;
  readonly size: Omit<SizeFinding, 'criterion'>;
  readonly share: number;
  readonly capacity: Capacity;
  /** Ties between activities are broken by what they are, never by where they stand in a list. */
  readonly name: () => string;
}

const CELL_ORDER: Readonly<Record<Service, number>> = { holds: 3, unknown: 2, part: 1, apart: 0 };

export function betterService(a: Service, b: Service): Service {
  return CELL_ORDER[a] >= CELL_ORDER[b] ? a : b;
}

export function failsOf(criteria: readonly Criterion[]): readonly Criterion[] {
  return criteria.filter(({ result }) => result === 'fail');
}

/** The rows of cells: one per trade when all are needed, else one for any of them. */
export function tradeRows({ package: asked }: MatchQuestion): readonly (readonly Cpv[])[] {
  return asked.allTrades ? asked.trades.map((trade) => [trade]) : [asked.trades];
}

function findingOf(question: MatchQuestion, candidate: Candidate, activity: Activity): ActivityFinding {
  const trade = tradeCriterion(question, activity.trades);
  const zone = zoneCriterion(question, activity.zone, candidate);
  const size = sizeFinding(question, activity.capacity, candidate.engagements);
  const cells = tradeRows(question).flatMap((row) => {
    const has = row.some((code) => trade.covered.includes(code));
    return zone.services.map((service): Service => (has ? service : 'apart'));
  });
  return {
    criteria: [
      trade.criterion,
      modeCriterion(question, activity),
      zone.criterion,
      size.criterion,
      datesCriterion(question, activity.capacity),
    ],
    cells,
    closeness: trade.closeness,
    size,
    share: size.share,
    capacity: activity.capacity,
    name: () => JSON.stringify(activity),
  };
}

/**
 * Activities that do some of the trades, its own and those of its members. Where members add up what they have, size and
 * dates are not asked of one of them alone.
 */
export function ableActivities(
  question: MatchQuestion,
  candidate: Candidate,
  trades: readonly Cpv[],
): readonly Activity[] {
  const { activities, members } = candidate.enterprise;
  const asked = members.length > 0 ? 3 : 5;
  return [...activities, ...members.flatMap((member) => member.activities)].filter((activity) => {
    const { criteria } = findingOf(question, candidate, activity);
    const covers = tradeCriterion(question, activity.trades).covered;
    return failsOf(criteria.slice(0, asked)).length === 0 && trades.some((code) => covers.includes(code));
  });
}

function sumOrNull<T>(values: readonly (T | null)[], add: (a: T, b: T) => T): T | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : add(sum, value)));
}

/** The capacities of the members of a cooperative add up; it starts when its first member can. */
function pooledCapacity(capacities: readonly Capacity[]): Capacity {
  const froms = capacities.map(({ from }) => from);
  return {
    minValue: null,
    maxValue: sumOrNull(
      capacities.map(({ maxValue }) => maxValue),
      (a, b) => (Number(a) + Number(b)).toFixed(2),
    ),
    hoursPerWeek: sumOrNull(
      capacities.map(({ hoursPerWeek }) => hoursPerWeek),
      (a, b) => a + b,
    ),
    from: froms.includes(null) ? null : froms.toSorted()[0]!,
    ...pooledMonths(capacities),
    partialScope: capacities.some(({ partialScope }) => partialScope),
  };
}

/** The months in which any member works. */
function pooledMonths(capacities: readonly Capacity[]): Pick<Capacity, 'months'> {
  const stated = capacities.map(({ months }) => months ?? null);
  return stated.includes(null)
    ? {}
    : { months: [...new Set(stated.flatMap((months) => months!))].sort((a, b) => a - b) };
}

/** A coopérative d'emploi as one activity: what its members can do here, with their capacities together. */
function pooledFinding(
  question: MatchQuestion,
  findings: readonly ActivityFinding[],
  engagements: Candidate['engagements'],
): ActivityFinding | null {
  const able = findings.filter(({ criteria }) => failsOf(criteria.slice(0, 3)).length === 0);
  if (able.length < 2) return null;
  const best = [...able].sort(compareFindings)[0]!;
  const capacity = pooledCapacity(able.map((finding) => finding.capacity));
  const [trade, mode, zone] = best.criteria;
  const size = sizeFinding(question, capacity, engagements);
  return {
    ...best,
    criteria: [trade, mode, zone, size.criterion, datesCriterion(question, capacity)],
    cells: unionOf(able),
    size,
    share: size.share,
    capacity,
    name: () => `pooled ${best.name()}`,
  };
}

export function unionOf(findings: readonly ActivityFinding[]): Service[] {
  return findings
    .map(({ cells }) => [...cells])
    .reduce((a, b) => a.map((cell, i) => betterService(cell, b[i]!)));
}

function coverage(cells: readonly Service[]): number {
  return cells.reduce((sum, cell) => sum + CELL_ORDER[cell], 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Best first: fewest failures, widest coverage, fewest unknowns, closest trade, largest share. */
export function compareFindings(a: ActivityFinding, b: ActivityFinding): number {
  const unknowns = ({ criteria }: ActivityFinding): number =>
    criteria.filter(({ result }) => result === 'unknown').length;
  return (
    failsOf(a.criteria).length - failsOf(b.criteria).length ||
    coverage(b.cells) - coverage(a.cells) ||
    b.share - a.share ||
    unknowns(a) - unknowns(b) ||
    b.closeness - a.closeness ||
    compareText(a.name(), b.name())
  );
}

const NO_ACTIVITY: Activity = {
  trades: [],
  modes: [],
  zone: { type: 'unset', km: null, areas: [] },
  capacity: { minValue: null, maxValue: null, hoursPerWeek: null, from: null, partialScope: false },
};

/** Every activity, those of the members, and for a cooperative all of them pooled; best first, never empty. */
export function activityFindings(question: MatchQuestion, candidate: Candidate): readonly ActivityFinding[] {
  const { enterprise } = candidate;
  const activities = [...enterprise.activities, ...enterprise.members.flatMap((member) => member.activities)];
  const single = (activities.length === 0 ? [NO_ACTIVITY] : activities).map((activity) =>
    findingOf(question, candidate, activity),
  );
  const pooled =
    enterprise.members.length > 0 ? pooledFinding(question, single, candidate.engagements) : null;
  return (pooled ? [...single, pooled] : single).sort(compareFindings);
}
