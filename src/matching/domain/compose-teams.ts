import { credentialsAsked, describeCredential, holdingOf } from './criteria/credentials.js';
import type { MatchQuestion } from './criterion.js';
import { tradeRows } from './evaluate-activities.js';
import type { Evaluation } from './evaluate-enterprise.js';
import { fitnessOf } from './score.js';
import { bit, EPSILON, shortlist, smallestCovers, type Player } from './smallest-covers.js';

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

interface Candidate extends Player {
  readonly evaluation: Evaluation;
  readonly fitness: number;
}

/** Who is not located counts as far. */
const FAR_KM = 100;

function playersOf(question: MatchQuestion, evaluations: readonly Evaluation[]): Candidate[] {
  const asked = credentialsAsked(question);
  return evaluations
    .filter(
      ({ enterprise, fit, fails }) =>
        enterprise.openToTeams && (fit === 'partial' || isOnlyCredentials(fails)),
    )
    .map((evaluation): Candidate => {
      const { cells, enterprise } = evaluation;
      const ofCells = cells.reduce(
        (mask, cell, i) => (cell === 'holds' || cell === 'unknown' ? mask | bit(i) : mask),
        0n,
      );
      const mask = asked.reduce((sum, requirement, i) => {
        const { is } = holdingOf(question, enterprise.credentials, requirement, evaluation.part);
        return is !== 'missing' ? sum | bit(cells.length + i) : sum;
      }, ofCells);
      const fitness = fitnessOf(evaluation.parts, question.weights);
      const distance = evaluation.distanceKm ?? FAR_KM;
      return { id: enterprise.id, evaluation, mask, share: evaluation.share, fitness, distance };
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

function bestFirst(a: Candidate, b: Candidate): number {
  return (
    count(b.mask) - count(a.mask) || b.share - a.share || b.fitness - a.fitness || (a.id < b.id ? -1 : 1)
  );
}

function elementNames(question: MatchQuestion): string[] {
  const rows = tradeRows(question);
  const cells = rows.flatMap((row) =>
    question.sites.map((site) => (question.package.allTrades ? row[0]! : site.extent.key)),
  );
  return [...cells, ...credentialsAsked(question).map(describeCredential)];
}

function membersOf(
  question: MatchQuestion,
  team: readonly Candidate[],
  names: readonly string[],
): TeamMember[] {
  const isSplit = names.length - credentialsAsked(question).length > 1;
  const nearest = [...team].sort(
    (a, b) => (a.evaluation.distanceKm ?? 1e9) - (b.evaluation.distanceKm ?? 1e9) || bestFirst(a, b),
  );
  const taken = new Set<number>();
  const owns = nearest.map(({ mask }) => names.map((_, i) => (mask & bit(i)) !== 0n));
  /** By member: how many elements it could still take. */
  const open = owns.map((own) => own.filter(Boolean).length);
  return nearest.map((player, member) => {
    const own = [...names.keys()].filter((i) => owns[member]![i]);
    // What others cover as well is given to the nearest, unless the others would be left without a part.
    const part = own.filter((i) => {
      const isOnlyHope = owns.some((other, at) => at !== member && other[i] && open[at] === 1);
      if (taken.has(i) || isOnlyHope) return false;
      taken.add(i);
      for (const [at, other] of owns.entries()) if (other[i]) open[at]! -= 1;
      return true;
    });
    const covers = isSplit ? (part.length > 0 ? part : own).map((i) => names[i]!) : question.package.trades;
    return {
      enterpriseId: player.id,
      covers: [...new Set(covers)],
      share: round(player.share),
    };
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/**
 * Teams for a package that nobody covers alone: the smallest sets that cover all that can be covered (trades,
 * sites, credentials, quantity), nearest and most balanced first, at most five. Exact for up to forty
 * candidates; beyond, exact among forty of them.
 */
export function composeTeams(question: MatchQuestion, evaluations: readonly Evaluation[]): readonly Team[] {
  if (evaluations.some(({ fit }) => fit === 'match')) return [];
  const names = elementNames(question);
  const players = shortlist(playersOf(question, evaluations), names.length);
  const all = names.reduce((mask, _, i) => mask | bit(i), 0n);
  const reachable = players.reduce((mask, player) => mask | player.mask, 0n) & all;
  const quantity = Math.min(
    1,
    players.reduce((sum, { share }) => sum + share, 0),
  );
  const teams = smallestCovers(players, reachable, quantity).filter((team) => team.length > 1);
  const gaps = names.filter((_, i) => (reachable & bit(i)) === 0n);
  const shortfall = quantity < 1 - EPSILON ? [`${round(1 - quantity)}`] : [];
  return teams.map((team) => ({
    packageId: question.package.id,
    members: membersOf(question, team, names),
    coverage: round((count(reachable) / names.length) * quantity),
    gaps: [...new Set([...gaps, ...shortfall])],
  }));
}
