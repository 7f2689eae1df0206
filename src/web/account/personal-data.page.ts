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

/** The file, piece by piece: one member per table, as the database keeps it, a row on each line. @param at when it was made */
export async function* dataFile(held: AsyncIterable<Held>, at: Date): AsyncGenerator<string> {
  let piece = `{"madeAt": ${JSON.stringify(at)}, "tables": {`;
  let [open, separator] = ['', ''];
  for await (const { table, group, fate, rows } of held) {
    if (table !== open) {
      const about = `"group": ${JSON.stringify(group)}, "whenErased": ${JSON.stringify(fate)}`;
      piece += `${open === '' ? '' : ']},'}\n${JSON.stringify(table)}: {${about}, "rows": [`;
      [open, separator] = [table, ''];
    }
    for (const row of rows) {
      piece += `${separator}\n  ${JSON.stringify(row)}`;
      separator = ',';
    }
    if (rows.length === 0) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}${open === '' ? '' : ']}'}\n}}\n`;
}
