import { cpvDepth, type Cpv, type Day } from '../../kernel/index.js';
import { parsePoint } from '../../registry/domain/index.js';
import type { MatchQuestion } from './criterion.js';
import { NEAR_MISS_LIMITS } from './propose-changes.js';
import { modeBits, nodeOf } from './project-offers.js';
import { codesNearSite, codesOfSite, squaredChord, unitVector, type ZoneCode } from './zone-codes.js';

/** Codes of the vocabulary between two numbers, both inside. */
export interface NodeRange {
  readonly low: number;
  readonly high: number;
  /** Depth of the trade asked. */
  readonly depth: number;
}

/** What a package is looked up by. */
export interface Probe {
  readonly zones: readonly ZoneCode[];
  readonly nodes: readonly NodeRange[];
  readonly modes: number;
  readonly kinds: readonly string[] | null;
  readonly countryWide: boolean | null;
  readonly value: number | null;
  /** The latest first free day that still fits; null when the start is not stated. */
  readonly freeBy: Day | null;
  /** The one point of the work; null when there are several or none. */
  readonly site: { readonly x: number; readonly y: number; readonly z: number } | null;
  readonly within: {
    readonly x: number;
    readonly y: number;
    readonly z: number;
    readonly reach2: number;
  } | null;
}

const DIGITS = 8;

/** The code itself and all below it are one range; each code above it is one more. */
export function nodeRanges(code: Cpv): NodeRange[] {
  const depth = cpvDepth(code);
  const low = nodeOf(code);
  const above = Array.from({ length: depth - 2 }, (_, i) => code.slice(0, i + 2).padEnd(DIGITS, '0'));
  const ancestors = [...new Set(above)].filter((ancestor) => ancestor !== code).map(nodeOf);
  return [
    { low, high: low + 10 ** (DIGITS - depth) - 1, depth },
    ...ancestors.map((node) => ({ low: node, high: node, depth })),
  ];
}

function overlapsNone(ranges: readonly NodeRange[]): NodeRange[] {
  const seen = new Set<string>();
  return ranges.filter(({ low, high }) => {
    const key = `${low}-${high}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

/** The narrowest lookup that still finds every enterprise which the criteria could let pass, whole or in part. */
export function probeOf(question: MatchQuestion): Probe {
  const { package: asked, sites, geography, on } = question;
  const points = sites.flatMap((site) => site.extent.points);
  const wish = asked.place.countryWideEnterprises;
  const within = asked.place.enterprisesWithin;
  const centre = within && parsePoint(`geo:${within.geo.replace(/^geo:/, '')}`);
  return {
    zones: [...new Set(sites.flatMap((site) => codesOfSite(site, geography)))],
    nodes: overlapsNone(asked.trades.flatMap(nodeRanges)),
    modes: modeBits(asked.mode === null ? [] : [asked.mode]),
    kinds: asked.kinds !== null && asked.kinds.length > 0 ? asked.kinds : null,
    countryWide: wish === 'include' ? null : wish === 'only',
    value: asked.value === null ? null : Number(asked.value),
    freeBy: asked.start === null ? null : asked.start > on ? asked.start : on,
    site: points.length === 1 ? unitVector(points[0]!) : null,
    within: within && centre ? { ...unitVector(centre), reach2: squaredChord(within.km) } : null,
  };
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
    kinds: null,
    countryWide: null,
    value: null,
    freeBy: null,
    site: null,
    within: null,
  };
}
