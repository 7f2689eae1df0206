import { HOLDING_GROUPS, type Held, type HoldingGroup } from '../../accounts/index.js';
import { accountPaths } from './paths.js';

export interface DataGroup {
  readonly group: HoldingGroup;
  /** Rows of all its tables. */
  readonly count: number;
}

export interface DataPage {
  readonly email: string;
  readonly name: string;
  readonly organisation: string;
  readonly groups: readonly DataGroup[];
  readonly links: { readonly file: string; readonly erasure: string };
}

/** What is held on a person, in words and counts; the file has each value. */
export function dataPage(
  counts: ReadonlyMap<HoldingGroup, number>,
  person: Pick<DataPage, 'email' | 'name' | 'organisation'>,
): DataPage {
  const groups = HOLDING_GROUPS.map((group) => ({ group, count: counts.get(group) ?? 0 }));
  return { ...person, groups, links: { file: accountPaths.dataFile(), erasure: accountPaths.erasure() } };
}

/** The file: one member per table, as the database keeps it. @param at when it was made */
export function dataFile(held: readonly Held[], at: Date): string {
  const tables = held.map(({ table, group, fate, rows }) => [table, { group, whenErased: fate, rows }]);
  return JSON.stringify({ madeAt: at.toISOString(), tables: Object.fromEntries(tables) }, null, 2);
}
