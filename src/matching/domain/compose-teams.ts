import { credentialsAsked, describeCredential, holdingOf } from './criteria/credentials.js';
import type { MatchQuestion } from './criterion.js';
import { tradeRows } from './evaluate-activities.js';
import type { Evaluation } from './evaluate-enterprise.js';
import { fitnessOf } from './score.js';

export interface TeamMember {
  readonly enterpriseId: string;
  /** Its part: trades when all are needed, else sites when there are several, else the trades of the package. */
  readonly covers: readonly string[];
  /** Share of the quantity it can take, 0 to 1. */
  readonly share: number;
}

/** Enterprises that together cover a package that none covers alone. */
export interface Team {
  readonly packageId: string;
  readonly members: readonly TeamMember[];
  /** 1 when everything is covered. */
  readonly coverage: number;
  readonly gaps: readonly string[];
}

export const TEAM_LIMITS = { exactCandidates: 40, members: 6, proposed: 5, steps: 200_000 } as const;

interface Player {
  readonly evaluation: Evaluation;
  /** Bit i: it covers element i, the cells first, then the credentials. */
  readonly mask: bigint;
  readonly share: number;
  readonly fitness: number;
}

/** Shares are sums of fractions: what is missing by less than this is rounding. */
const EPSILON = 1e-9;

function bit(i: number): bigint {
  return 1n << BigInt(i);
}

function playersOf(question: MatchQuestion, evaluations: readonly Evaluation[]): Player[] {
  const asked = credentialsAsked(question);
  return evaluations
    .filter(
      ({ enterprise, fit, fails }) =>
        enterprise.openToTeams && (fit === 'partial' || isOnlyCredentials(fails)),
    )
    .map((evaluation): Player => {
      const { cells, enterprise } = evaluation;
      const ofCells = cells.reduce(
        (mask, cell, i) => (cell === 'holds' || cell === 'unknown' ? mask | bit(i) : mask),
        0n,
      );
      const mask = asked.reduce((sum, requirement, i) => {
        const isHeld = holdingOf(question, enterprise.credentials, requirement) !== 'missing';
        return isHeld ? sum | bit(cells.length + i) : sum;
      }, ofCells);
      const fitness = fitnessOf(evaluation.parts, question.weights);
      return { evaluation, mask, share: evaluation.share, fitness };
    })
    .filter(({ mask, share }) => mask !== 0n && share > 0)
    .sort(bestFirst);
}

function isOnlyCredentials(fails: Evaluation['fails']): boolean {
  return fails.length === 1 && fails[0]!.key === 'credentials';
}

function count(mask: bigint): number {
  return mask.toString(2).replaceAll('0', '').length;
}

function bestFirst(a: Player, b: Player): number {
  return (
    count(b.mask) - count(a.mask) ||
    b.share - a.share ||
    b.fitness - a.fitness ||
    (a.evaluation.enterprise.id < b.evaluation.enterprise.id ? -1 : 1)
  );
}

/** Every smallest set of players that reaches the mask and the quantity; complete unless a step limit cuts it. */
function smallestCovers(players: readonly Player[], target: bigint, quantity: number): Player[][] {
  for (let size = 1; size <= TEAM_LIMITS.members; size += 1) {
    const found = new Map<string, Player[]>();
    let steps = 0;
    const extend = (
      team: readonly Player[],
      mask: bigint,
      share: number,
      used: ReadonlySet<Player>,
    ): void => {
      steps += 1;
      if (steps > TEAM_LIMITS.steps) return;
      const missing = target & ~mask;
      if (missing === 0n && share >= quantity - EPSILON) {
        const ids = team.map(({ evaluation }) => evaluation.enterprise.id).sort();
        found.set(ids.join(' '), [...team]);
        return;
      }
      const left = size - team.length;
      if (left === 0) return;
      const lowest = missing & -missing;
      const able = players.filter(
        (player) => !used.has(player) && (lowest === 0n || (player.mask & lowest) !== 0n),
      );
      const largest = Math.max(
        0,
        ...players.filter((player) => !used.has(player)).map((player) => player.share),
      );
      if (share + left * largest < quantity - EPSILON) return;
      const tried = new Set(used);
      for (const player of able) {
        tried.add(player);
        extend([...team, player], mask | player.mask, share + player.share, tried);
      }
    };
    extend([], 0n, 0, new Set());
    if (found.size > 0) return [...found.values()];
  }
  return [];
}

function elementNames(question: MatchQuestion): string[] {
  const rows = tradeRows(question);
  const cells = rows.flatMap((row) =>
    question.sites.map((site) => (question.package.allTrades ? row[0]! : site.extent.key)),
  );
  return [...cells, ...credentialsAsked(question).map(describeCredential)];
}

function membersOf(question: MatchQuestion, team: readonly Player[], names: readonly string[]): TeamMember[] {
  const taken = new Set<number>();
  const isSplit = names.length - credentialsAsked(question).length > 1;
  const nearest = [...team].sort(
    (a, b) => (a.evaluation.distanceKm ?? 1e9) - (b.evaluation.distanceKm ?? 1e9) || bestFirst(a, b),
  );
  const members = nearest.map((player) => {
    const own = names.flatMap((_, i) => ((player.mask & bit(i)) === 0n ? [] : [i]));
    const free = own.filter((i) => !taken.has(i));
    // What others cover as well is given to the nearest, unless the others would be left without a part.
    for (const i of free)
      if (!team.some((other) => other !== player && isOnlyHope(other, i, names, taken))) taken.add(i);
    const part = free.filter((i) => taken.has(i));
    const covers = isSplit ? (part.length > 0 ? part : own).map((i) => names[i]!) : question.package.trades;
    return {
      enterpriseId: player.evaluation.enterprise.id,
      covers: [...new Set(covers)],
      share: round(player.share),
    };
  });
  return members;
}

/** True when element i is the last one that this player could still take. */
function isOnlyHope(
  player: Player,
  i: number,
  names: readonly string[],
  taken: ReadonlySet<number>,
): boolean {
  const open = names.flatMap((_, at) => ((player.mask & bit(at)) !== 0n && !taken.has(at) ? [at] : []));
  return open.length === 1 && open[0] === i;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function totalDistance(team: readonly Player[]): number {
  return team.reduce((sum, { evaluation }) => sum + (evaluation.distanceKm ?? 100), 0);
}

/** Difference between the largest and the smallest share: a balanced team leaves nobody aside. */
function imbalance(team: readonly Player[]): number {
  const shares = team.map(({ share }) => share);
  return Math.max(...shares) - Math.min(...shares);
}

/**
 * Teams for a package that nobody covers alone: the smallest sets that cover all that can be covered (trades,
 * sites, credentials, quantity), nearest and most balanced first, at most five. Exact for up to forty
 * candidates; beyond, exact among the forty best.
 */
export function composeTeams(question: MatchQuestion, evaluations: readonly Evaluation[]): readonly Team[] {
  if (evaluations.some(({ fit }) => fit === 'match')) return [];
  const players = playersOf(question, evaluations).slice(0, TEAM_LIMITS.exactCandidates);
  const names = elementNames(question);
  const all = names.reduce((mask, _, i) => mask | bit(i), 0n);
  const reachable = players.reduce((mask, player) => mask | player.mask, 0n) & all;
  const quantity = Math.min(
    1,
    players.reduce((sum, { share }) => sum + share, 0),
  );
  const teams = smallestCovers(players, reachable, quantity).filter((team) => team.length > 1);
  const gaps = names.filter((_, i) => (reachable & bit(i)) === 0n);
  const shortfall = quantity < 1 - EPSILON ? [`${round(1 - quantity)}`] : [];
  return teams
    .sort((a, b) => totalDistance(a) - totalDistance(b) || imbalance(a) - imbalance(b) || compareIds(a, b))
    .slice(0, TEAM_LIMITS.proposed)
    .map((team) => ({
      packageId: question.package.id,
      members: membersOf(question, team, names),
      coverage: round((count(reachable) / names.length) * quantity),
      gaps: [...new Set([...gaps, ...shortfall])],
    }));
}

function compareIds(a: readonly Player[], b: readonly Player[]): number {
  const key = (team: readonly Player[]): string =>
    team
      .map(({ evaluation }) => evaluation.enterprise.id)
      .sort()
      .join(' ');
  return key(a) < key(b) ? -1 : 1;
}
