import { FormatRefusal } from './format-refusal.js';
import { isObject, listOf, pointerTo, property, textOf } from './json-value.js';

type Path = readonly (string | number)[];

interface Release {
  readonly value: unknown;
  readonly at: Path;
}

/** A process as all its releases together tell it. */
export interface CompiledRelease {
  readonly value: unknown;
  /** Where a fact stands: in the newest release that states it. */
  readonly whereOf: (...path: readonly string[]) => string;
  /** Where the members of a list stand, by their id: each in the newest release that states it. */
  readonly membersAt: (...path: readonly string[]) => ReadonlyMap<string, string>;
}

/** Where the releases of each process stand, in the order of the file; a process without number stands for itself. */
export function ocdsProcesses(value: unknown): readonly (readonly Path[])[] {
  const [list] = ['records', 'releases'].filter((name) => listOf(property(value, name)).some(isObject));
  const at: Path = Array.isArray(value) ? [] : list === undefined || isRecord(value) ? ['releases'] : [list];
  const ones = isRecord(value) ? [] : listOf(reached(value, at));
  const told = [...ones.entries()].filter(([, one]) => isObject(one));
  const byProcess = Map.groupBy(told, ([index, one]) => textOf(property(one, 'ocid')) ?? index);
  return [...byProcess.values()].map((group) => group.map(([index]) => [...at, index]));
}

/** One process with what its releases make together, outside a package. */
function isRecord(value: unknown): boolean {
  return ['compiledRelease', 'versionedRelease'].some((name) => isObject(property(value, name)));
}

/**
 * The process that is read: the first of several records, the last of several in releases that has a tender.
 * @throws FormatRefusal `file.ocds.release.none`
 */
export function chosenProcess(value: unknown): CompiledRelease {
  if (isRecord(value)) return compiled(releasesOf(value, []));
  const isList = ['records', 'releases'].some((name) => Array.isArray(property(value, name)));
  if (!isList && !Array.isArray(value)) return compiled([{ value, at: [] }]);
  const processes = ocdsProcesses(value);
  const told = processes.map((paths) => releasesAt(value, paths)).filter((releases) => releases.length > 0);
  const isTender = (releases: readonly Release[]): boolean =>
    releases.some(({ value: release }) => isObject(property(release, 'tender')));
  const ofRecords = processes.some(([path]) => path?.[0] === 'records');
  const chosen = ofRecords ? told[0] : (told.findLast(isTender) ?? told.at(-1));
  if (!chosen)
    throw new FormatRefusal('file.ocds.release.none', { place: { pointer: '/releases' }, expected: '[ … ]' });
  return compiled(chosen);
}

/** What the releases at these places tell together. */
export function compiledAt(value: unknown, paths: readonly Path[]): CompiledRelease {
  return compiled(releasesAt(value, paths));
}

function releasesAt(value: unknown, paths: readonly Path[]): readonly Release[] {
  return paths.flatMap((at) => {
    const one = reached(value, at);
    return at[0] === 'records' || isRecord(one) ? releasesOf(one, at) : [{ value: one, at }];
  });
}

/** Somebody put them together already, or they stand there, or their history does; links alone tell nothing. */
function releasesOf(record: unknown, at: Path): readonly Release[] {
  const made = property(record, 'compiledRelease');
  if (isObject(made)) return [{ value: made, at: [...at, 'compiledRelease'] }];
  const within = listOf(property(record, 'releases')).flatMap((value, index): readonly Release[] =>
    isObject(value) && property(value, 'url') === undefined
      ? [{ value, at: [...at, 'releases', index] }]
      : [],
  );
  const history = property(record, 'versionedRelease');
  if (within.length > 0 || !isObject(history)) return within;
  return [{ value: newestOf(history), at: [...at, 'versionedRelease'] }];
}

/** A versioned release writes each value as the list of those it had. */
function newestOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const versions = value.filter((one) => isObject(one) && 'releaseDate' in one && 'value' in one);
    if (value.length === 0 || versions.length < value.length) return value.map(newestOf);
    return property(inOrderOf(versions, 'releaseDate').at(-1), 'value');
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, newestOf(one)]));
}

/** Oldest first; as they stand where one tells no date. */
function inOrderOf<T>(
  ones: readonly T[],
  name: string,
  dated: (one: T) => unknown = (one) => one,
): readonly T[] {
  const time = (one: T): number => Date.parse(textOf(property(dated(one), name)) ?? '');
  return ones.some((one) => Number.isNaN(time(one))) ? ones : ones.toSorted((a, b) => time(a) - time(b));
}

function compiled(releases: readonly Release[]): CompiledRelease {
  const parts = inOrderOf(releases, 'date', ({ value }) => value);
  const statedIn = (path: readonly string[]): readonly Release[] =>
    parts.filter(({ value }) => reached(value, path) !== undefined);
  const at = (part: Release | undefined, path: Path): string => pointerTo(...(part?.at ?? []), ...path);
  return {
    value: parts.length < 2 ? parts[0]?.value : parts.map(({ value }) => value).reduce(merged),
    whereOf: (...path) => at(statedIn(path).at(-1) ?? parts.at(-1), path),
    membersAt: (...path) => {
      const members = new Map<string, string>();
      for (const part of parts) {
        for (const [index, one] of listOf(reached(part.value, path)).entries())
          members.set(idOf(one) ?? '', at(part, [...path, index]));
      }
      return members;
    },
  };
}

/** Value below nested names and positions; undefined as soon as one is missing. */
function reached(value: unknown, path: Path): unknown {
  return path.reduce(
    (one, name) => (Array.isArray(one) ? (one as unknown[])[Number(name)] : property(one, String(name))),
    value,
  );
}

function idOf(value: unknown): string | null {
  const id = property(value, 'id');
  return typeof id === 'number' ? String(id) : textOf(id);
}

/** Lists whose members have no identity of their own. */
const WHOLE_LISTS = new Set(['additionalClassifications', 'additionalIdentifiers', 'suppliers', 'tenderers']);

/**
 * An older value with what a newer one changes.
 * @source Open Contracting Data Standard 1.1, merging: members of a list by their id, other lists whole, null takes away
 */
function merged(older: unknown, newer: unknown): unknown {
  if (isObject(older) && isObject(newer)) {
    const names = new Set([...Object.keys(older), ...Object.keys(newer)]);
    return Object.fromEntries(
      [...names].flatMap((name) => {
        if (!Object.hasOwn(newer, name)) return [[name, older[name]]];
        if (newer[name] === null) return [];
        return [[name, WHOLE_LISTS.has(name) ? newer[name] : merged(older[name], newer[name])]];
      }),
    );
  }
  return isListOfMembers(older) && isListOfMembers(newer) ? mergedLists(older, newer) : newer;
}

function isListOfMembers(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((one) => idOf(one) !== null);
}

function mergedLists(older: readonly unknown[], newer: readonly unknown[]): readonly unknown[] {
  const changed = new Map(newer.map((one) => [idOf(one), one]));
  const known = new Set(older.map(idOf));
  return [
    ...older.map((one) => (changed.has(idOf(one)) ? merged(one, changed.get(idOf(one))) : one)),
    ...newer.filter((one) => !known.has(idOf(one))),
  ];
}
