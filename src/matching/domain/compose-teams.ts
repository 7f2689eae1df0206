import { isReachable } from './criteria/contact.js';
import { credentialsAsked, describeCredential, holdingOf } from './criteria/credentials.js';
import { atomsServed } from './criteria/zone.js';
import type { MatchQuestion } from './criterion.js';
import { deliverable, EPSILON, weightOf } from './deliverable.js';
import { ableActivities, tradeRows } from './evaluate-activities.js';
import { candidateOf, fitOf, type Evaluation } from './evaluate-enterprise.js';
import { fitnessOf } from './score.js';
import { bit, countOf, shortlist, smallestCovers, type Player } from './smallest-covers.js';

export interface TeamMember {
  readonly enterpriseId: string;
  /** Its part: trades when all are needed, else sites, or municipalities of one, when there are several, else the trades of the package. */
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

/** Of more cells than that, sites are not looked at part by part. */
const MOST_CELLS_SPLIT = 200;

/** What somebody has to do: a trade, or any of them, at a site or at parts of it; or a proof that somebody has to hold. */
interface Element {
  /** What pages and mails name it by. */
  readonly names: readonly string[];
  /** Of the whole; a proof weighs nothing. */
  readonly weight: number;
  /** Of the evaluation; null for a proof. */
  readonly cell: number | null;
  /** Of the parts of a site that the same ones serve, one. */
  readonly atom: string | null;
}

/** Whether somebody does a cell, or a part of it. */
type IsServed = (evaluation: Evaluation, cell: number, atom: string | null) => boolean;

/**
 * Trades weigh the same at each site, and sites weigh the same: nothing says more. A site that somebody serves in part is
 * looked at part by part, those that the same ones serve together, so that whoever serves a part of it adds up.
 */
function elementsOf(
  question: MatchQuestion,
  evaluations: readonly Evaluation[],
  isServed: IsServed,
): readonly Element[] {
  const rows = tradeRows(question);
  const { sites, package: asked } = question;
  const count = rows.length * sites.length;
  const ofCells = rows.flatMap((row, i) =>
    sites.flatMap(({ extent }, at): Element[] => {
      const cell = i * sites.length + at;
      const name = asked.allTrades ? row[0]! : extent.key;
      const isSplit = count <= MOST_CELLS_SPLIT && evaluations.some(({ cells }) => cells[cell] === 'part');
      if (!isSplit || extent.atoms === null) return [{ names: [name], weight: 1 / count, cell, atom: null }];
      const alike = Map.groupBy(extent.atoms, (atom) =>
        evaluations.map((one) => (isServed(one, cell, atom) ? '1' : '0')).join(''),
      );
      return [...alike.values()].map((atoms) => ({
        names: asked.allTrades ? [name] : [...new Set(atoms.map((atom) => `nis:${atom.split('/')[0]}`))],
        weight: atoms.length / extent.atoms!.size / count,
        cell,
        atom: atoms[0]!,
      }));
    }),
  );
  const proofs = credentialsAsked(question).map((one): Element => {
    return { names: [describeCredential(one)], weight: 0, cell: null, atom: null };
  });
  return [...ofCells, ...proofs];
}

function playersOf(
  question: MatchQuestion,
  evaluations: readonly Evaluation[],
  elements: readonly Element[],
  isServed: IsServed,
): Candidate[] {
  const asked = credentialsAsked(question);
  const firstProof = elements.length - asked.length;
  return evaluations
    .map((evaluation): Candidate => {
      const { enterprise } = evaluation;
      const ofCells = elements.reduce(
        (mask, { cell, atom }, i) =>
          cell !== null && isServed(evaluation, cell, atom) ? mask | bit(i) : mask,
        0n,
      );
      const mask = asked.reduce((sum, requirement, i) => {
        const { is } = holdingOf(question, enterprise.credentials, requirement, evaluation.part);
        return is !== 'missing' ? sum | bit(firstProof + i) : sum;
      }, ofCells);
      const fitness = fitnessOf(evaluation.parts, question.weights);
      const distance = evaluation.distanceKm ?? FAR_KM;
      return { id: enterprise.id, evaluation, mask, share: evaluation.share, fitness, distance };
    })
    .filter(({ mask, share }) => mask !== 0n && share > 0)
    .sort(bestFirst);
}

/** Parts are worked out once for each enterprise and cell that are asked for. */
function servedIn(question: MatchQuestion): IsServed {
  const { sites, geography } = question;
  const rows = tradeRows(question);
  const known = new Map<string, ReadonlySet<string>>();
  const partsOf = ({ enterprise, standing }: Evaluation, cell: number): ReadonlySet<string> => {
    const candidate = candidateOf(enterprise, question, standing);
    const site = sites[cell % sites.length]!;
    const activities = ableActivities(question, candidate, rows[Math.floor(cell / sites.length)]!);
    return new Set(activities.flatMap(({ zone }) => [...atomsServed(zone, candidate, site, geography)]));
  };
  return (evaluation, cell, atom) => {
    const service = evaluation.cells[cell]!;
    if (service !== 'part') return service === 'holds' || service === 'unknown';
    if (atom === null) return false;
    const name = `${cell} ${evaluation.enterprise.id}`;
    const parts = known.get(name) ?? partsOf(evaluation, cell);
    known.set(name, parts);
    return parts.has(atom);
  };
}

/** Who pauses may still do a part for others, when it says so: all but the pause is asked of it. */
function canJoin({ enterprise, fails, criteria, cells }: Evaluation): boolean {
  const left = fails.filter(
    (fail) => !(fail.because.code === 'contact.not-active' && isPartnerInPause(enterprise)),
  );
  return enterprise.openToTeams && (fitOf(left, criteria, cells) === 'partial' || isOnlyCredentials(left));
}

function isPartnerInPause(enterprise: Evaluation['enterprise']): boolean {
  const { active, delisted, partnerInPause = false } = enterprise;
  return !active && !delisted && partnerInPause && isReachable(enterprise);
}

function isOnlyCredentials(fails: Evaluation['fails']): boolean {
  return fails.length === 1 && fails[0]!.key === 'credentials';
}

function bestFirst(a: Candidate, b: Candidate): number {
  return (
    countOf(b.mask) - countOf(a.mask) || b.share - a.share || b.fitness - a.fitness || (a.id < b.id ? -1 : 1)
  );
}

function membersOf(
  question: MatchQuestion,
  team: readonly Candidate[],
  elements: readonly Element[],
): TeamMember[] {
  const isSplit = elements.filter(({ cell }) => cell !== null).length > 1;
  const nearest = [...team].sort(
    (a, b) => (a.evaluation.distanceKm ?? 1e9) - (b.evaluation.distanceKm ?? 1e9) || bestFirst(a, b),
  );
  const taken = new Set<number>();
  const owns = nearest.map(({ mask }) => elements.map((_, i) => (mask & bit(i)) !== 0n));
  /** By member: how many elements it could still take. */
  const open = owns.map((own) => own.filter(Boolean).length);
  return nearest.map((player, member) => {
    const own = [...elements.keys()].filter((i) => owns[member]![i]);
    // What others cover as well is given to the nearest, unless the others would be left without a part.
    const part = own.filter((i) => {
      const isOnlyHope = owns.some((other, at) => at !== member && other[i] && open[at] === 1);
      if (taken.has(i) || isOnlyHope) return false;
      taken.add(i);
      for (const [at, other] of owns.entries()) if (other[i]) open[at]! -= 1;
      return true;
    });
    const covers = isSplit
      ? namesOf(question, elements, part.length > 0 ? part : own)
      : question.package.trades;
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

/** Elements by name; a site of which all parts are there by its own. */
function namesOf(
  { sites, package: { allTrades } }: MatchQuestion,
  elements: readonly Element[],
  some: readonly number[],
): string[] {
  const byCell = Map.groupBy(some, (i) => elements[i]!.cell);
  const ofCell = Map.groupBy(elements, ({ cell }) => cell);
  return [...byCell].flatMap(([cell, own]) => {
    const isWhole = cell !== null && own.length === ofCell.get(cell)!.length;
    return isWhole && !allTrades
      ? [sites[cell % sites.length]!.extent.key]
      : own.flatMap((i) => elements[i]!.names);
  });
}

/**
 * Teams for a package that nobody covers alone: the smallest sets that cover all that can be covered (trades,
 * sites and their parts, credentials, quantity at each of them), nearest and most balanced first, at most five.
 * @see smallestCovers for what is exact
 */
export function composeTeams(question: MatchQuestion, evaluations: readonly Evaluation[]): readonly Team[] {
  if (evaluations.some(({ fit }) => fit === 'match')) return [];
  const able = evaluations.filter(canJoin);
  const isServed = servedIn(question);
  const elements = elementsOf(question, able, isServed);
  const players = shortlist(playersOf(question, able, elements, isServed), elements.length);
  const weights = elements.map(({ weight }) => weight);
  const teams = smallestCovers(players, weights).filter((team) => team.length > 1);
  return teams.map((team) => {
    const covered = team.reduce((mask, player) => mask | player.mask, 0n);
    const missing = [...elements.keys()].filter((i) => (covered & bit(i)) === 0n);
    // Of what is covered, the part that their quantities allow.
    const quantity = Math.min(1, deliverable(team, weights) / Math.max(EPSILON, weightOf(covered, weights)));
    const shortfall = quantity < 1 - EPSILON ? [`${round(1 - quantity)}`] : [];
    return {
      packageId: question.package.id,
      members: membersOf(question, team, elements),
      coverage: round(coveredShare(elements, missing) * quantity),
      gaps: [...new Set([...namesOf(question, elements, missing), ...shortfall])],
    };
  });
}

/** Cells and proofs count alike; a part of a cell for its part. */
function coveredShare(elements: readonly Element[], missing: readonly number[]): number {
  const cells =
    new Set(elements.map(({ cell }) => cell)).size - (elements.some(({ cell }) => cell === null) ? 1 : 0);
  const worth = ({ cell, weight }: Element): number => (cell === null ? 1 : weight * cells);
  const sum = (some: readonly Element[]): number => some.reduce((all, one) => all + worth(one), 0);
  return 1 - sum(missing.map((i) => elements[i]!)) / Math.max(EPSILON, sum(elements));
}
