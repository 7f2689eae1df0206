import { cpvDepth, type Cpv, type Day } from '../../kernel/index.js';
import { distanceKm, parsePoint, type Point } from '../../registry/domain/index.js';
import { admissionOf, anyone } from './admission.js';
import { credentialsAsked } from './criteria/credentials.js';
import { weeksOfWork } from './criteria/capacity.js';
import { CRITERIA, type MatchQuestion } from './criterion.js';
import { dayNumber, FLAGS, modeBits, nodeOf, proofBits } from './project-postings.js';
import { NEAR_MISS_LIMITS } from './propose-changes.js';
import { companionsOf } from './trade-groups.js';
import type { Weights } from './weights.js';
import { codesNearSite, codesOfSite, squaredChord, unitVector, type ZoneCode } from './zone-codes.js';

/** Codes of the vocabulary between two numbers, both inside. */
export interface NodeRange {
  readonly low: number;
  readonly high: number;
  /** Depth of the trade asked. */
  readonly depth: number;
  /** How close all of them are, as trades of one group; null: by their levels. */
  readonly closeness: number | null;
}

export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** What a package asks of a posting, whatever the law and the day. */
export interface Conditions {
  /** One of these bits must be set. */
  readonly modes: number;
  /** Of these bits, those in `flags` must be set and the others not. */
  readonly mask: number;
  readonly flags: number;
  readonly proofs: number;
  /** EUR; infinite when the package states no value: no minimum is then too high. */
  readonly atLeast: number;
  /** EUR; 0 when the package states no value: no maximum is then too low. */
  readonly atMost: number;
  readonly hoursPerWeek: number;
  /** The middle of the points of the work; null when no site has one. */
  readonly site: Vector | null;
  /** No point of the work is further from the middle. */
  readonly slackKm: number;
  /** There is one point of the work, so that a radius can be judged by it. */
  readonly isPoint: boolean;
  readonly within: (Vector & { readonly reach2: number }) | null;
  readonly statesNoSize: boolean;
}

/** What a package is looked up by, and what the bound of a score is worked out from. */
export interface Probe extends Conditions {
  readonly zones: readonly ZoneCode[];
  readonly nodes: readonly NodeRange[];
  /** By `who`: what it takes from the score, or `SHUT_OUT`. */
  readonly who: readonly number[];
  /** The latest first free day that still fits. */
  readonly freeBy: number;
  /** What capacity and certainty add when nothing is known against it. */
  readonly capacity: number;
  readonly certainty: number;
  /** What an activity that states no size loses of its certainty. */
  readonly noSize: number;
  readonly weights: Weights;
}

const DIGITS = 8;
/** Vectors are kept to half a metre on each axis. */
const ROUNDING_KM = 0.002;

/** The code itself and all below it are one range; each code above it, and each other trade of its groups, is one more. */
export function nodeRanges(code: Cpv, { tradeGroups, groupCloseness }: Weights): NodeRange[] {
  const depth = cpvDepth(code);
  const above = Array.from({ length: depth - 2 }, (_, i) => code.slice(0, i + 2).padEnd(DIGITS, '0'));
  const ancestors = [...new Set(above)].filter((ancestor) => ancestor !== code).map(nodeOf);
  return [
    { ...subtreeOf(code), depth, closeness: null },
    ...ancestors.map((node) => ({ low: node, high: node, depth, closeness: null })),
    ...companionsOf(tradeGroups, code).map((member) => ({
      ...subtreeOf(member),
      depth,
      closeness: groupCloseness,
    })),
  ];
}

function subtreeOf(code: Cpv): { readonly low: number; readonly high: number } {
  const low = nodeOf(code);
  return { low, high: low + 10 ** (DIGITS - cpvDepth(code)) - 1 };
}

function overlapsNone(ranges: readonly NodeRange[]): NodeRange[] {
  const seen = new Map(ranges.map((range) => [Object.values(range).join(' '), range]));
  return [...seen.values()];
}

function middleOf(points: readonly Point[]): { readonly site: Vector | null; readonly slackKm: number } {
  if (points.length === 0) return { site: null, slackKm: 0 };
  const sum = points.reduce((a, b) => ({ lat: a.lat + b.lat, lon: a.lon + b.lon }));
  const middle = { lat: sum.lat / points.length, lon: sum.lon / points.length };
  const furthest = Math.max(...points.map((point) => distanceKm(middle, point)));
  return { site: unitVector(middle), slackKm: furthest + ROUNDING_KM };
}

/** The part of a probe that is known when the package is published. */
export function conditionsOf(question: Pick<MatchQuestion, 'package' | 'sites'>): Conditions {
  const { package: asked, sites } = question;
  const points = sites.flatMap((site) => site.extent.points);
  const wish = asked.place.countryWideEnterprises;
  const within = asked.place.enterprisesWithin;
  const centre = within && parsePoint(`geo:${within.geo.replace(/^geo:/, '')}`);
  const weeks = weeksOfWork(asked);
  return {
    modes: modeBits(asked.mode === null ? [] : [asked.mode]),
    mask: FLAGS.reachable | (wish === 'include' ? 0 : FLAGS.countryWide),
    flags: FLAGS.reachable | (wish === 'only' ? FLAGS.countryWide : 0),
    proofs: proofBits(
      credentialsAsked(question)
        .filter((one) => !isOftenNotNeeded(one))
        .map(({ kind }) => kind),
    ),
    atLeast: asked.value === null ? Number.POSITIVE_INFINITY : Number(asked.value),
    atMost: asked.value === null ? 0 : Number(asked.value),
    // Hours of an activity are cut down to whole ones before they are compared.
    hoursPerWeek: asked.hours === null || weeks === null ? 0 : (asked.hours / weeks) * (1 - 1e-6),
    ...middleOf(points),
    isPoint: points.length === 1,
    within: within && centre ? { ...unitVector(centre), reach2: squaredChord(within.km) } : null,
    statesNoSize: asked.value === null && asked.hours === null,
  };
}

/** Days since `DAY_ZERO`: the latest first free day of an activity that can begin in time. */
export function freeByOf(start: Day | null, on: Day): number {
  return start === null ? dayNumber('9999-12-31') : dayNumber(start > on ? start : on);
}

/** The narrowest lookup that still finds every enterprise which the criteria could let pass, whole or in part. */
export function probeOf(question: MatchQuestion): Probe {
  const { package: asked, sites, geography, on, weights } = question;
  const perUnknown = weights.certainty / CRITERIA.length;
  const conditions = conditionsOf(question);
  const { statesNoSize } = conditions;
  return {
    ...conditions,
    zones: [...new Set(sites.flatMap((site) => codesOfSite(site, geography)))],
    nodes: overlapsNone(asked.trades.flatMap((trade) => nodeRanges(trade, weights))),
    who: admissionOf(question),
    freeBy: freeByOf(asked.start, on),
    capacity: weights.capacity * (statesNoSize ? 0.5 : 1),
    certainty: weights.certainty - (statesNoSize ? perUnknown : 0),
    noSize: statesNoSize ? 0 : perUnknown,
    weights,
  };
}

/** The one technique of asbestos removal without approval. */
function isOftenNotNeeded({ kind, technique }: { kind: string; technique: string | null }): boolean {
  return kind === 'asbestos' && technique !== null;
}

/** Also those that nearly fit: wider around, any size, kind, day and mode. Bounded, so not complete. */
export function nearProbeOf(question: MatchQuestion): Probe {
  const probe = probeOf(question);
  const around = question.sites.flatMap((site) =>
    codesNearSite(site, question.geography, NEAR_MISS_LIMITS.areaKm),
  );
  return {
    ...probe,
    zones: [...new Set([...probe.zones, ...around])],
    modes: modeBits([]),
    mask: 0,
    flags: 0,
    proofs: 0,
    who: anyone(),
    atLeast: Number.POSITIVE_INFINITY,
    atMost: 0,
    hoursPerWeek: 0,
    freeBy: dayNumber('9999-12-31'),
    isPoint: false,
    within: null,
  };
}
