import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '../../platform/project-root.js';
import { rulesFromFiles } from '../rule-files.js';
import { eligibility, type EligibilityAnswer, type EnterpriseFacts } from './index.js';

interface Row {
  readonly id: string;
  readonly why: string;
  readonly basis: string;
  readonly on: string;
  readonly enterprise: EnterpriseFacts;
  readonly expect: {
    readonly verdict: string;
    readonly group: string | null;
    /** Key of the reason that fails. */
    readonly failing?: string;
    readonly flag?: string;
    readonly suggestion?: string;
    readonly kindStatus?: string;
    readonly kind?: string;
  };
}

const rules = rulesFromFiles();
const table = parse(
  readFileSync(fromRoot('test', 'fixtures', 'legal-basis', 'eligibility.yaml'), 'utf8'),
) as Row[];

function answer(basis: string, on: string, enterprise: EnterpriseFacts): EligibilityAnswer {
  const given = eligibility(rules, { id: 'x', basis, enterprise }, on);
  if (!('verdict' in given)) throw new Error(`refused: ${JSON.stringify(given)}`);
  return given;
}

describe('eligibility, row by row of the dossier', () => {
  it.each(table.map((row) => [row.id, row.why, row] as const))('%s %s', (_id, _why, row) => {
    const { failing, flag, ...expected } = row.expect;
    const given = answer(row.basis, row.on, row.enterprise);
    expect(given).toMatchObject({ ...expected, lawAsOf: '2026-11-22' });
    const keys = (result: string): string[] =>
      given.reasons.filter((reason) => reason.result === result).map((reason) => reason.key);
    // Without a failing key in the row, nothing fails.
    expect(failing ? keys('fail').filter((key) => key === failing) : keys('fail')).toEqual(
      failing ? [failing] : [],
    );
    expect(keys('unknown')).toEqual(expect.arrayContaining(flag ? [flag] : []));
  });
});
