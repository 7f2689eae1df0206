import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '../../platform/project-root.js';
import { rulesFromFiles } from '../rule-files.js';
import { clauseOptions, type ClauseAnswer, type ClauseFacts } from './index.js';

interface Row {
  readonly id: string;
  readonly facts: ClauseFacts;
  readonly expect: {
    readonly regime: string;
    readonly aboveThreshold: boolean | null;
    readonly instruments: readonly string[];
    readonly duties: readonly { kind: string; basis: string; status: string }[];
    readonly bases: readonly string[];
    readonly groups: readonly string[];
    readonly uncertainGroups: readonly string[];
    readonly confidence: 'sourced' | 'weaker';
  };
  readonly why: string;
}

const rules = rulesFromFiles();

function rowsOf<R>(file: string): R[] {
  return parse(readFileSync(fromRoot('test', 'fixtures', 'legal-basis', file), 'utf8')) as R[];
}

function answer(facts: ClauseFacts): ClauseAnswer {
  const given = clauseOptions(rules, facts);
  if (!('regime' in given)) throw new Error(`refused: ${JSON.stringify(given)}`);
  return given;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** What a row of the dossier says about an answer. */
function asRow(given: ClauseAnswer): Row['expect'] {
  const uncertain = given.asks.filter((one) => one.code === 'group.uncertain');
  return {
    regime: given.regime,
    aboveThreshold: given.aboveThreshold,
    instruments: distinct(given.options.map((option) => option.instrument)),
    duties: given.duties.map(({ kind, basis, status }) => ({ kind, basis, status })),
    bases: distinct([
      ...given.options.map((option) => option.basis),
      ...given.duties.filter((duty) => duty.kind === 'subsidy-condition').map((duty) => duty.basis),
    ]),
    groups: distinct(given.options.flatMap((option) => option.groups)),
    uncertainGroups: distinct(uncertain.map((one) => String(one.params['groups']))),
    confidence: given.confidence === 'sourced' ? 'sourced' : 'weaker',
  };
}

describe('clause options, row by row of the dossier', () => {
  it.each(rowsOf<Row>('clauses.yaml').map((row) => [row.id, row.why, row] as const))(
    '%s %s',
    (_id, _why, row) => {
      const { instruments, bases, groups, ...rest } = row.expect;
      const given = answer({ ...row.facts, id: row.id });
      expect(asRow(given)).toEqual({
        ...rest,
        instruments: distinct(instruments),
        bases: distinct(bases),
        groups: distinct(groups),
      });
      // What is not sourced never decides alone.
      expect(given.asks.length > 0).toBe(row.expect.confidence === 'weaker');
      expect(given).toMatchObject({ id: row.id, lawAsOf: '2026-11-22' });
    },
  );
});
