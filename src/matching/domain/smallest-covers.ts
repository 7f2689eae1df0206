import { deliverable, EPSILON, weightOf } from './deliverable.js';

/** Bounds of a search for teams: all sets of up to so many members of so many candidates are looked at, and larger ones as far as the steps go. */
export const TEAM_LIMITS = { candidates: 40, exact: 6, members: 12, proposed: 5 } as const;
const { candidates: CANDIDATES, exact: EXACT, members: MEMBERS, proposed: PROPOSED } = TEAM_LIMITS;
/** More than there are sets of up to six of forty, so that none of them is left out. */
const STEPS = 5_000_000;
/** For teams of more than that, of one size. */
const STEPS_BEYOND = 200_000;
/** What it costs to share out the work of one set. */
const STEPS_TO_SHARE_OUT = 10;

/** Somebody who could be in a team. */
export interface Player {
  readonly id: string;
  /** Bit i: it covers element i. */
  readonly mask: bigint;
  /** Of the quantity, 0 to 1. */
  readonly share: number;
  /** Kilometres. */
  readonly distance: number;
}

export function bit(i: number): bigint {
  return 1n << BigInt(i);
}

/**
 * As many as can be looked at exactly. The two best holders of each element come first, so that what is rare stays
 * covered, then the best of the rest.
 */
export function shortlist<P extends Player>(players: readonly P[], elements: number): readonly P[] {
  const holders = Array.from({ length: elements }, (_, i) =>
    players.filter(({ mask }) => (mask & bit(i)) !== 0n).slice(0, 2),
  );
  return [...new Set([...holders.flat(), ...players])].slice(0, CANDIDATES);
}

/**
 * Who covers, takes and lies the same stands in for one another: of those only the first by identity can be in one of the
 * teams proposed, as many as a team has members and as there are teams.
 */
function withoutSurplusTwins<P extends Player>(players: readonly P[]): P[] {
  const twins = Map.groupBy(players, ({ mask, share, distance }) => `${mask} ${share} ${distance}`);
  const most = MEMBERS + PROPOSED - 1;
  return [...twins.values()].flatMap((alike) =>
    alike.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, most),
  );
}

/** Nearest, then most balanced, then by identity. */
function compareTeams(a: readonly Player[], b: readonly Player[]): number {
  return totalDistance(a) - totalDistance(b) || imbalance(a) - imbalance(b) || compareIds(a, b);
}

/**
 * The best of the smallest sets of players that cover all that all of them cover, and do as much of it as all of them
 * could: fewest, nearest, most balanced. Of up to forty players all sets of up to six were looked at. Larger teams are
 * looked for as far as the steps go; past that, or past twelve members, one that grew by whoever adds most is given, if only for a part.
 * @param weights of each element, of the whole; an element without quantity weighs nothing
 */
export function smallestCovers<P extends Player>(given: readonly P[], weights: readonly number[]): P[][] {
  const players = withoutSurplusTwins(given);
  const target = players.reduce((all, { mask }) => all | mask, 0n);
  const quantity = deliverable(players, weights);
  for (let size = 1; size <= Math.min(MEMBERS, players.length); size += 1) {
    const found = bestCoversOf(size, players, { target, quantity, weights });
    if (found.length > 0) return found;
  }
  const grown = grownTeam(players, weights);
  return grown.length > 0 ? [grown] : [];
}

/** Grows by whoever adds most to what is done, then to what is covered, then is nearest; whoever adds nothing in the end is left out. */
function grownTeam<P extends Player>(players: readonly P[], weights: readonly number[]): P[] {
  const worth = (team: readonly P[]): readonly [number, number] => [
    deliverable(team, weights),
    countOf(team.reduce((all, { mask }) => all | mask, 0n)),
  ];
  const isMore = (a: readonly [number, number], b: readonly [number, number]): boolean =>
    a[0] > b[0] + EPSILON || (a[0] > b[0] - EPSILON && a[1] > b[1]);
  const nearest = players.toSorted((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1));
  let team: P[] = [];
  while (team.length < MEMBERS) {
    let [best, is] = [team, worth(team)];
    for (const player of nearest) {
      if (team.includes(player)) continue;
      const made = worth([...team, player]);
      if (isMore(made, is)) [best, is] = [[...team, player], made];
    }
    if (best === team) break;
    team = best;
  }
  for (const player of team) {
    const without = team.filter((one) => one !== player);
    if (!isMore(worth(team), worth(without))) team = without;
  }
  return team;
}

export function countOf(mask: bigint): number {
  return mask.toString(2).replaceAll('0', '').length;
}

/** What every team that a branch leads to is at least; distances are rounded as those of teams are. */
interface Floor {
  readonly distance: number;
  readonly imbalance: number;
}

interface Goal {
  readonly target: bigint;
  /** What all of them together could do, 0 to 1. */
  readonly quantity: number;
  readonly weights: readonly number[];
}

/**
 * Branches on who covers the first element that is missing; whoever was tried there is left out of the later branches, so
 * that each set is met once. A branch ends when the quantity, what is missing or a place among the best is out of reach.
 */
function bestCoversOf<P extends Player>(
  size: number,
  all: readonly P[],
  { target, quantity, weights }: Goal,
): P[][] {
  const players = all.toSorted((a, b) => a.distance - b.distance || a.share - b.share);
  const isOut = players.map(() => false);
  // Of its share, what there is to do where it works.
  const uses = new Map(players.map((one) => [one, Math.min(one.share, weightOf(one.mask, weights))]));
  const isAble = new Map(players.map((one) => [one, one.share >= weightOf(one.mask, weights) - EPSILON]));
  const most = size > EXACT ? STEPS_BEYOND : STEPS;
  const best: P[][] = [];
  let worst: Floor = { distance: Infinity, imbalance: Infinity };
  let steps = 0;
  const keep = (team: P[]): void => {
    best.push(team);
    best.sort(compareTeams).splice(PROPOSED);
    const last = best[PROPOSED - 1];
    if (last) worst = { distance: totalDistance(last), imbalance: imbalance(last) };
  };
  const isBeaten = ({ distance, imbalance: uneven }: Floor): boolean =>
    distance > worst.distance || (distance === worst.distance && uneven > worst.imbalance + EPSILON);
  // Members who could do all that they cover do, and all is covered.
  const doesIt = (team: readonly P[]): boolean => {
    if (team.every((one) => isAble.get(one))) return true;
    steps += STEPS_TO_SHARE_OUT;
    return deliverable(team, weights) >= quantity - EPSILON;
  };
  const extend = (team: readonly P[], mask: bigint, share: number, distance: number): void => {
    steps += 1;
    const missing = target & ~mask;
    if (missing === 0n && share >= quantity - EPSILON && doesIt(team)) return keep([...team]);
    const left = size - team.length;
    const free = players.filter((_, i) => !isOut[i]);
    if (left === 0 || free.length < left) return;
    const largest = free.reduce((most_, player) => Math.max(most_, uses.get(player)!), 0);
    if (share + left * largest < quantity - EPSILON) return;
    if (size > EXACT && countOf(missing) > left * Math.max(...free.map((one) => countOf(one.mask & missing))))
      return;
    const lowest = missing & -missing;
    const tried: number[] = [];
    for (const [i, player] of players.entries()) {
      if (isOut[i] || (lowest !== 0n && (player.mask & lowest) === 0n)) continue;
      if (steps >= most) break;
      const grown = [...team, player];
      const nearest = distance + player.distance + (left - 1) * free[0]!.distance;
      isOut[i] = true;
      tried.push(i);
      if (isBeaten({ distance: rounded(nearest - EPSILON), imbalance: imbalance(grown) })) continue;
      extend(grown, mask | player.mask, share + uses.get(player)!, distance + player.distance);
    }
    for (const i of tried) isOut[i] = false;
  };
  extend([], 0n, 0, 0);
  return best;
}

function totalDistance(team: readonly Player[]): number {
  return rounded(team.reduce((all, { distance }) => all + distance, 0));
}

/** To millimetres, so that the order in which kilometres are added up does not tell. */
function rounded(km: number): number {
  return Math.round(km * 1e6) / 1e6;
}

/** Difference between the largest and the smallest share: a balanced team leaves nobody aside. */
function imbalance(team: readonly Player[]): number {
  const shares = team.map(({ share }) => share);
  return Math.max(...shares) - Math.min(...shares);
}

function compareIds(a: readonly Player[], b: readonly Player[]): number {
  const key = (team: readonly Player[]): string =>
    team
      .map(({ id }) => id)
      .sort()
      .join(' ');
  return key(a) < key(b) ? -1 : 1;
}
