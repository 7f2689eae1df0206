import { cpvDepth } from '../../kernel/index.js';
import { pointOf, type Enterprise, type Geography } from '../../registry/domain/index.js';
import type { MatchQuestion } from './criterion.js';
import { conditionsOf, freeByOf, nodeRanges, type Conditions } from './probe.js';
import { above, below, nodeOf, projectPostings, type Posting } from './project-postings.js';
import { companionsOf } from './trade-groups.js';
import type { Weights } from './weights.js';
import { cellsReached, codesSiteIsUnder, isCell, ANYWHERE, type ZoneCode } from './zone-codes.js';

/** A change of what is written here, of the trade groups among it, so that every open package must be written again. */
export const DEMAND_LAYOUT = 2;

/** A trade that a package is written under. */
export interface DemandedNode {
  readonly node: number;
  /** Of the trade asked; null where it is another trade of its group alone. */
  readonly depth: number | null;
  /** Of another trade of the group of one that is asked. */
  readonly closeness: number | null;
}

/** What an open package is looked up by: each of its zones under each of its trades, with what it asks beside. */
export interface Demand extends Conditions {
  readonly zones: readonly ZoneCode[];
  readonly nodes: readonly DemandedNode[];
  readonly freeBy: number;
}

/** No day is before it: what day it is will be known when an enterprise asks. */
const ANY_DAY = '0001-01-01';

/** Where the work is, and what it asks with the other trades of its groups; all below each is meant. */
export function demandOf(
  question: Pick<MatchQuestion, 'package' | 'sites' | 'geography' | 'weights'>,
): Demand {
  const { package: asked, sites, geography, weights } = question;
  const conditions = conditionsOf(question);
  const { atLeast, atMost, hoursPerWeek, within } = conditions;
  return {
    ...conditions,
    zones: [...new Set(sites.flatMap((site) => codesSiteIsUnder(site, geography)))],
    nodes: nodesOf(asked.trades, weights),
    freeBy: freeByOf(asked.start, ANY_DAY),
    // As four-byte numbers keep them, so that nobody is lost by rounding.
    atLeast: above(atLeast),
    atMost: below(atMost),
    hoursPerWeek: below(hoursPerWeek),
    within: within && { ...within, reach2: above(within.reach2) },
  };
}

function nodesOf(trades: readonly string[], { tradeGroups, groupCloseness }: Weights): DemandedNode[] {
  const companions = new Set(trades.flatMap((code) => companionsOf(tradeGroups, code)));
  return [...new Set([...trades, ...companions])].map((code) => ({
    node: nodeOf(code),
    depth: trades.includes(code) ? cpvDepth(code) : null,
    closeness: companions.has(code) ? groupCloseness : null,
  }));
}

/** What one activity may serve, as packages are written. */
export interface Reach {
  readonly zones: readonly ZoneCode[];
  /** With the depth of the trade that is offered. */
  readonly nodes: readonly { readonly low: number; readonly high: number; readonly depth: number }[];
  /** What is offered there; the same for all its zones and trades. */
  readonly offered: Omit<Posting, 'zone' | 'node' | 'depth'>;
}

/**
 * The narrowest look-up of demand that still finds every package which the criteria could let the enterprise pass for,
 * whole or in part. Enterprises that have stopped reach nothing.
 */
export function reachOf(enterprise: Enterprise, geography: Geography, weights: Weights): readonly Reach[] {
  const point = pointOf(enterprise.location, geography);
  const activities = [...enterprise.activities, ...enterprise.members.flatMap((member) => member.activities)];
  const alike = Map.groupBy(
    projectPostings(enterprise, geography),
    ({ activity, reach2 }) => `${activity} ${reach2}`,
  );
  return [...alike.values()].map((postings) => {
    const offered = postings[0]!;
    const { trades, zone } = activities[offered.activity]!;
    const ranges = trades.flatMap((code) => nodeRanges(code, { ...weights, tradeGroups: [] }));
    return {
      zones: isCell(offered.zone)
        ? cellsReached(point!, zone.km!)
        : [...new Set(postings.map((one) => one.zone)), ANYWHERE],
      nodes: [...new Map(ranges.map((one) => [`${one.low} ${one.high} ${one.depth}`, one])).values()],
      offered,
    };
  });
}
