const [CANDIDATES, MEMBERS, PROPOSED] = [40, 6, 5];
/** More than there are sets of up to six of forty, so that none of them is left out. */
const STEPS = 5_000_000;

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

/** Shares are sums of fractions: what is missing by less than this is rounding. */
export const EPSILON = 1e-9;

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
 * The best of the smallest sets of players that reach the mask and the quantity: fewest, nearest, most balanced. All
 * there are were looked at when no more than forty are given.
 */
export function smallestCovers<P extends Player>(
  given: readonly P[],
  target: bigint,
  quantity: number,
): P[][] {
  const players = withoutSurplusTwins(given);
  for (let size = 1; size <= MEMBERS; size += 1) {
    const found = bestCoversOf(size, players, target, quantity);
    if (found.length > 0) return found;
  }
  return [];
}

/** What every team that a branch leads to is at least; distances are rounded as those of teams are. */
interface Floor {
  readonly distance: number;
  readonly imbalance: number;
}

/**
 * Branches on who covers the first element that is missing; whoever was tried there is left out of the later branches, so
 * that each set is met once. A branch ends when the quantity or a place among the best is out of reach.
 */
function bestCoversOf<P extends Player>(
  size: number,
  all: readonly P[],
  target: bigint,
  quantity: number,
): P[][] {
  const players = all.toSorted((a, b) => a.distance - b.distance || a.share - b.share);
  const isOut = players.map(() => false);
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
  const extend = (team: readonly P[], mask: bigint, share: number, distance: number): void => {
    steps += 1;
    const missing = target & ~mask;
    if (missing === 0n && share >= quantity - EPSILON) return keep([...team]);
    const left = size - team.length;
    const free = players.filter((_, i) => !isOut[i]);
    if (left === 0 || free.length < left) return;
    const largest = free.reduce((most, player) => Math.max(most, player.share), 0);
    if (share + left * largest < quantity - EPSILON) return;
    const lowest = missing & -missing;
    const tried: number[] = [];
    for (const [i, player] of players.entries()) {
      if (isOut[i] || (lowest !== 0n && (player.mask & lowest) === 0n)) continue;
      if (steps >= STEPS) break;
      const grown = [...team, player];
      const nearest = distance + player.distance + (left - 1) * free[0]!.distance;
      isOut[i] = true;
      tried.push(i);
      if (isBeaten({ distance: rounded(nearest - EPSILON), imbalance: imbalance(grown) })) continue;
      extend(grown, mask | player.mask, share + player.share, distance + player.distance);
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
