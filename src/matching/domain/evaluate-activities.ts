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
  /** What is declared, and how it serves each site. */
  readonly trades: readonly Cpv[];
  readonly services: readonly Service[];
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
    trades: activity.trades,
    services: zone.services,
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

/** What several activities do together: the trades and places of all. */
type Together = Pick<ActivityFinding, 'cells' | 'trades' | 'services' | 'closeness'> & {
  readonly trade: Criterion;
  readonly mode: Criterion;
  readonly zone: Criterion;
};

/** The first that is not known, else the first that holds in part, else the first. What is not known of one is not known of all. */
export function weakest(criteria: readonly Criterion[]): Criterion {
  const isPart = criteria.some(({ extent }) => extent === 'part');
  const found =
    criteria.find(({ result }) => result === 'unknown') ??
    criteria.find(({ extent }) => extent === 'part') ??
    criteria[0]!;
  return isPart ? { ...found, extent: 'part' } : found;
}

/** @param findings the leading one first */
export function together(question: MatchQuestion, findings: readonly ActivityFinding[]): Together {
  const trades = [...new Set(findings.flatMap((one) => one.trades))];
  const { criterion: trade, closeness } = tradeCriterion(question, trades);
  const cells = unionOf(findings);
  const services = findings
    .map((one) => [...one.services])
    .reduce((a, b) => a.map((service, i) => betterService(service, b[i]!)));
  const mode = weakest(findings.map(({ criteria }) => criteria[1]));
  return { trade, mode, zone: zoneTogether(findings, cells), cells, trades, services, closeness };
}

function zoneTogether(findings: readonly ActivityFinding[], cells: readonly Service[]): Criterion {
  const zones = findings.map(({ criteria }) => criteria[2]);
  const first = zones[0]!;
  if (zones.some(({ result }) => result !== 'pass')) return weakest(zones);
  if (cells.every((cell) => cell === 'holds'))
    return first.extent === 'full'
      ? first
      : { ...first, extent: 'full', because: { code: 'zone.served-areas', params: {} } };
  const total = findings[0]!.services.length;
  const isServed = (site: number): boolean =>
    cells.every((cell, i) => i % total !== site || cell === 'holds' || cell === 'part');
  const count = Array.from({ length: total }, (_, site) => site).filter(isServed).length;
  return {
    ...first,
    extent: 'part',
    because: { code: 'zone.served-in-part', params: { ...first.because.params, count, total } },
  };
}

/** What the former methods said: trade, mode and zone of the best of them stood for all. */
function asTheBest(findings: readonly ActivityFinding[]): Together {
  const best = findings[0]!;
  const [trade, mode, zone] = best.criteria;
  return { ...best, trade, mode, zone, cells: unionOf(findings) };
}

/** A coopérative d'emploi as one activity: what its members can do here, with their capacities together. */
function pooledFinding(
  question: MatchQuestion,
  findings: readonly ActivityFinding[],
  engagements: Candidate['engagements'],
): ActivityFinding | null {
  if (findings.length < 2) return null;
  const able = [...findings].sort(compareFindings);
  const best = able[0]!;
  const capacity = pooledCapacity(able.map((finding) => finding.capacity));
  const { trade, mode, zone, ...done } =
    question.weights.method < 3 ? asTheBest(able) : together(question, able);
  const size = sizeFinding(question, capacity, engagements);
  return {
    ...best,
    ...done,
    criteria: [trade, mode, zone, size.criterion, datesCriterion(question, capacity)],
    size,
    share: size.share,
    capacity,
    name: () => `pooled ${best.name()}`,
  };
}

/** Members who are able in trade, mode and zone; and those of them of whom everything is known, who may be enough. */
function poolsOf(
  question: MatchQuestion,
  findings: readonly ActivityFinding[],
): readonly ActivityFinding[][] {
  const able = findings.filter(({ criteria }) => failsOf(criteria.slice(0, 3)).length === 0);
  const known = able.filter(({ criteria }) => criteria.every(({ result }) => result !== 'unknown'));
  return question.weights.method < 3 || known.length === able.length ? [able] : [able, known];
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
  const pools = enterprise.members.length > 0 ? poolsOf(question, single) : [];
  const pooled = pools.flatMap((pool) => pooledFinding(question, pool, candidate.engagements) ?? []);
  return [...single, ...pooled].sort(compareFindings);
}
