import { pointOf, type Enterprise, type Geography } from '../../registry/domain/index.js';
import type { MatchQuestion } from './criterion.js';
import { nodeRanges } from './probe.js';
import { nodeOf, zonesOf } from './project-postings.js';
import { companionsOf } from './trade-groups.js';
import type { Weights } from './weights.js';
import { cellsReached, codesSiteIsUnder, isCell, ANYWHERE, type ZoneCode } from './zone-codes.js';

/** A change of what is written here, of the trade groups among it, so that every open package must be written again. */
export const DEMAND_LAYOUT = 1;

/** What an open package is looked up by: each of its zones under each of its trades. */
export interface Demand {
  readonly zones: readonly ZoneCode[];
  readonly nodes: readonly number[];
}

/** Where the work is, and what it asks with the other trades of its groups; all below each is meant. */
export function demandOf({
  package: asked,
  sites,
  geography,
  weights,
}: Pick<MatchQuestion, 'package' | 'sites' | 'geography' | 'weights'>): Demand {
  const codes = asked.trades.flatMap((code) => [code, ...companionsOf(weights.tradeGroups, code)]);
  return {
    zones: [...new Set(sites.flatMap((site) => codesSiteIsUnder(site, geography)))],
    nodes: [...new Set(codes.map(nodeOf))],
  };
}

/** What one activity may serve, as packages are written. */
export interface Reach {
  readonly zones: readonly ZoneCode[];
  readonly nodes: readonly { readonly low: number; readonly high: number }[];
}

/**
 * The narrowest look-up of demand that still finds every package which the criteria could let the enterprise pass for,
 * whole or in part: trade and zone of one activity. Enterprises that have stopped reach nothing.
 */
export function reachOf(enterprise: Enterprise, geography: Geography, weights: Weights): readonly Reach[] {
  if (!enterprise.active || enterprise.delisted) return [];
  const point = pointOf(enterprise.location, geography);
  const activities = [...enterprise.activities, ...enterprise.members.flatMap((member) => member.activities)];
  return activities.map((activity) => {
    const written = zonesOf(enterprise, activity, geography).map(({ zone }) => zone);
    const around =
      activity.zone.type === 'radius' && point && activity.zone.km !== null
        ? cellsReached(point, activity.zone.km)
        : [];
    const ranges = activity.trades.flatMap((code) => nodeRanges(code, { ...weights, tradeGroups: [] }));
    return {
      zones: [...new Set([...written.filter((zone) => !isCell(zone)), ...around, ANYWHERE])],
      nodes: [...new Map(ranges.map(({ low, high }) => [`${low} ${high}`, { low, high }])).values()],
    };
  });
}
