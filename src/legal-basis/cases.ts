import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '../platform/project-root.js';

/** A worked row of the dossier that is tested against the law: facts of a contract or an enterprise, and the outcome. */
export interface WorkedCase {
  /** `T01`, `E12`, `G03-at` … */
  readonly id: string;
  readonly file: string;
  readonly why: string;
}

interface Row {
  readonly id?: unknown;
  readonly why?: unknown;
}

let cases: readonly { readonly shown: WorkedCase; readonly said: string }[] | undefined;

/** Worked rows that name a rule anywhere, in what is asked or in what is expected; read once from the files. */
export function casesOf(key: string): WorkedCase[] {
  cases ??= readdirSync(fromRoot('src', 'legal-basis', 'cases'))
    .sort()
    .flatMap((file) => rowsOf(file));
  return cases.filter(({ said }) => said.includes(JSON.stringify(key))).map(({ shown }) => shown);
}

function rowsOf(file: string): { shown: WorkedCase; said: string }[] {
  const found: unknown = parse(readFileSync(fromRoot('src', 'legal-basis', 'cases', file), 'utf8'));
  const rows = Array.isArray(found) ? (found as Row[]) : [];
  return rows.flatMap((row) =>
    typeof row.id === 'string'
      ? [
          {
            shown: { id: row.id, file, why: typeof row.why === 'string' ? row.why : '' },
            said: JSON.stringify(row),
          },
        ]
      : [],
  );
}
