import type { Decimal } from '../../kernel/index.js';
import { priceOfQuantity } from './check-sums.js';

/** Where a line is: in a package, or in none and why. */
export type Home = { readonly packageId: string } | { readonly reason: string };

export interface PlacedLine {
  readonly id: string;
  readonly lotId: string;
  readonly home: Home;
}

export interface PlacedPackage {
  readonly id: string;
  readonly lotId: string;
  readonly title: string;
}

/** Which line is in which package. Packages of lots without lines hold none. */
export interface Placement {
  readonly packages: ReadonlyMap<string, PlacedPackage>;
  readonly lines: ReadonlyMap<string, PlacedLine>;
}

/** What a person does with packages. Lines are named by their ids. */
export type PackageAct =
  /** Some lines, all of one package or all of none, become a package of their own. */
  | {
      readonly kind: 'split';
      readonly lines: readonly string[];
      readonly into: { readonly id: string; readonly title: string };
    }
  /** Packages of one lot become one; the first named keeps its identity. */
  | { readonly kind: 'merge'; readonly packages: readonly string[] }
  /** Lines go to another package of their lot, or to none. A package left without lines goes away. */
  | { readonly kind: 'move'; readonly lines: readonly string[]; readonly to: string | null };

/** What a person says a line really asks, where it was misread or mistyped. */
export interface LineCorrection {
  readonly line: string;
  readonly home: Home;
  readonly from: LineFigures;
  readonly to: LineFigures;
}

export interface LineFigures {
  readonly quantity: Decimal | null;
  readonly total: Decimal | null;
}

/** What an act changes: enough to do it, and turned around, to take it back. */
export interface PlacementChange {
  readonly added: readonly PlacedPackage[];
  readonly removed: readonly PlacedPackage[];
  readonly moved: readonly { readonly line: string; readonly from: Home; readonly to: Home }[];
  readonly corrected?: readonly LineCorrection[];
}

/** Why an act cannot be done: codes of refusals. */
export type ActRefused =
  'not-found' | 'lines-not-chosen' | 'lines-moved-meanwhile' | 'lots-differ' | 'split-takes-all';

/** Lines that a person left out of all packages. */
const LEFT_OUT = 'left-out';

/** Decides what an act changes, or why it cannot be done. Changes nothing itself. */
export function decideAct(placement: Placement, act: PackageAct): PlacementChange | { refused: ActRefused } {
  if (act.kind === 'merge') return decideMerge(placement, act.packages);
  const ids = [...new Set(act.lines)];
  const lines = ids.flatMap((id) => placement.lines.get(id) ?? []);
  if (lines.length < ids.length) return { refused: 'lines-moved-meanwhile' };
  if (lines.length === 0) return { refused: 'lines-not-chosen' };
  const lotId = lines[0]!.lotId;
  if (lines.some((line) => line.lotId !== lotId)) return { refused: 'lots-differ' };
  return act.kind === 'split'
    ? decideSplit(placement, lines, { ...act.into, lotId })
    : decideMove(placement, lines, act.to);
}

function decideSplit(
  placement: Placement,
  lines: readonly PlacedLine[],
  into: PlacedPackage,
): PlacementChange | { refused: ActRefused } {
  const from = packageOf(lines[0]!);
  if (lines.some((line) => packageOf(line) !== from)) return { refused: 'lines-moved-meanwhile' };
  if (from !== null && linesIn(placement, from).length === lines.length)
    return { refused: 'split-takes-all' };
  return { added: [into], removed: [], moved: lines.map((line) => moveTo(line, { packageId: into.id })) };
}

function decideMove(
  placement: Placement,
  lines: readonly PlacedLine[],
  to: string | null,
): PlacementChange | { refused: ActRefused } {
  const target = to === null ? null : placement.packages.get(to);
  if (target === undefined) return { refused: 'not-found' };
  if (target !== null && target.lotId !== lines[0]!.lotId) return { refused: 'lots-differ' };
  const moving = lines.filter((line) => packageOf(line) !== to);
  if (moving.length === 0) return { refused: 'lines-not-chosen' };
  const going = new Set(moving.map((line) => line.id));
  const emptied = [...new Set(moving.map(packageOf))].filter(
    (id) => id !== null && linesIn(placement, id).every((line) => going.has(line.id)),
  );
  const home: Home = to === null ? { reason: LEFT_OUT } : { packageId: to };
  return {
    added: [],
    removed: emptied.flatMap((id) => (id === null ? [] : (placement.packages.get(id) ?? []))),
    moved: moving.map((line) => moveTo(line, home)),
  };
}

function decideMerge(
  placement: Placement,
  packages: readonly string[],
): PlacementChange | { refused: ActRefused } {
  const [kept, ...others] = [...new Set(packages)].map((id) => placement.packages.get(id));
  if (!kept || others.some((other) => !other)) return { refused: 'not-found' };
  const going = others.filter((other) => other !== undefined);
  if (going.length === 0) return { refused: 'lines-not-chosen' };
  if (going.some((other) => other.lotId !== kept.lotId)) return { refused: 'lots-differ' };
  const moved = going.flatMap((other) => linesIn(placement, other.id));
  return { added: [], removed: going, moved: moved.map((line) => moveTo(line, { packageId: kept.id })) };
}

/** The placement after a change. */
export function applyChange(placement: Placement, change: PlacementChange): Placement {
  const packages = new Map(placement.packages);
  for (const gone of change.removed) packages.delete(gone.id);
  for (const added of change.added) packages.set(added.id, added);
  const lines = new Map(placement.lines);
  for (const { line, to } of change.moved) {
    const found = lines.get(line);
    if (found) lines.set(line, { ...found, home: to });
  }
  return { packages, lines };
}

/** The change that takes a change back. */
export function inverse({ added, removed, moved, corrected = [] }: PlacementChange): PlacementChange {
  return {
    added: removed,
    removed: added,
    moved: moved.map(({ line, from, to }) => ({ line, from: to, to: from })),
    corrected: corrected.map(({ from, to, ...line }) => ({ ...line, from: to, to: from })),
  };
}

/** One line with another quantity; with a price, its amount follows. */
export function correctQuantity(
  line: PlacedLine & LineFigures & { readonly unitPrice: Decimal | null; readonly unit: string | null },
  quantity: Decimal,
): PlacementChange {
  const { quantity: was, total, unitPrice, unit } = line;
  const amount = unitPrice === null ? total : priceOfQuantity(quantity, unitPrice, unit);
  const corrected = {
    line: line.id,
    home: line.home,
    from: { quantity: was, total },
    to: { quantity, total: amount },
  };
  return { added: [], removed: [], moved: [], corrected: [corrected] };
}

/** Packages whose lines a change touches, and those it adds; without those it removes. */
export function touchedPackages({
  added,
  removed,
  moved,
  corrected = [],
}: PlacementChange): readonly string[] {
  const gone = new Set(removed.map(({ id }) => id));
  const homes = [...moved.flatMap(({ from, to }) => [from, to]), ...corrected.map(({ home }) => home)];
  const ids = [
    ...homes.flatMap((home) => ('packageId' in home ? [home.packageId] : [])),
    ...added.map(({ id }) => id),
  ];
  return [...new Set(ids)].filter((id) => !gone.has(id));
}

/** The package of a line; null when it is in none. */
export function packageOf(line: Pick<PlacedLine, 'home'>): string | null {
  return 'packageId' in line.home ? line.home.packageId : null;
}

function linesIn(placement: Placement, packageId: string): readonly PlacedLine[] {
  return [...placement.lines.values()].filter((line) => packageOf(line) === packageId);
}

function moveTo(line: PlacedLine, to: Home): PlacementChange['moved'][number] {
  return { line: line.id, from: line.home, to };
}
