import { decpRecords, isDecp } from './decp.js';
import { isOcds } from './ocds.js';
import { ocdsProcesses } from './ocds-releases.js';
import { isObject, readJsonValue } from './json-value.js';

type Path = readonly (string | number)[];

/**
 * A file of several procedures with one of them left: the others become `null`, so that all that is left stands at the
 * place where it stood.
 * @param index among the procedures that the file was read to hold
 * @returns null where it holds no such
 * @throws FormatRefusal as reading does
 */
export function oneProcess(bytes: Uint8Array, index: number): string | null {
  const value = readJsonValue(bytes);
  const processes: readonly (readonly Path[])[] = isOcds(value)
    ? ocdsProcesses(value)
    : isDecp(value)
      ? decpRecords(value).map(({ at }) => [at])
      : [];
  const kept = processes[index];
  if (processes.length < 2 || !kept) return null;
  const gone = processes.flatMap((paths) => (paths === kept ? [] : paths)).map((path) => path.join('/'));
  return JSON.stringify(without(value, '', new Set(gone)));
}

function without(value: unknown, at: string, gone: ReadonlySet<string>): unknown {
  if (gone.has(at)) return null;
  const below = (name: string | number): string => (at === '' ? String(name) : `${at}/${name}`);
  // Nothing below the third step is a procedure.
  if (at.split('/').length > 2) return value;
  if (Array.isArray(value)) return value.map((one, index) => without(one, below(index), gone));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, without(one, below(name), gone)]),
  );
}
