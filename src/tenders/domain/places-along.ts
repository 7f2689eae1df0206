import type { Home, PlacementChange } from './package-algebra.js';

/** An act on packages that was done: which lines it moved, and where the packages were done before it. */
export interface PastAct {
  readonly id: string;
  /** The act that it took back. */
  readonly undoes: string | null;
  readonly moved: PlacementChange['moved'];
  readonly sites: SitesOf;
}

type SitesOf = ReadonlyMap<string, readonly string[]>;

/** A line that was moved, from there on. */
interface MovedLine {
  /** Null outside of all packages. */
  readonly home: string | null;
  /** Where it is done. */
  readonly sites: readonly string[];
  /** What of that its package would not have without it. */
  readonly brought: readonly string[];
}

type Moved = ReadonlyMap<string, MovedLine>;

/**
 * Where packages are done once lines move: a package is done where the lines are done that it takes in, and there no
 * more once these have left it. What a person said of its places stays.
 * @param sites of the packages that are there, before the lines move
 * @returns the packages that lines leave or come to
 */
export function sitesAfter(
  past: readonly PastAct[],
  moved: PlacementChange['moved'],
  sites: SitesOf,
): SitesOf {
  const before = replayed(past);
  const after = step(before, moved, sites);
  const touched = new Set(moved.flatMap(({ from, to }) => [packageOf(from), packageOf(to)]));
  return new Map(
    [...touched].flatMap((id): [string, readonly string[]][] => {
      if (id === null) return [];
      const own = ownSites(before, sites, id);
      const brought = broughtTo(after, id);
      const kept = (sites.get(id) ?? []).filter((site) => own.includes(site) || brought.has(site));
      return [[id, [...new Set([...kept, ...brought])]]];
    }),
  );
}

function replayed(past: readonly PastAct[]): Moved {
  const until = new Map<string, Moved>();
  let lines: Moved = new Map();
  for (const { id, undoes, moved, sites } of past) {
    until.set(id, lines);
    lines = undoes === null ? step(lines, moved, sites) : (until.get(undoes) ?? lines);
  }
  return lines;
}

function step(lines: Moved, moved: PlacementChange['moved'], sites: SitesOf): Moved {
  const next = new Map(lines);
  for (const { line, from, to } of moved) {
    const [left, home] = [packageOf(from), packageOf(to)];
    const known = lines.get(line);
    // Somebody may have corrected the places of the package since.
    const isStillThere =
      left === null || known?.sites.every((site) => sites.get(left)?.includes(site)) === true;
    const own = known && isStillThere ? known.sites : left === null ? [] : ownSites(lines, sites, left);
    const there = home === null ? own : ownSites(lines, sites, home);
    next.set(line, { home, sites: own, brought: own.filter((site) => !there.includes(site)) });
  }
  return next;
}

function ownSites(lines: Moved, sites: SitesOf, id: string): readonly string[] {
  const brought = broughtTo(lines, id);
  return (sites.get(id) ?? []).filter((site) => !brought.has(site));
}

function broughtTo(lines: Moved, id: string): ReadonlySet<string> {
  return new Set([...lines.values()].flatMap(({ home, brought }) => (home === id ? brought : [])));
}

function packageOf(home: Home): string | null {
  return 'packageId' in home ? home.packageId : null;
}
